"""The plots of the own figures. Two editions stand side by side: this one solid, the earlier one hatched."""

import math
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from expo import formats
from reports.charts import BOTTOM, HEIGHT, LEFT, RIGHT, Point, Scale, bar_chart, tick, turnover_title, unit_of
from reports.labels import channel_names
from reports.own.figures import AFTER, BEFORE, OwnFigures, row_of
from reports.periods import periods

WIDTH, TEXT = 320, 9


@dataclass(frozen=True, slots=True)
class Plot:
    title: str
    svg: str
    name: str


def plots(figures: OwnFigures, language: str) -> list[Plot]:
    """Turnover by day and by channel, visits by day; call it inside ``translation.override(language)``."""
    shown = periods([row_of(day) for day in figures.days], language)
    turnover = [Point(period.short, period.label, period.row.realised) for period in shown]
    visits = [Point(period.short, period.label, period.row.transactions) for period in shown]
    names, short = channel_names(), short_channels()
    channels = [Point(short[key], names[key], sums.realised) for key, sums in figures.channels]
    parts = [
        ("days", turnover_title(shown), turnover, True),
        ("channels", _("Omzet menurut saluran"), channels, True),
        ("visits", _("Kunjungan stan"), visits, False),
    ]
    return [
        Plot(title, bar_chart(f"own-{name}", title, points, language, is_money=is_money), name)
        for name, title, points, is_money in parts
    ]


def short_channels() -> dict[str, str]:
    """One word for under a bar; the table has the whole name."""
    return {
        "online": pgettext("saluran", "Toko"),
        "live": pgettext("saluran", "Live"),
        "onsite": pgettext("saluran", "Stan"),
        "reported": pgettext("saluran", "Lapor"),
    }


def run_label(key: str) -> str:
    if key == BEFORE:
        return _("Sebelum pembukaan")
    if key == AFTER:
        return _("Sesudah hari terakhir")
    return _("Hari ke-%(number)s") % {"number": key}


def comparison_chart(figures: OwnFigures, language: str) -> str:
    """Pairs of bars by day of the run. Call it inside ``translation.override(language)``."""
    found = figures.comparison
    assert found is not None
    assert figures.span.edition is not None
    values = [value for row in found.rows for value in (row.now, row.then)]
    scale = Scale([Point("", "", value) for value in values])
    unit, unit_name = unit_of(max(map(abs, values), default=0))
    slot = (WIDTH - LEFT - RIGHT) / len(found.rows)
    stride = math.ceil(14 / slot)
    pairs = [_pair(at, row, scale, slot, stride, language) for at, row in enumerate(found.rows)]
    context = {
        "title": _("Omzet menurut hari pameran, dua pameran berdampingan"),
        "description": _("%(now)s: %(sum_now)s. %(then)s sampai saat yang sama: %(sum_then)s.")
        % {
            "now": figures.span.edition.display_name,
            "sum_now": formats.rupiah(found.now, language),
            "then": found.edition.display_name,
            "sum_then": formats.rupiah(found.then, language),
        },
        "now": figures.span.edition.display_name,
        "then": found.edition.display_name,
        "width": WIDTH,
        "height": HEIGHT,
        "text": TEXT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "zero": f"{scale.y(0):.1f}",
        "axis_text": HEIGHT - BOTTOM + 12,
        "unit": unit_name,
        "ticks": [tick(value, scale, unit, language) for value in scale.ticks],
        "pairs": pairs,
    }
    return render_to_string("reports/own/pairs.svg", context)


def _pair(at: int, row, scale: Scale, slot: float, stride: int, language: str) -> dict:
    left, width = LEFT + at * slot, slot * 0.4
    label = run_label(row.key)
    short = {BEFORE: "<", AFTER: ">"}.get(row.key, row.key)
    return {
        "axis": short if at % stride == 0 else "",
        "centre": f"{left + slot / 2:.1f}",
        "width": f"{width:.1f}",
        "now": _bar(left + slot * 0.1, row.now, scale) | {"title": f"{label}: {formats.rupiah(row.now, language)}"},
        "then": _bar(left + slot * 0.5, row.then, scale) | {"title": f"{label}: {formats.rupiah(row.then, language)}"},
    }


def _bar(left: float, value: int, scale: Scale) -> dict[str, str]:
    top, foot = sorted((scale.y(value), scale.y(0)))
    return {"x": f"{left:.1f}", "y": f"{top:.1f}", "height": f"{max(foot - top, 0):.1f}"}
