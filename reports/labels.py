"""What measures, tables and rows are called, in the active language.

Rows of fixed keys (phase, channel, kind, hour, country, "other", not known) are named here, so that a sealed
recap reads well in both languages; names of people, booths and regencies stay as the journal froze them.
"""

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from expo import formats
from reports import figures as f

CATEGORY_NAMES = (
    gettext_noop("Fesyen"),
    gettext_noop("Makanan & Minuman"),
    gettext_noop("Makanan dan minuman"),
    gettext_noop("Kerajinan Tangan"),
    gettext_noop("Kerajinan tangan"),
    gettext_noop("Furnitur"),
)


def measure_names() -> dict[str, str]:
    return {
        "realised": _("Omzet"),
        "committed": _("Pesanan"),
        "transaction_value": _("Nilai transaksi"),
        "potential": _("Potensi transaksi"),
        "financing": _("Komitmen pembiayaan"),
    }


def comparison_names() -> dict[str, tuple[str, bool]]:
    """What is held beside an earlier edition: the name of each figure, and whether it is rupiah."""
    return {
        "realised": (_("Omzet"), True),
        "committed": (_("Pesanan"), True),
        "transactions": (_("Transaksi terbayar"), False),
        "visits": (_("Kunjungan"), False),
        "inquiries": (_("Permintaan informasi"), False),
        "exhibitors": (_("Peserta"), False),
    }


def compared(figures: f.Figures) -> dict[str, int]:
    """This recap's own figures beside those of the comparison."""
    return {
        "realised": figures.realised.total,
        "committed": figures.committed.total,
        "transactions": figures.realised.transactions,
        "visits": figures.visits.visits,
        "inquiries": figures.inquiries.sent,
        "exhibitors": figures.participants.exhibitors,
    }


def definitions(*, period: bool = False) -> dict[str, str]:
    """What each measure counts; a figure is never shown without it. In a period promises are what changed within it."""
    if period:
        moved = _("Dalam masa ini: yang dijanjikan dikurangi yang dibayar atau dibatalkan. Bisa di bawah nol.")
        return definitions() | dict.fromkeys(("committed", "potential", "financing"), moved)
    return {
        "realised": _(
            "Nilai barang dari pembayaran yang sudah dikonfirmasi, sesudah potongan harga, tanpa ongkos "
            "kirim dan kode unik transfer, dikurangi pengembalian dana."
        ),
        "committed": _("Sisa yang belum dibayar dari pesanan yang disetujui kedua pihak. Belum menjadi omzet."),
        "transaction_value": _("Omzet ditambah pesanan; selalu disebut bersama kedua bagiannya."),
        "potential": _("Surat minat, hasil temu bisnis, dan penawaran yang belum disetujui. Bukan omzet."),
        "financing": _("Kredit yang dijanjikan lembaga keuangan. Bukan omzet."),
    }


def concentration_meaning(figures: f.Figures) -> str:
    """How large a transaction or an exhibitor is, by the rules of these figures."""
    if figures.rules < 3 and figures.since:
        return _(
            "Omzet ditambah pesanan dalam masa ini. Menurut aturan versi %(rules)s, pembayaran atas pesanan dari masa "
            "sebelumnya meniadakan dirinya sendiri."
        ) % {"rules": figures.rules}
    meaning = _("Omzet sesudah pengembalian dana dan koreksi, ditambah pesanan yang belum dibayar.")
    if figures.since:
        return meaning + " " + _("Pembayaran atas pesanan dari masa sebelumnya dihitung penuh sebagai omzet.")
    return meaning


def concentration_whole(figures: f.Figures) -> str:
    """Of what their shares are: where promises only went down in a period, nothing but turnover is left."""
    is_turnover = figures.rules > 2 and figures.committed.total < 0
    return _("omzet") if is_turnover else _("nilai transaksi")


def rules_differ(first: int | None, second: int) -> str:
    """What to know of two recaps of different rules; empty where they have the same."""
    if first in (None, second):
        return ""
    return _(
        "Rekap sebelumnya dihitung dengan aturan versi %(first)s, rekap ini dengan versi %(second)s. Omzet dan langkah "
        "jembatan berarti sama menurut keduanya."
    ) % {"first": first, "second": second}


def table_titles() -> dict[str, str]:
    return {
        "phase": _("Menurut fase"),
        "channel": _("Menurut saluran"),
        "category": _("Menurut kategori"),
        "kind": _("Menurut jenis peserta"),
        "regency": _("Menurut kabupaten/kota asal peserta"),
        "reach": _("Menurut jangkauan"),
        "destination": _("Menurut tujuan"),
        "exhibitor": _("Menurut peserta"),
        "day": _("Menurut hari"),
        "hour": _("Menurut jam (WIB)"),
    }


def row_heads() -> dict[str, str]:
    return {
        "phase": _("Fase"),
        "channel": _("Saluran"),
        "category": _("Kategori"),
        "kind": _("Jenis peserta"),
        "regency": _("Kabupaten/kota"),
        "reach": _("Jangkauan"),
        "destination": _("Tujuan"),
        "exhibitor": _("Peserta"),
        "day": _("Hari"),
        "hour": _("Jam"),
    }


def row_label(table: str, row: f.Row, language: str) -> str:
    """The row's name for the reader, by its key where the key is ours."""
    if row.key == f.UNKNOWN:
        return _("Tidak diketahui")
    fixed = _fixed_labels(table)
    if row.key in fixed:
        return fixed[row.key]
    if table == "category":
        return _(row.label) if row.label else row.key
    if table == "destination":
        return country_name(row.key, language) or row.label
    if table == "hour":
        separator = ":" if language == "en" else "."
        return f"{row.key}{separator}00–{row.key}{separator}59"
    return row.label or row.key


def channel_names() -> dict[str, str]:
    return {
        "online": _("Toko daring"),
        "live": _("Belanja langsung (live)"),
        "onsite": _("Di stan"),
        "reported": _("Dilaporkan peserta"),
    }


def country_name(code: str, language: str) -> str:
    """The country's name for a two-letter code, otherwise ""."""
    if len(code) == 2 and code.isalpha():
        return Locale.parse(language).territories.get(code.upper(), "")
    return ""


def language_name(code: str, language: str) -> str:
    return Locale.parse(language).languages.get(code, code) if code else _("Tidak diketahui")


def edition_names(figures: f.Figures, language: str) -> str:
    """UKM Virtual Expo I dan UKM Virtual Expo II."""
    return joined(
        [(edition.name_en or edition.name) if language == "en" else edition.name for edition in figures.editions]
    )


def joined(names: list[str]) -> str:
    """A, B dan C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s dan %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def fixed_label(table: str, key: str) -> str:
    """The name of a row whose key is ours (a phase, a channel); otherwise the key."""
    return _fixed_labels(table).get(key, key)


def duration(minutes: int, language: str) -> str:
    """2 jam 15 menit."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(_("%(count)s jam") % {"count": formats.number(hours, language)})
    if rest or not hours:
        parts.append(_("%(count)s menit") % {"count": rest})
    return " ".join(parts)


def _fixed_labels(table: str) -> dict[str, str]:
    if table == "phase":
        return {
            "before": _("Sebelum pembukaan"),
            "during": _("Selama pameran"),
            "mall": _("Sesudah penutupan (mal)"),
        }
    if table == "channel":
        return channel_names()
    if table == "kind":
        return {"ukm": _("UKM"), "koperasi": _("Koperasi")}
    if table == "reach":
        return {
            "province": _("Dalam provinsi"),
            "indonesia": _("Provinsi lain di Indonesia"),
            "abroad": _("Luar negeri"),
        }
    if table == "regency":
        return {f.OTHER: _("Luar provinsi")}
    return {}
