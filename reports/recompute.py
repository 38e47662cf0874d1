"""Figures on demand: at any cut-offs, sealed or not, always computed from the journal."""

from expo.models import Edition
from journal.totals import AsOf
from reports import figures as f
from reports.compute import compute
from reports.consistent import consistent_reading
from reports.models import Recap
from reports.queries import asof_of
from reports.series import before, find, previous_of
from reports.snapshot import Snapshot, capture


def figures_at(editions: list[Edition], asof: AsOf) -> tuple[f.Figures, Recap | None]:
    """The figures, and the recap if these cut-offs are sealed: then with its sealed inputs, so byte for byte."""
    with consistent_reading():
        recap = find(editions, asof)
        if recap:
            return recompute(recap), recap
        snapshot = capture(editions, asof)
        return compute(asof, snapshot=snapshot, previous=previous_of(before(editions, asof))), None


def recompute(recap: Recap, *, from_entries: bool = False) -> f.Figures:
    """A sealed recap computed again from the journal, with the snapshot and the bridge's start that it was given.

    ``from_entries`` trusts no rollup.
    """
    sealed = f.Figures.from_json(recap.figures.encode())
    asof = asof_of(recap, from_entries=from_entries)
    return compute(asof, snapshot=Snapshot.from_json(recap.snapshot.encode()), previous=sealed.bridge.previous)


def first_difference(sealed: f.Figures, again: f.Figures) -> str:
    """In which respect a recap that was computed again differs, in English for the log."""
    if sealed.realised.total != again.realised.total:
        return f"realised {sealed.realised.total}, now {again.realised.total}"
    names = [name for name in type(sealed).__slots__ if getattr(sealed, name) != getattr(again, name)]
    return ", ".join(names) or "spelling"
