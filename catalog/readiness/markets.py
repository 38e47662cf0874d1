"""What markets ask for, as data: one line for each requirement, with where it is said.

``LAW`` is binding on whoever sells there; ``USUAL`` is what buyers of that market usually ask for, and the page says
so. A change of this table raises VERSION, and what is stored for the admin is worked out anew (``standing.py``).
Looked up in November 2026; ADR 0093 tells why this is code and not rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from catalog.readiness import checks

VERSION = "2026-11.1"


class Market(TextChoices):
    RETAIL = "ritel", _("Ritel modern")
    GOVERNMENT = "pemerintah", _("Belanja pemerintah")
    EXPORT = "ekspor", _("Ekspor")


ABOUT = {
    Market.RETAIL: _("Minimarket, swalayan, dan toko oleh-oleh."),
    Market.GOVERNMENT: _("Katalog Elektronik (e-Katalog) LKPP, untuk kantor dan sekolah pemerintah."),
    Market.EXPORT: _("Pembeli di luar negeri, langsung atau lewat agregator."),
}


class Weight(TextChoices):
    LAW = "law", _("Diwajibkan")
    USUAL = "usual", _("Biasanya diminta")


R, G, E = Market.RETAIL, Market.GOVERNMENT, Market.EXPORT
LAW, USUAL = Weight.LAW, Weight.USUAL


@dataclass(frozen=True)
class Requirement:
    """``check`` of an exhibitor, or of each product when ``of_products``; None: only its owner knows.

    ``markets`` says for each market how binding it is and by what. ``url_name`` is where it is done: it gets the
    product's key when ``of_products``, otherwise ``url_args``.
    """

    key: str
    title: Any
    why: Any
    markets: dict[str, tuple[Weight, str]]
    check: Callable | None = None
    of_products: bool = False
    applies: Callable | None = None  # to this product (or exhibitor) at all
    action: Any = ""
    url_name: str = ""
    url_args: tuple = ()
    query: str = ""


GS1 = "GS1 Indonesia"
PHOTO_GUIDE = "Panduan Katalog Elektronik v6 (LKPP, 2024)"

REQUIREMENTS = (
    Requirement(
        "nib",
        _("NIB"),
        _("Nomor induk usaha dari OSS, gratis. Semua izin lain menunjuk kepadanya."),
        {R: (LAW, "PP 28/2025"), G: (LAW, "PP 28/2025; Perpres 16/2018 jo. 46/2025"), E: (LAW, "PP 28/2025")},
        checks.has_nib,
        action=_("Isi NIB"),
        url_name="exhibitors:step",
        url_args=("nib",),
    ),
    Requirement(
        "legal",
        _("Nomor badan hukum koperasi"),
        _("Koperasi berkontrak sebagai badan hukum."),
        dict.fromkeys((R, G, E), (LAW, "UU 25/1992")),
        checks.has_legal_number,
        applies=checks.is_cooperative,
        action=_("Isi nomor badan hukum"),
        url_name="exhibitors:step",
        url_args=("jenis",),
    ),
    Requirement(
        "account",
        _("Rekening bank"),
        _("Pembayaran datang lewat transfer ke rekening usaha."),
        {R: (USUAL, ""), G: (USUAL, "")},
        checks.has_account,
        action=_("Isi rekening"),
        url_name="exhibitors:edit-bank-account",
    ),
    Requirement(
        "npwp",
        _("NPWP"),
        _("Dipakai dalam kontrak, faktur, dan pendaftaran."),
        {R: (USUAL, ""), G: (LAW, "Panduan Katalog Elektronik v6 (LKPP, 2024)"), E: (USUAL, "")},
    ),
    Requirement(
        "trademark",
        _("Merek terdaftar"),
        _("Melindungi nama Anda. Pemakai nama terdaftar milik orang lain dapat digugat."),
        {R: (USUAL, "UU 20/2016"), E: (USUAL, "UU 20/2016")},
        checks.has_trademark,
        action=_("Tambah merek"),
        url_name="exhibitors:new-certificate",
        query="jenis=merek",
    ),
    Requirement(
        "supply",
        _("Sanggup memasok rutin dalam jumlah tetap"),
        _("Toko memesan ulang setiap minggu; pembeli luar negeri memesan sekaligus banyak."),
        {R: (USUAL, ""), E: (USUAL, "")},
    ),
    Requirement(
        "inaproc",
        _("Akun penyedia di Katalog Elektronik (INAPROC)"),
        _("Mendaftar dengan NIB dan NPWP; orangnya diverifikasi secara elektronik."),
        {G: (LAW, "Perpres 16/2018 jo. 12/2021, 46/2025; Peraturan LKPP 9/2021")},
    ),
    Requirement(
        "kbli",
        _("KBLI di NIB sesuai dengan barang yang dijual"),
        _("Barang hanya dapat tayang dalam kategori yang sesuai dengan KBLI Anda."),
        {G: (LAW, "Pedoman Katalog Elektronik (LKPP)")},
    ),
    Requirement(
        "domestic",
        _("Keterangan produk dalam negeri (TKDN)"),
        _("Pemerintah mendahulukan produk dalam negeri serta usaha mikro, kecil, dan koperasi."),
        {G: (USUAL, "Perpres 46/2025; Inpres 2/2022")},
    ),
    Requirement(
        "customs",
        _("Akses kepabeanan di NIB, atau eksportir yang mewakili"),
        _("Setiap ekspor diberitahukan kepada Bea Cukai (PEB)."),
        {E: (LAW, "UU 17/2006; PMK 155/2022")},
    ),
    Requirement(
        "hs",
        _("Kode HS setiap barang"),
        _("Menentukan tarif dan syarat di negara tujuan, dan ditulis di PEB."),
        {E: (LAW, "PMK 155/2022")},
    ),
    Requirement(
        "papers",
        _("Contoh invoice dan packing list berbahasa Inggris"),
        _("Dipakai Bea Cukai, kapal, dan bank; isinya harus sama."),
        {E: (USUAL, "")},
    ),
    Requirement(
        "food",
        _("P-IRT atau izin BPOM untuk pangan olahan"),
        _("Pangan olahan dalam kemasan eceran memerlukan izin sebelum diedarkan."),
        {
            R: (LAW, "UU 18/2012 pasal 91; Peraturan BPOM 22/2018"),
            G: (LAW, "UU 18/2012 pasal 91; Peraturan BPOM 22/2018"),
            E: (USUAL, ""),
        },
        checks.has_food_permit,
        of_products=True,
        applies=checks.is_food,
        action=_("Tambah P-IRT atau BPOM"),
        url_name="exhibitors:new-certificate",
        query="jenis=pirt",
    ),
    Requirement(
        "halal",
        _("Halal, atau keterangan tidak halal"),
        _("Makanan dan minuman wajib bersertifikat halal; yang tidak halal wajib menyebutkannya."),
        {
            R: (LAW, "UU 33/2014 pasal 4, pasal 26; PP 42/2024"),
            G: (LAW, "UU 33/2014 pasal 4, pasal 26; PP 42/2024"),
            E: (USUAL, ""),
        },
        checks.has_halal_answer,
        of_products=True,
        applies=checks.is_food,
        action=_("Isi halal"),
        url_name="exhibitors:new-certificate",
        query="jenis=halal",
    ),
    Requirement(
        "ingredients",
        _("Bahan atau komposisi"),
        _("Label pangan memuat daftar bahan; pembeli lain menanyakannya juga."),
        {R: (LAW, "UU 18/2012 pasal 97"), G: (LAW, "UU 18/2012 pasal 97"), E: (LAW, "UU 18/2012 pasal 97")},
        checks.has_ingredients,
        of_products=True,
        applies=checks.is_food,
        action=_("Isi bahan"),
        url_name="catalog:dashboard-edit-product",
    ),
    Requirement(
        "photos",
        _("Sedikitnya 3 foto, sisi terpendek 1000 piksel"),
        _("Pembeli memutuskan dari foto: depan, samping, dan ukurannya. Foto lain di sampingnya boleh lebih kecil."),
        {R: (USUAL, ""), G: (USUAL, PHOTO_GUIDE), E: (USUAL, "")},
        checks.has_photos,
        of_products=True,
        action=_("Tambah foto"),
        url_name="catalog:dashboard-photos",
    ),
    Requirement(
        "measures",
        _("Berat, panjang, lebar, dan tinggi"),
        _("Untuk rak toko, ongkos kirim, dan packing list."),
        {R: (USUAL, ""), G: (USUAL, ""), E: (USUAL, "")},
        checks.has_measures,
        of_products=True,
        action=_("Isi ukuran"),
        url_name="catalog:dashboard-edit-measures",
    ),
    Requirement(
        "sku",
        _("SKU atau kode barang"),
        _("Toko dan gudang mencatat setiap barang menurut kodenya."),
        {R: (USUAL, ""), E: (USUAL, "")},
        checks.has_sku,
        of_products=True,
        action=_("Isi SKU"),
        url_name="catalog:dashboard-edit-product",
    ),
    Requirement(
        "barcode",
        _("Barcode resmi pada kemasan"),
        _("Kasir memindainya. Nomor 899… didapat sebagai anggota GS1 Indonesia."),
        {R: (USUAL, GS1)},
    ),
    Requirement(
        "steps",
        _("Harga grosir"),
        _("Toko dan importir membeli dengan harga untuk jumlah banyak."),
        {R: (USUAL, ""), E: (USUAL, "")},
        checks.has_steps,
        of_products=True,
        action=_("Isi harga grosir"),
        url_name="catalog:dashboard-steps",
    ),
    Requirement(
        "lead",
        _("Lama pembuatan"),
        _("Untuk barang yang dibuat setelah dipesan: kapan dapat dikirim."),
        {G: (USUAL, ""), E: (USUAL, "")},
        checks.has_lead_time,
        of_products=True,
        applies=checks.is_made_to_order,
        action=_("Isi lama pembuatan"),
        url_name="catalog:dashboard-edit-making",
    ),
    Requirement(
        "english",
        _("Nama dan keterangan berbahasa Inggris"),
        _("Pembeli luar negeri membaca halaman bahasa Inggris."),
        {E: (USUAL, "")},
        checks.has_english,
        of_products=True,
        action=_("Isi bahasa Inggris"),
        url_name="catalog:dashboard-edit-english",
    ),
)
BY_KEY = {requirement.key: requirement for requirement in REQUIREMENTS}
MARKABLE = frozenset(requirement.key for requirement in REQUIREMENTS if requirement.check is None)


def asked_in(market: str) -> list[Requirement]:
    return [requirement for requirement in REQUIREMENTS if market in requirement.markets]
