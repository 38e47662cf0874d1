"""The public figures: what each is called, what it counts, in what unit. One list for pages, CSV, JSON and schema."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.figures import Figures

RUPIAH, COUNT, BASIS_POINTS, MINUTES = "IDR", "count", "basis points", "minutes"


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is its path among the canonical figures; ``name`` what it is called in data, for good.

    ``since`` is the version of the public form in which it came (``data.VERSION``): a file that was downloaded before
    is compared without it.
    """

    name: str
    key: str
    unit: str
    label: Any
    meaning: Any
    since: int = 1

    def value(self, figures: Figures) -> int | None:
        return attrgetter(self.key)(figures)


TURNOVER = _(
    "Nilai barang dari pembayaran yang sudah dikonfirmasi, sesudah potongan harga, tanpa ongkos kirim dan kode unik "
    "transfer, dikurangi pengembalian dana."
)
COLUMNS = (
    Column("realised", "realised.total", RUPIAH, _("Omzet"), TURNOVER),
    Column("realised_direct", "realised.direct", RUPIAH, _("Omzet: penjualan langsung"),
           _("Bagian omzet dari barang yang dibayar saat dibeli.")),
    Column("realised_on_orders", "realised.on_orders", RUPIAH, _("Omzet: pembayaran atas pesanan"),
           _("Bagian omzet dari uang muka dan pelunasan pesanan.")),
    Column("realised_refunds", "realised.refunds", RUPIAH, _("Pengembalian dana"),
           _("Sudah dikurangkan dari omzet.")),
    Column("realised_transactions", "realised.transactions", COUNT, _("Transaksi terbayar"),
           _("Transaksi yang menyumbang omzet.")),
    Column("evidence_a", "realised.evidence.A", RUPIAH, _("Omzet: bukti A"),
           _("Dicocokkan dengan bank atau gerbang pembayaran.")),
    Column("evidence_b", "realised.evidence.B", RUPIAH, _("Omzet: bukti B"),
           _("Ada bukti bayar dan dibenarkan penjual.")),
    Column("evidence_c", "realised.evidence.C", RUPIAH, _("Omzet: bukti C"),
           _("Struk stan yang disahkan penjual pada hari itu.")),
    Column("committed", "committed.total", RUPIAH, _("Pesanan"),
           _("Sisa yang belum dibayar dari pesanan yang disetujui kedua pihak. Belum menjadi omzet.")),
    Column("transaction_value", "transaction_value.total", RUPIAH, _("Nilai transaksi"),
           _("Omzet ditambah pesanan; selalu disebut bersama kedua bagiannya.")),
    Column("potential", "potential.total", RUPIAH, _("Potensi transaksi"),
           _("Surat minat, hasil temu bisnis, dan penawaran yang belum disetujui. Bukan omzet.")),
    Column("financing", "financing.total", RUPIAH, _("Komitmen pembiayaan"),
           _("Kredit yang dijanjikan lembaga keuangan. Bukan omzet.")),
    Column("visits", "visits.visits", COUNT, _("Kunjungan"),
           _("Satu kunjungan berakhir sesudah 30 menit tanpa kegiatan. Bot, petugas, dan peserta tidak dihitung.")),
    Column("unique_visitors", "visits.unique_total", COUNT, _("Pengunjung unik"),
           _("Perkiraan sepanjang masa. Kosong bila harinya memakai sidik yang berbeda: tidak digabung.")),
    Column("unique_error_bp", "visits.unique_error_bp", BASIS_POINTS, _("Galat baku pengunjung unik"),
           _("Seperseratus persen; dua kalinya mencakup 95 dari 100 perkiraan.")),
    Column("page_views", "visits.page_views", COUNT, _("Halaman dilihat"),
           _("Halaman yang tampil pada seorang pembaca.")),
    Column("booth_visits", "visits.booth_visits", COUNT, _("Kunjungan stan"),
           _("Kunjungan ke halaman sebuah stan atau produknya; 30 menit tanpa kegiatan mengakhirinya.")),
    Column("gate", "visits.gate", COUNT, _("Hitungan di pintu (luring)"),
           _("Orang yang dihitung petugas di pintu aula. Kosong bila tidak ada yang menghitung.")),
    Column("bots", "visits.bots", COUNT, _("Tidak dihitung: bot"), _("Permintaan halaman oleh program.")),
    Column("staff", "visits.staff", COUNT, _("Tidak dihitung: petugas dan peserta"),
           _("Permintaan halaman oleh petugas, pejabat, dan peserta yang masuk.")),
    Column("inquiries_sent", "inquiries.sent", COUNT, _("Permintaan informasi: dikirim"),
           _("Pertanyaan kepada peserta melalui situs.")),
    Column("inquiries_answered", "inquiries.answered", COUNT, _("Permintaan informasi: dijawab"),
           _("Di antaranya yang sudah dijawab.")),
    Column("first_answer_minutes", "inquiries.median_first_answer_minutes", MINUTES,
           _("Median waktu jawaban pertama (menit)"), _("Separuh pertanyaan dijawab lebih cepat dari ini.")),
    Column("exhibitors", "participants.exhibitors", COUNT, _("Peserta"),
           _("UKM dan koperasi yang punya stan atau penjualan.")),
    Column("ukm", "participants.ukm", COUNT, _("UKM"), _("Di antaranya usaha kecil dan menengah.")),
    Column("koperasi", "participants.koperasi", COUNT, _("Koperasi"), _("Di antaranya koperasi.")),
    Column("regencies", "participants.regencies", COUNT, _("Kabupaten/kota asal peserta"),
           _("Kabupaten dan kota yang diwakili peserta.")),
    Column("products_on_show", "products.on_show", COUNT, _("Produk dipajang"),
           _("Macam produk yang tampil, terjual atau tidak.")),
    Column("products_sold", "products.sold", COUNT, _("Macam produk terjual"),
           _("Macam produk yang terjual paling sedikit satu.")),
    Column("units_sold", "products.units", COUNT, _("Unit terjual"),
           _("Jumlah barang, sesudah yang dikembalikan.")),
    Column("orders_placed", "orders.placed", COUNT, _("Pesanan masuk di toko daring"),
           _("Sebagai keterangan: pesanan yang belum dibayar bukan omzet.")),
    Column("orders_expired", "orders.expired", COUNT, _("Kedaluwarsa tanpa pembayaran"),
           _("Pesanan yang tidak dibayar sampai batasnya. Bukan omzet.")),
    Column("orders_cancelled", "orders.cancelled", COUNT, _("Dibatalkan"), _("Pesanan yang dibatalkan. Bukan omzet.")),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
