"""The columns of a product file: how we call them, how others do, and how their cells are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.importing import cells
from catalog.importing.photo_texts import texts
from catalog.importing.steps import steps

LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Column:
    """``names`` are other headings, in small letters; ``example`` and ``note`` are for the template."""

    name: str
    label: Any
    names: tuple[str, ...]
    read: Callable
    example: Any = ""
    note: Any = ""
    width: int = 14

    @property
    def is_ours(self) -> bool:
        """Written by an export; nobody fills it in."""
        return self.name in ("id", "stock_seen", "variant_id")


NUMBER = cells.number_of_product
COLUMNS = (
    Column("id", _("Nomor di UKM Expo"), ("number at ukm expo",), NUMBER, width=10),
    Column(
        "sku",
        _("SKU"),
        ("kode", "kode barang", "kode produk", "kode sku", "no sku", "nomor sku", "sku induk", "sku penjual",
         "product code", "seller sku", "stock keeping unit", "kd barang", "kode brg"),
        cells.sku,
        "KT-250",
        _("Kode Anda sendiri. Dengan SKU, berkas yang sama memperbarui dan tidak menggandakan."),
    ),
    Column(
        "parent_sku",
        _("SKU induk"),
        ("parent sku", "induk sku", "kode induk", "sku produk", "handle", "kode integrasi variasi",
         "variation integration no", "product sku"),
        cells.sku,
        note=_("Hanya untuk varian: SKU produknya. Baris dengan SKU induk yang sama menjadi satu produk."),
    ),
    Column(
        "name",
        _("Nama produk"),
        ("nama", "nama barang", "produk", "barang", "nama item", "product name", "name", "product", "item", "item name",
         "judul", "judul produk", "title", "nama brg", "jenis produk"),
        cells.text(120),
        _("Kopi Temanggung 250 gr"),
        _("Wajib untuk produk baru. Paling panjang 120 huruf."),
        32,
    ),
    Column(
        "variant",
        _("Varian"),
        ("variasi", "nama varian", "nama variasi", "pilihan varian", "varian 1", "variasi 1", "varian untuk variasi 1",
         "variant", "variation", "variant name", "option1 value", "option 1 value"),
        cells.variant,
        note=_("Satu baris tiap varian, misalnya ukuran, warna, atau rasa. Kosong untuk produk tanpa varian."),
    ),
    Column(
        "variant_2",
        _("Varian kedua"),
        ("varian 2", "variasi 2", "varian untuk variasi 2", "second variant", "option2 value", "option 2 value"),
        cells.variant,
        note=_("Bila varian terdiri dari dua hal: Merah di kolom Varian, XL di sini."),
    ),
    Column(
        "category",
        _("Kategori"),
        ("kategori produk", "category", "product category", "golongan", "kelompok", "jenis", "jenis barang"),
        cells.text(200),
        "",
        _("Wajib untuk produk baru. Salah satu kategori di lembar ini."),
        20,
    ),
    Column(
        "price",
        _("Harga"),
        ("harga jual", "harga satuan", "harga rp", "harga rupiah", "price", "unit price", "selling price", "harga ecer",
         "harga eceran", "hrg", "hrg jual", "harga per pcs", "harga normal", "harga jual rp", "price idr", "price rp",
         "variant price", "harga varian"),
        cells.price,
        45_000,
        _("Wajib untuk produk baru. Rupiah per buah: 45000, Rp 45.000, 45rb, atau 1,2 juta."),
    ),
    Column(
        "stock",
        _("Stok"),
        ("stock", "jumlah", "jumlah stok", "stok tersedia", "persediaan", "qty", "quantity", "stok barang", "sisa stok",
         "jml", "jml stok", "kuantitas", "stok akhir", "available stock", "in stock",
         "stok varian", "variant inventory qty"),
        cells.whole(0, 1_000_000),
        12,
        _("Berapa buah yang siap dikirim."),
        9,
    ),
    Column(
        "stock_seen",
        _("Stok saat diunduh"),
        ("stock when downloaded",),
        cells.whole(0, 1_000_000_000),
        note=_("Jangan diubah: dari sini diketahui barang yang terjual sementara itu."),
        width=9,
    ),
    Column(
        "steps",
        _("Harga grosir"),
        ("grosir", "harga partai", "wholesale", "wholesale prices", "price steps"),
        steps,
        note=_("Harga tiap buah mulai jumlah tertentu: 10 = 40000; 50 = 38rb."),
        width=22,
    ),
    Column(
        "description",
        _("Keterangan"),
        ("deskripsi", "body html", "body", "deskripsi produk", "keterangan produk", "description",
         "product description", "uraian",
         "spesifikasi", "detail", "detail produk", "rincian"),
        cells.text(LONGEST_TEXT, lines=True),
        _("Arabika lereng Sumbing, disangrai sedang."),
        width=40,
    ),
    Column(
        "ingredients",
        _("Bahan atau komposisi"),
        ("bahan", "komposisi", "bahan baku", "ingredients", "composition", "material", "materials", "bahan komposisi"),
        cells.text(LONGEST_TEXT, lines=True),
        _("Biji kopi arabika"),
        width=24,
    ),
    Column(
        "weight_grams",
        _("Berat (gram)"),
        ("berat", "berat produk", "berat kirim", "weight", "berat gr", "berat kg", "weight g", "weight kg", "bobot",
         "berat bersih", "berat paket", "package weight", "weight grams", "variant grams"),
        cells.weight,
        280,
        _("Dengan kemasannya: 280, 280 gr, atau 1,5 kg."),
        10,
    ),
    Column("length_mm", _("Panjang (cm)"), ("panjang", "length", "length cm", "p"), cells.length, width=9),
    Column("width_mm", _("Lebar (cm)"), ("lebar", "width", "width cm", "l"), cells.length, width=9),
    Column("height_mm", _("Tinggi (cm)"), ("tinggi", "height", "height cm", "t"), cells.length, width=9),
    Column(
        "minimum_quantity",
        _("Pembelian minimum"),
        ("minimum pembelian", "min beli", "min pembelian", "minimal pembelian", "minimum order", "moq", "min order",
         "minimal order", "minimum purchase", "pemesanan minimum", "min pemesanan"),
        cells.whole(1, 100_000),
        1,
        width=10,
    ),
    Column(
        "made_to_order",
        _("Dibuat setelah dipesan"),
        ("pre order", "preorder", "pre-order", "po", "made to order", "made-to-order", "inden"),
        cells.yes_no,
        _("Tidak"),
        _("Ya atau Tidak."),
        12,
    ),
    Column(
        "lead_days",
        _("Lama pembuatan (hari)"),
        ("lama pembuatan", "lama pengerjaan", "waktu proses", "lead time", "lead days",
         "lead time days", "masa pengerjaan", "waktu pembuatan", "waktu pengerjaan"),
        cells.days,
        width=10,
    ),
    Column(
        "deposit_percent",
        _("Uang muka (%)"),
        ("uang muka", "dp", "deposit", "down payment", "deposit percent", "dp persen"),
        cells.percent,
        width=9,
    ),
    Column(
        "name_en",
        _("Nama dalam bahasa Inggris"),
        ("nama inggris", "english name", "name en", "name english", "name in english", "nama produk inggris"),
        cells.text(120),
        "Temanggung coffee 250 g",
        width=28,
    ),
    Column(
        "variant_en",
        _("Varian dalam bahasa Inggris"),
        ("varian inggris", "english variant", "variant en", "variant in english"),
        cells.text(60),
        width=16,
    ),
    Column(
        "description_en",
        _("Keterangan dalam bahasa Inggris"),
        ("keterangan inggris", "deskripsi inggris", "english description", "description en", "description english",
         "description in english"),
        cells.text(LONGEST_TEXT, lines=True),
        width=28,
    ),
    Column(
        "ingredients_en",
        _("Bahan dalam bahasa Inggris"),
        ("bahan inggris", "english ingredients", "ingredients en", "ingredients english", "ingredients in english",
         "komposisi inggris"),
        cells.text(LONGEST_TEXT, lines=True),
        width=24,
    ),
    Column(
        "photo",
        _("Foto"),
        ("gambar", "foto produk", "nama foto", "file foto", "nama file foto", "berkas foto", "photo", "photos", "image",
         "images", "picture", "pictures", "nama berkas foto", "foto 1", "gambar produk", "image src",
         "foto sampul"),
        cells.text(2000),
        "kopi-1.jpg; kopi-2.jpg",
        _("Nama berkas foto yang Anda unggah bersama tabel ini. Boleh kosong bila fotonya bernama SKU."),
        24,
    ),
    Column(
        "photo_texts",
        _("Isi foto"),
        ("isi gambar", "keterangan foto", "teks alternatif", "teks alt", "alt text", "alt", "image alt text",
         "photo text", "photo texts"),
        texts,
        _("Kemasan tampak depan | Biji kopi dari dekat"),
        _("Apa yang tampak di tiap foto, menurut urutannya, dipisahkan dengan |. Dibacakan untuk tunanetra."),
        28,
    ),
    Column(
        "photo_texts_en",
        _("Isi foto dalam bahasa Inggris"),
        ("isi foto inggris", "english photo texts", "photo texts in english", "alt text en", "english alt text"),
        texts,
        width=28,
    ),
    Column(
        "variant_photo",
        _("Foto varian"),
        ("gambar varian", "variant photo", "variant image", "foto produk per varian"),
        cells.text(2000),
        note=_("Nama satu berkas foto, untuk varian di baris itu."),
        width=16,
    ),
    Column(
        "is_sold",
        _("Varian dijual"),
        ("dijual", "variant on sale", "variant is sold"),
        cells.yes_no,
        note=_("Tidak: varian ini tidak dapat dibeli sampai Anda menjualnya lagi."),
        width=9,
    ),
    Column("variant_id", _("Nomor varian di UKM Expo"), ("variant number at ukm expo",), NUMBER, width=10),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
TEXTS = ("name", "name_en", "description", "description_en", "ingredients", "ingredients_en")
PHOTOS = ("photo", "variant_photo")
# Merged down a column these count for each row; which goods a row is about, and how many there are, it says itself.
MERGED = frozenset(
    {"category", "price", "steps", "description", "ingredients", "weight_grams", "length_mm", "width_mm", "height_mm",
     "minimum_quantity", "made_to_order", "lead_days", "deposit_percent", "description_en", "ingredients_en"}
)  # fmt: skip
ONE_OF = ("id", "sku", "parent_sku", "name")  # a row says by one of these which product it is about
