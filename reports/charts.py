"""Bar charts of a recap as SVG text, the same in a page and in the PDF but for the size of their writing.

Pure functions of the figures. Colours are presentation attributes that a page's stylesheet may override by
class (`chart__bar`, `chart__text`, `chart__value`, `chart__grid`, `chart__axis`); a chart has one series
only, so that it reads the same in grey. Coordinates reach the template as text, so that no number is written
with an Indonesian decimal comma.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from expo import formats
from reports.figures import Edition, Figures
from reports.periods import Period, periods

HEIGHT = 190
LEFT, RIGHT, TOP, BOTTOM = 34, 4, 16, 30
LABELLED_BARS = 25
FEW_BARS = 8


@dataclass(frozen=True, slots=True)
class Canvas:
    """How wide a chart is and how large its writing, in the chart's own units."""

    width: int
    text: int
    few: bool = False


PAPER = Canvas(480, 7)


def screen(bars: int) -> Canvas:
    """Larger writing than on paper; few bars on a narrow chart, which a phone shows without scrolling."""
    return Canvas(320, 9, few=True) if bars <= FEW_BARS else Canvas(480, 8)


@dataclass(frozen=True, slots=True)
class Point:
    """One bar: what stands under it, what it is called in full, and its rupiah."""

    short: str
    label: str
    value: int


def day_title(figures: Figures, language: str) -> str:
    with translation.override(language):
        return turnover_title(periods(figures.tables.day, language))


def turnover_title(shown: tuple[Period, ...]) -> str:
    return {10: _("Omzet per hari"), 7: _("Omzet per bulan"), 4: _("Omzet per tahun")}[_precision(shown)]


def day_chart(figures: Figures, language: str, *, on_screen: bool = False, name: str = "day-chart") -> str:
    """Omzet by day (by month or year where there are many days). ``name`` is its id: one for each on a page."""
    with translation.override(language):
        shown = periods(figures.tables.day, language)
        points = [Point(period.short, period.label, period.row.realised) for period in shown]
        canvas = screen(len(points)) if on_screen else PAPER
        span = _exhibition_span(figures.editions, shown)
        return _render(name, turnover_title(shown), points, language, canvas, span=span)


def hour_chart(figures: Figures, language: str, *, on_screen: bool = False) -> str:
    """Omzet by hour of the day in WIB, all days together."""
    with translation.override(language):
        points = [Point(row.key or "?", _hour_label(row.key, language), row.realised) for row in figures.tables.hour]
        canvas = screen(len(points)) if on_screen else PAPER
        return _render("hour-chart", _("Omzet per jam (WIB)"), points, language, canvas)


def bar_chart(name: str, title: str, points: list[Point], language: str, *, is_money: bool = True) -> str:
    """Any bars for a screen: rupiah, or a count of things. ``name`` is its id: one for each on a page."""
    with translation.override(language):
        return _render(name, title, points, language, screen(len(points)), is_money=is_money)


def describe(points: list[Point], language: str, *, is_money: bool = True) -> str:
    """The sentence that a reader who cannot see the chart is given."""
    sold = [point for point in points if point.value]
    if not sold:
        return _("Belum ada omzet.") if is_money else _("Belum ada.")
    top = max(sold, key=lambda point: point.value)
    return _("%(bars)s batang; tertinggi %(label)s: %(amount)s.") % {
        "bars": len(points),
        "label": top.label,
        "amount": _exactly(top.value, language, is_money),
    }


def _exactly(value: int, language: str, is_money: bool) -> str:
    return formats.rupiah(value, language) if is_money else formats.number(value, language)


def _render(
    chart_id: str,
    title: str,
    points: list[Point],
    language: str,
    canvas: Canvas,
    span: tuple | None = None,
    *,
    is_money: bool = True,
) -> str:
    unit, unit_name = unit_of(max((abs(point.value) for point in points), default=0)) if is_money else (1, "")
    scale = Scale(points)
    slot = (canvas.width - LEFT - RIGHT) / max(len(points), 1)
    stride = -(-max((len(point.short) + 1) * canvas.text * 4 // 7 for point in points) // slot) if points else 1
    bars = [_bar(at, point, points, scale, slot, stride, unit, language) for at, point in enumerate(points)]
    for bar, point in zip(bars, points, strict=True):
        bar["title"] = f"{point.label}: {_exactly(point.value, language, is_money)}"
    context = {
        "id": chart_id,
        "width": canvas.width,
        "text": canvas.text,
        "few": canvas.few,
        "height": HEIGHT,
        "title": title,
        "description": describe(points, language, is_money=is_money),
        "unit": unit_name,
        "bars": bars,
        "empty": not any(point.value for point in points),
        "middle": (HEIGHT - BOTTOM + TOP) // 2,
        "ticks": [tick(value, scale, unit, language) for value in scale.ticks],
        "left": LEFT,
        "right": canvas.width - RIGHT,
        "zero": f"{scale.y(0):.1f}",
        "axis_text": HEIGHT - BOTTOM + 12,
        "span": _span(span, slot),
    }
    return render_to_string("reports/charts/bars.svg", context)


class Scale:
    """From rupiah to a height, with round steps and zero always in sight."""

    def __init__(self, points: list[Point]):
        highest = max([0, *(point.value for point in points)])
        lowest = min([0, *(point.value for point in points)])
        step = _round_step(max(highest - lowest, 1))
        self.top = -(-highest // step) * step or step
        self.bottom = (lowest // step) * step
        self.ticks = range(self.bottom, self.top + 1, step)

    def y(self, value: int) -> float:
        share = (self.top - value) / (self.top - self.bottom)
        return TOP + share * (HEIGHT - TOP - BOTTOM)


def _round_step(spread: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that gives two to four lines."""
    magnitude = 10 ** max(len(str(spread)) - 2, 0)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        if spread / (factor * magnitude) <= 4:
            return factor * magnitude
    return 100 * magnitude


def _bar(
    at: int, point: Point, points: list[Point], scale: Scale, slot: float, stride: float, unit: int, language: str
):
    left, width = LEFT + at * slot, slot * 0.72
    top, foot = sorted((scale.y(point.value), scale.y(0)))
    below = point.value < 0
    return {
        "x": f"{left + (slot - width) / 2:.1f}",
        "y": f"{top:.1f}",
        "width": f"{width:.1f}",
        "height": f"{max(foot - top, 0):.1f}",
        "centre": f"{left + slot / 2:.1f}",
        "axis": point.short if at % stride == 0 else "",
        "value": _in_unit(point.value, unit, language) if _is_labelled(point, points) else "",
        "value_y": f"{foot + 8 if below else top - 3:.1f}",
    }


def _is_labelled(point: Point, points: list[Point]) -> bool:
    if not point.value:
        return False
    return len(points) <= LABELLED_BARS or point.value == max(other.value for other in points)


def tick(value: int, scale: Scale, unit: int, language: str) -> dict[str, str]:
    y = scale.y(value)
    return {"y": f"{y:.1f}", "text_y": f"{y + 3:.1f}", "text": _in_unit(value, unit, language)}


def unit_of(largest: int) -> tuple[int, str]:
    if largest >= 10**10:
        return 10**9, _("miliar rupiah")
    if largest >= 10**7:
        return 10**6, _("juta rupiah")
    if largest >= 10**4:
        return 10**3, _("ribu rupiah")
    return 1, _("rupiah")


def _in_unit(value: int, unit: int, language: str) -> str:
    """The value in the chart's unit, cut to one decimal below a hundred; the exact one is in the table."""
    magnitude = abs(value)
    whole, tenth = magnitude // unit, magnitude * 10 // unit % 10
    text = formats.number(whole, language)
    if tenth and whole < 100:
        text += f"{'.' if language == 'en' else ','}{tenth}"
    return f"-{text}" if value < 0 else text


def _hour_label(key: str, language: str) -> str:
    if not key:
        return _("Tidak diketahui")
    separator = ":" if language == "en" else "."
    return f"{key}{separator}00–{key}{separator}59 WIB"


def _precision(shown: tuple[Period, ...]) -> int:
    return max((len(period.key) for period in shown), default=10) or 10


def _exhibition_span(editions: tuple[Edition, ...], shown: tuple[Period, ...]) -> tuple[int, int] | None:
    """First and last bar of the exhibition days, when one edition is shown day by day."""
    if len(editions) != 1 or _precision(shown) != 10:
        return None
    first = editions[0].opens_at.astimezone(formats.WIB).date()
    # The closing moment is outside (half-open): an edition that closes at midnight ends the day before.
    last = (editions[0].closes_at - timedelta(microseconds=1)).astimezone(formats.WIB).date()
    inside = [at for at, period in enumerate(shown) if period.key and first <= date.fromisoformat(period.key) <= last]
    return (inside[0], inside[-1]) if inside else None


def _span(span: tuple[int, int] | None, slot: float) -> dict[str, str] | None:
    if span is None:
        return None
    left, right = LEFT + span[0] * slot + 1, LEFT + (span[1] + 1) * slot - 1
    return {
        "left": f"{left:.1f}",
        "right": f"{right:.1f}",
        "centre": f"{(left + right) / 2:.1f}",
        "y": f"{HEIGHT - 11}",
        "text_y": f"{HEIGHT - 2}",
        "label": _("Selama pameran"),
    }
