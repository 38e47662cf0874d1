"""All editions side by side: the table and the chart on top of the page of statistics."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from expo.formats import current_language
from reports.charts import Point, bar_chart
from reports.figures import Figures
from reports.labels import edition_names
from reports.models import Recap

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Overview:
    rows: list[tuple[Recap, Figures, str]]
    chart: SafeString | None


def overview(pairs: Sequence[tuple[Recap, Figures]]) -> Overview:
    """Newest first in the table, oldest first in the chart, as time runs."""
    language = current_language()
    rows = [(recap, figures, edition_names(figures, language)) for recap, figures in pairs]
    points = [
        Point(figures.editions[0].code, name, figures.realised.total) for _recap, figures, name in rows[:MOST_BARS]
    ]
    if len(points) < 2:
        return Overview(rows, None)
    svg = bar_chart("editions", _("Omzet setiap pameran"), points[::-1], language)
    return Overview(rows, mark_safe(svg))  # noqa: S308 (our own template escapes)
