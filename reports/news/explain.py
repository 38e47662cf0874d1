"""What the reader is told of a finding, in the active language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from expo.formats import WEEKDAYS, current_language, number, rupiah, tanggal, wib
from reports.labels import fixed_label, joined, measure_names
from reports.news import amounts
from reports.news.check import DateFinding, FigureFinding, Finding, Result
from reports.news.dates import nearest
from reports.news.known import MONEY_KEYS, Book, KnownEdition, KnownFigure, KnownRecap
from reports.news.matching import Level, Reason, Status, Verdict
from reports.news.sums import WrongShare, WrongSum


@dataclass(frozen=True, slots=True)
class Source:
    """A sealed figure with its recap: what the reader can look up."""

    text: str
    recap: KnownRecap


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as the page shows it: `status` says how it is marked, `title` in a word, `lines` why."""

    place: int
    quoted: str
    status: str
    title: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `told` where it is marked."""

    text: str
    told: Told | None = None


def status_names() -> dict[str, str]:
    return {
        Status.MATCH: _("Cocok"),
        Status.OTHER: _("Cocok, tetapi bukan itu"),
        Status.CONTRADICTED: _("Bertentangan"),
        Status.WRONG: _("Tidak mungkin"),
        Status.UNKNOWN: _("Tidak diketahui"),
    }


def key_names() -> dict[str, str]:
    return measure_names() | {
        "exhibitors": _("Peserta"),
        "ukm": _("UKM"),
        "koperasi": _("Koperasi"),
        "regencies": _("Kabupaten/kota asal peserta"),
        "on_show": _("Produk dipajang"),
        "products_sold": _("Macam produk terjual"),
        "units": _("Unit terjual"),
        "visits": _("Kunjungan"),
        "unique": _("Pengunjung unik"),
        "gate": _("Pengunjung di lokasi"),
        "page_views": _("Halaman dilihat"),
        "booth_visits": _("Kunjungan stan"),
        "inquiries": _("Permintaan informasi"),
        "answered": _("Permintaan informasi dijawab"),
        "transactions": _("Transaksi terbayar"),
        "orders": _("Pesanan dibuat"),
    }


def tell(result: Result, book: Book) -> list[Told]:
    names = status_names()
    return [
        Told(
            place,
            result.text[finding.start : finding.end],
            str(finding.status),
            names[finding.status],
            *_reasons(finding, book, result.text),
        )
        for place, finding in enumerate(result.findings, 1)
    ]


def pieces(result: Result, told: Sequence[Told]) -> list[Piece]:
    """The whole text, cut at what is marked. Findings that overlap are marked once."""
    found, place = [], 0
    for finding, each in zip(result.findings, told, strict=True):
        if finding.start < place:
            continue
        found += [Piece(result.text[place : finding.start]), Piece(result.text[finding.start : finding.end], each)]
        place = finding.end
    return [piece for piece in [*found, Piece(result.text[place:])] if piece.text]


def _reasons(finding: Finding, book: Book, text: str) -> tuple[tuple[str, ...], tuple[Source, ...]]:
    if isinstance(finding, DateFinding):
        return (_date_line(finding),), ()
    sources = tuple(
        Source(f"{describe(figure, book)}: {value_of(figure)}", figure.recap) for figure in finding.verdict.figures
    )
    lines = [_verdict_line(finding), _fuzzy_line(finding, text), *_notes(finding.verdict)]
    lines += [_sum_line(wrong, text) for wrong in finding.sums] + [_share_line(wrong, text) for wrong in finding.shares]
    return tuple(line for line in lines if line), sources


# --- Figures


def describe(figure: KnownFigure, book: Book) -> str:
    """Omzet UKM Virtual Expo I, selama pameran, s.d. 20 November 2020 pukul 13.00 WIB"""
    names = [edition_name(book.edition(slug)) for slug in figure.recap.scope]
    what = f"{key_names()[figure.key]} {joined(names)}"
    if part := part_name(figure):
        what = f"{what}, {part}"
    return _("%(what)s s.d. %(cutoff)s") % {"what": what, "cutoff": wib(figure.recap.cutoff)}


def edition_name(edition: KnownEdition) -> str:
    return edition.name_en if current_language() == "en" and edition.name_en else edition.name


def part_name(figure: KnownFigure) -> str:
    kind, key = figure.part
    if kind == "day":
        return tanggal(dt.date.fromisoformat(key))
    return fixed_label(kind, key) if kind else ""


def value_of(figure: KnownFigure) -> str:
    return rupiah(figure.value) if figure.key in MONEY_KEYS else number(figure.value)


def _shown(value: Decimal, kind: str) -> str:
    if kind == amounts.PERCENT:
        text = f"{value.normalize():f}%"
        return text if current_language() == "en" else text.replace(".", ",")
    return rupiah(int(value)) if kind == amounts.MONEY else number(int(value))


def _verdict_line(finding: FigureFinding) -> str:
    verdict = finding.verdict
    if verdict.status == Status.MATCH:
        return _match_line(finding)
    if verdict.status == Status.OTHER:
        return _other_line(verdict)
    if verdict.status == Status.CONTRADICTED:
        return _contradiction_line(finding)
    return _unknown_line(verdict)


def _match_line(finding: FigureFinding) -> str:
    verdict = finding.verdict
    line = {
        Level.EXACT: _("Sama persis dengan angka tersegel."),
        Level.TRUNCATED: _("Angka tersegel, dipotong seperti mestinya."),
        Level.ROUNDED: _(
            "Angka tersegel, dibulatkan ke atas. Lebih aman dipotong: angka tidak pernah melebihi yang ada."
        ),
        Level.HOLDS: _("Sesuai dengan angka tersegel."),
        Level.LOOSE: _("Tidak salah, tetapi angka tersegel jauh dari situ."),
    }[verdict.level or Level.EXACT]
    if verdict.reason == Reason.SHARE:
        part, whole = verdict.figures
        exact = (Decimal(part.value * 100) / whole.value).quantize(Decimal("0.01"))
        share = _("Menurut angka tersegel %(share)s.") % {"share": _shown(exact, amounts.PERCENT)}
        return f"{line} {share}"
    if len(verdict.figures) < 2:
        return line
    total = _shown(Decimal(verdict.sealed), finding.quantity.kind)
    added = _("Jumlah beberapa pameran: %(total)s.") % {"total": total}
    return f"{line} {added}"


def _other_line(verdict: Verdict) -> str:
    return {
        Reason.OTHER_MEASURE: _("Angka ini ada, tetapi menghitung hal lain daripada yang disebut."),
        Reason.OTHER_EDITION: _("Angka ini ada, tetapi bukan dari pameran yang disebut."),
        Reason.OTHER_PART: _("Angka ini ada, tetapi bukan untuk bagian yang disebut."),
        Reason.MIXED: _("Angka ini menjumlahkan ukuran yang tidak boleh dijumlahkan."),
    }[verdict.reason or Reason.OTHER_MEASURE]


def _contradiction_line(finding: FigureFinding) -> str:
    """By how much the stated figure is off; a range is off from its nearer end."""
    quantity, sealed = finding.quantity, finding.verdict.sealed
    stated = quantity.high if quantity.high is not None and sealed > quantity.high else quantity.value
    words = {
        "difference": _shown(abs(stated - sealed), quantity.kind),
        "sealed": _shown(Decimal(sealed), quantity.kind),
    }
    if stated > sealed:
        return _("%(difference)s lebih banyak daripada angka tersegel, %(sealed)s.") % words
    return _("%(difference)s lebih sedikit daripada angka tersegel, %(sealed)s.") % words


def _fuzzy_line(finding: FigureFinding, text: str) -> str:
    quantity = finding.quantity
    if quantity.hedge != amounts.FUZZY or quantity.high is None:
        return ""
    return _("“%(words)s” dibaca sebagai %(low)s sampai %(high)s.") % {
        "words": text[quantity.start : quantity.end],
        "low": _shown(quantity.value, quantity.kind),
        "high": _shown(quantity.high, quantity.kind),
    }


def _unknown_line(verdict: Verdict) -> str:
    if verdict.reason == Reason.NOT_WHOLE and not verdict.figures:
        return _("Tidak ada angka tersegel untuk ini.")
    return {
        Reason.NO_SUBJECT: _("Tidak sama dengan angka tersegel mana pun, dan tidak jelas menghitung apa."),
        Reason.PARTIAL: _("Tentang sebagian, rata-rata, perubahan, atau rencana: angka seperti itu tidak disegel."),
        Reason.NOT_WHOLE: _("Tidak disebut sebagai jumlah seluruhnya. Sebagai pembanding:"),
        Reason.NOT_SEALED: _("Tidak ada angka tersegel untuk ini."),
        Reason.FOREIGN: _("Mata uang asing: angka tersegel hanya dalam rupiah."),
    }[verdict.reason or Reason.NO_SUBJECT]


def _notes(verdict: Verdict) -> list[str]:
    notes = []
    if verdict.reread:
        notes.append(_("Cocok bila titik dan komanya dibaca menurut cara bahasa lain."))
    states = {figure.recap.state for figure in verdict.figures}
    if "withdrawn" in states:
        notes.append(_("Rekapnya sudah ditarik: jangan dikutip."))
    elif "superseded" in states:
        notes.append(_("Rekapnya sudah digantikan: lihat revisinya."))
    return notes


# --- Arithmetic


def _sum_line(wrong: WrongSum, text: str) -> str:
    return _("Bagian-bagian yang disebut (%(parts)s) berjumlah %(actual)s, bukan %(total)s.") % {
        "parts": joined([text[part.start : part.end] for part in wrong.parts]),
        "actual": _shown(wrong.actual, wrong.total.kind),
        "total": _shown(wrong.total.value, wrong.total.kind),
    }


def _share_line(wrong: WrongShare, text: str) -> str:
    words = {
        "first": text[wrong.first.start : wrong.first.end],
        "second": text[wrong.second.start : wrong.second.end],
        "actual": _shown(wrong.actual, amounts.PERCENT),
    }
    if wrong.growth:
        return _("Dari %(first)s ke %(second)s perubahannya %(actual)s.") % words
    return _("%(first)s adalah %(actual)s dari %(second)s.") % words


# --- Dates


def _date_line(finding: DateFinding) -> str:
    stated = finding.stated
    if stated.day is None:
        return _("Hari yang dimaksud tergantung tanggal terbit.")
    if not finding.days:
        if finding.status == Status.UNKNOWN:
            return _("Tahunnya tidak disebut.")
        return _("Tanggal ini tidak ada di kalender.")
    day = finding.days[0]
    if finding.wrong_weekday:
        right = nearest(day, stated.weekday or 0)
        return _("%(date)s adalah hari %(day)s; %(named)s terdekat %(right)s.") % {
            "date": tanggal(day),
            "day": weekday(day.weekday()),
            "named": weekday(stated.weekday or 0),
            "right": tanggal(right),
        }
    return _day_line(finding, day)


def _day_line(finding: DateFinding, day: dt.date) -> str:
    words = {"date": tanggal(day, weekday=True)}
    for edition, sentence in (
        (finding.closes, _("%(date)s: hari penutupan %(edition)s.")),
        (finding.opens, _("%(date)s: hari pembukaan %(edition)s.")),
        (finding.during, _("%(date)s: selama %(edition)s.")),
    ):
        if edition:
            return sentence % {**words, "edition": edition_name(edition)}
    return _("%(date)s; di luar hari pameran.") % words


def weekday(number_of_day: int) -> str:
    return WEEKDAYS[current_language()][number_of_day]
