"""The annex of a recap: every journal entry behind it, listed as of its cut-offs and proven to sum to its figures.

On paper up to ``MOST_PRINTED`` rows; as a file of its own (``annex_files.py``) whatever their number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from journal.listing import ListedEntry, entries
from reports.compute import bridge_start
from reports.errors import RecapError
from reports.figures import Figures
from reports.models import Recap
from reports.queries import asof_of, figures_of

MOST_PRINTED = 2500


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """``rows`` are all entries, or none where there are too many of them for the paper; ``total`` is how many."""

    total: int
    rows: tuple[ListedEntry, ...] = ()

    @property
    def printed(self) -> bool:
        return self.total == len(self.rows)


def printed_annex(recap: Recap) -> Annex:
    """What the PDF can hold. RecapError if the journal no longer gives what was sealed."""
    figures = figures_of(recap)
    if figures.entries > MOST_PRINTED:
        return Annex(total=figures.entries)
    return Annex(total=figures.entries, rows=tuple(proven(listed(recap, figures), figures)))


def listed(recap: Recap, figures: Figures) -> Iterator[ListedEntry]:
    asof = asof_of(recap)
    return entries(asof, bridge_start(asof, figures.bridge.previous))


def proven_rows(recap: Recap) -> Iterator[ListedEntry]:
    """All entries for a file, as they come from the database. RecapError at their end unless they sum to the recap."""
    figures = figures_of(recap)
    return proven(listed(recap, figures), figures)


def proven(rows: Iterable[ListedEntry], figures: Figures) -> Iterator[ListedEntry]:
    """Pass the rows on, and refuse at their end unless they sum to the figures they are said to be behind."""
    sums = dict.fromkeys(("realised", "committed", "potential", "financing"), 0)
    steps = dict.fromkeys(("new_sales", "late_entries", "refunds", "corrections"), 0)
    count = 0
    for row in rows:
        count += 1
        if row.evidence != "D":
            sums[row.measure] += row.amount
        if row.step:
            steps[row.step] += row.amount
        yield row
    bridge = figures.bridge
    said = (
        figures.entries,
        {name: getattr(figures, name).total for name in sums},
        {name: -bridge.refunds if name == "refunds" else getattr(bridge, name) for name in steps},
    )
    if (count, sums, steps) != said:
        raise RecapError(_("Catatan jurnal tidak lagi menghasilkan angka rekap ini; jalankan verify_recaps."))
