"""Bars that lie, with their names above them, so that a long one fits a phone: products, and the way to a sale."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from expo import formats
from reports.own.charts import WIDTH, Plot
from reports.own.figures import BASIS, Funnel, OwnFigures

MOST = 10
TEXT = 11
LETTERS = 47  # of a name in one line
ROOM = 96  # for the value behind the longest bar
NAME, BAR, THEN, GAP = 15, 11, 7, 8  # heights


@dataclass(frozen=True, slots=True)
class Lying:
    """One line: its name, its value and that of the edition before, each as a reader writes it. None: not known."""

    label: str
    now: int | None
    shown: str
    then: int | None = None
    shown_then: str = ""


def product_plot(figures: OwnFigures, language: str) -> Plot:
    """The best products by turnover. Call it inside ``translation.override(language)``."""
    best = [row for row in figures.products if row.sums.realised or row.then][:MOST]
    lines = [
        Lying(
            row.label or _("Tanpa nama produk"),
            row.sums.realised,
            formats.rupiah(row.sums.realised, language),
            row.then,
            "" if row.then is None else formats.rupiah(row.then, language),
        )
        for row in best
    ]
    title = _("Omzet produk terlaris")
    top = f"{lines[0].label}: {lines[0].shown}." if lines else _("Belum ada omzet.")
    return Plot(title, ranked("own-products", title, top, lines, editions_of(figures)), "products")


def conversion_plot(figures: OwnFigures, language: str) -> Plot:
    """From a visit to a paid order. Call it inside ``translation.override(language)``."""
    now, then = figures.funnel, figures.comparison.funnel if figures.comparison else None
    lines = []
    for name, label, _meaning in steps():
        value, earlier = getattr(now, name), getattr(then, name) if then else None
        lines.append(
            Lying(label, value, shown_step(now, value, language), earlier, shown_step(then, earlier, language))
        )
    title = _("Dari kunjungan sampai dibayar")
    description = ". ".join(f"{line.label}: {line.shown}" for line in lines)
    return Plot(title, ranked("own-conversion", title, description, lines, editions_of(figures)), "conversion")


def steps() -> list[tuple[str, str, str]]:
    """(member of ``Funnel``, name, what it counts) of each step, in their order."""
    return [
        (
            "visits",
            _("Kunjungan stan"),
            _("Halaman stan atau salah satu produknya dibuka; bot, petugas, dan peserta tidak dihitung."),
        ),
        (
            "placed",
            _("Pesanan dibuat"),
            _("Pesanan di toko daring, juga yang belum dibayar, kedaluwarsa, atau batal."),
        ),
        (
            "paid",
            _("Pesanan dibayar"),
            _("Transaksi toko daring yang dibayar, seperti di rekap, pada hari pembayarannya."),
        ),
    ]


def of_visits(funnel: Funnel, value: int | None) -> int | None:
    """Ten-thousandths of the visits; None where one of them is not known or nobody came."""
    return value * BASIS // funnel.visits if value is not None and funnel.visits else None


def shown_step(funnel: Funnel | None, value: int | None, language: str) -> str:
    if funnel is None:
        return ""
    if value is None:
        return "–"
    share = of_visits(funnel, value)
    number = formats.number(value, language)
    return number if share is None else f"{number} ({formats.percent(share, language)})"


def editions_of(figures: OwnFigures) -> tuple[str, str]:
    if figures.comparison is None or figures.span.edition is None:
        return "", ""
    return figures.span.edition.display_name, figures.comparison.edition.display_name


def ranked(name: str, title: str, description: str, lines: list[Lying], editions: tuple[str, str]) -> str:
    """The picture. ``editions`` are the names of this one and of the one before, which stand in the bars' titles."""
    longest = max([1, *(value for line in lines for value in (line.now, line.then) if value)])
    has_then = any(line.then is not None for line in lines)
    height = NAME + BAR + GAP + (THEN if has_then else 0)
    bars = [_line(at * height, line, longest, editions) for at, line in enumerate(lines)]
    context = {
        "id": name,
        "width": WIDTH,
        "height": max(len(lines), 1) * height,
        "text": TEXT,
        "title": title,
        "description": description,
        "bars": bars,
        "bar": BAR,
        "then": THEN,
    }
    return render_to_string("reports/own/ranked.svg", context)


def _line(top: int, line: Lying, longest: int, editions: tuple[str, str]) -> dict:
    def length(value: int | None) -> float:
        return max(value or 0, 0) / longest * (WIDTH - ROOM)

    now, then = length(line.now), length(line.then)
    return {
        "label": line.label if len(line.label) <= LETTERS else f"{line.label[: LETTERS - 1]}…",
        "label_y": top + NAME - 3,
        "y": top + NAME,
        "now": f"{now:.1f}",
        "now_title": ", ".join(part for part in (editions[0], f"{line.label}: {line.shown}") if part),
        "shown": line.shown,
        "shown_x": f"{now + 4:.1f}",
        "shown_y": top + NAME + BAR - 2,
        "has_then": line.then is not None,
        "then": f"{then:.1f}",
        "then_y": top + NAME + BAR,
        "then_title": f"{editions[1]}, {line.label}: {line.shown_then}",
    }
