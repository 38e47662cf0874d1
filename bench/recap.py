"""The recap that is timed: the largest of the demonstration's past editions, to its last moment on record."""

from collections.abc import Callable

from django.db.models import Max

from expo.models import Edition
from journal.models import Entry
from journal.totals import AsOf
from reports import documents
from reports.compute import compute
from reports.snapshot import capture


def steps() -> list[tuple[str, Callable[[], object]]]:
    """What is timed, by name: each a function without arguments."""
    edition = max(Edition.objects.all(), key=lambda edition: Entry.objects.filter(edition=edition).count())
    last = Entry.objects.filter(edition=edition).aggregate(at=Max("recorded_at"))["at"]
    asof = AsOf(editions=(edition.pk,), occurred=last, recorded=last)
    snapshot = capture([edition], asof)
    figures = compute(asof, snapshot=snapshot, previous=None)
    rows = Entry.objects.filter(edition=edition).count()
    return [
        (f"recap: snapshot ({edition.slug})", lambda: capture([edition], asof)),
        (f"recap: compute ({rows} entries)", lambda: compute(asof, snapshot=snapshot, previous=None)),
        *[(f"recap: render {format}", _renderer(figures, format)) for format in ("json", "pdf", "xlsx", "csv")],
    ]


def _renderer(figures, format: str) -> Callable[[], object]:
    return lambda: documents.render(figures, None, format)
