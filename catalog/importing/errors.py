"""What can be wrong with a file, and with a cell: kept as a code, told in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from expo.formats import number

ERROR, WARNING = "error", "warning"


class ImportFileError(DomainError):
    """The file can't be read as a list of products; says why and what to do."""


class CellError(Exception):
    """A cell that can't be understood: a code of PROBLEMS with what its sentence names."""

    def __init__(self, code: str, **details):
        super().__init__(code)
        self.code, self.details = code, details


# code: (its kind, as counted; its sentence, at the cell)
PROBLEMS: dict[str, tuple[str | Promise, str | Promise]] = {
    "missing": (_("Isian wajib kosong"), _("Kosong. Produk baru memerlukannya.")),
    "price": (_("Harga tidak terbaca"), _("“%(text)s” bukan harga. Tulis misalnya 125000 atau 125rb.")),
    "price_whole": (_("Harga tidak terbaca"), _("Harga harus rupiah bulat, bukan %(text)s.")),
    "price_range": (_("Harga di luar batas"), _("Harga harus lebih dari nol dan paling banyak Rp100 miliar.")),
    "price_low": (_("Harga sangat rendah"), _("Hanya Rp%(number)s? Periksa: Excel kadang membaca 15.000 sebagai 15.")),
    "number": (_("Angka tidak terbaca"), _("“%(text)s” bukan angka bulat.")),
    "number_range": (_("Angka di luar batas"), _("Harus antara %(least)s dan %(most)s.")),
    "weight": (_("Berat tidak terbaca"), _("“%(text)s” bukan berat. Tulis misalnya 250 gr atau 1,5 kg.")),
    "length": (_("Ukuran tidak terbaca"), _("“%(text)s” bukan ukuran. Tulis dalam cm, misalnya 12,5.")),
    "days": (_("Lama pembuatan tidak terbaca"), _("“%(text)s” bukan lama pembuatan. Tulis misalnya 7 hari.")),
    "percent": (_("Persen tidak terbaca"), _("“%(text)s” bukan persen. Tulis misalnya 30%%.")),
    "yes_no": (_("Ya atau tidak?"), _("“%(text)s” tidak dikenal. Tulis Ya atau Tidak.")),
    "date": (_("Berubah menjadi tanggal"), _("Excel menjadikan isi ini tanggal. Format selnya sebagai Teks.")),
    "date_text": (_("Berubah menjadi tanggal"), _("Excel menjadikan isi ini tanggal: %(text)s. Periksa.")),
    "formula": (_("Rumus tanpa hasil"), _("Rumusnya gagal (%(text)s). Isi hasilnya langsung.")),
    "long_number": (
        _("Angka terlalu panjang"),
        _("Excel membulatkan angka sepanjang ini. Format sel sebagai Teks."),
    ),
    "long_text": (_("Teks terlalu panjang"), _("Lebih dari %(most)s huruf.")),
    "category": (_("Kategori tidak dikenal"), _("Tidak ada kategori “%(text)s”.")),
    "category_near": (_("Kategori tidak dikenal"), _("Tidak ada kategori “%(text)s”. Maksudnya “%(near)s”?")),
    "category_guess": (_("Kategori diperkirakan"), _("Dimasukkan ke “%(near)s”.")),
    "category_parent": (_("Kategori terlalu umum"), _("“%(text)s” terlalu umum. Pilih misalnya “%(near)s”.")),
    "sku_twice": (_("Baris ganda"), _("SKU ini sudah ada di baris %(row)s.")),
    "name_twice": (_("Baris ganda"), _("Nama ini sudah ada di baris %(row)s. Bedakan dengan SKU.")),
    "product_twice": (_("Baris ganda"), _("Produk ini sudah diubah oleh baris %(row)s.")),
    "sku_taken": (_("SKU sudah dipakai"), _("SKU ini sudah dipakai untuk produk lain.")),
    "id_unknown": (_("Nomor tidak dikenal"), _("Bukan nomor produk Anda; dicocokkan lewat SKU dan nama.")),
    "not_edited": (_("Tidak dapat diubah"), _("Produk ini tidak dapat diubah; hubungi panitia.")),
    "same_name": (_("Memperbarui produk bernama sama"), _("Produk bernama ini sudah ada dan diperbarui.")),
    "stock_moved": (
        _("Stok berubah sementara itu"),
        _("Sementara itu stok berubah dari %(seen)s menjadi %(stock)s. Periksa jumlahnya."),
    ),
    "variants": (_("Produk bervarian"), _("Tidak dipakai: harga dan stok ada pada tiap varian.")),
    "variant_alone": (_("Varian tanpa produk"), _("Produk mana? Isi nama produk atau SKU induk di baris ini.")),
    "variant_missing": (
        _("Varian kosong"),
        _("Baris lain dengan SKU induk ini adalah varian: isi juga varian di sini."),
    ),
    "variant_twice": (_("Varian ganda"), _("Varian ini sudah ada di baris %(row)s.")),
    "variant_there": (_("Varian ganda"), _("Produk ini sudah punya varian lain bernama “%(text)s”.")),
    "variant_many": (_("Varian terlalu banyak"), _("Paling banyak %(most)s varian untuk satu produk.")),
    "variant_only": (_("SKU milik varian"), _("SKU ini milik varian “%(text)s”: hanya harga dan stok yang dipakai.")),
    "variant_unknown": (_("Nomor tidak dikenal"), _("Bukan nomor varian produk ini; dicocokkan lewat SKU dan nama.")),
    "group_differs": (
        _("Berbeda dalam satu produk"),
        _("Berbeda dari baris %(row)s dari produk yang sama; yang itu dipakai."),
    ),
    "group_bad": (_("Varian lain salah"), _("Satu produk masuk bersama-sama: perbaiki dahulu baris %(row)s.")),
    "steps": (
        _("Harga grosir tidak terbaca"),
        _("“%(text)s” bukan harga grosir. Tulis misalnya 10 = 40000; 50 = 38rb."),
    ),
    "steps_order": (_("Harga grosir"), _("Makin banyak harus makin murah.")),
    "steps_price": (_("Harga grosir"), _("Harga grosir harus di bawah harga satuan Rp%(price)s.")),
    "steps_many": (_("Harga grosir"), _("Paling banyak %(most)s harga grosir.")),
    "lead_days": (_("Lama pembuatan kosong"), _("Berapa hari pembuatannya?")),
    "deposit": (_("Uang muka"), _("Uang muka hanya untuk yang dibuat setelah dipesan.")),
    "no_stock": (_("Stok kosong"), _("Kosong: stok dianggap 0.")),
    "no_photo": (_("Tanpa foto"), _("Tanpa foto produk disimpan sebagai draf.")),
    "photo_missing": (_("Foto tidak ada"), _("Foto “%(text)s” tidak ada di antara yang diunggah.")),
    "photo_bad": (_("Foto tidak terbaca"), _("Foto “%(text)s”: %(why)s")),
    "photo_url": (_("Alamat web"), _("Foto dari alamat web tidak diambil. Unggah fotonya.")),
    "texts_many": (_("Isi foto terlalu banyak"), _("Hanya ada %(most)s foto; sisanya tidak dipakai.")),
    "photo_many": (_("Foto terlalu banyak"), _("Paling banyak %(most)s foto; sisanya tidak dipakai.")),
}


def problem(column: str, code: str, level: str = ERROR, **details) -> dict:
    """As it is kept with the row."""
    return {"column": column, "code": code, "level": level, "details": details}


def sentence(found: dict) -> str:
    """What ``problem`` made, in the reader's language."""
    details = {name: number(one) if isinstance(one, int) else one for name, one in found["details"].items()}
    return str(PROBLEMS[found["code"]][1]) % details


def kind(code: str) -> str:
    return str(PROBLEMS[code][0])
