"""Sales for the tests of journal and reports."""

from journal.models import SourceKind
from journal.posting import credit, post_imported
from journal.values import Channel, Evidence, Line, Measure, NewEntry, Sale
from tests.factories import make_edition, make_exhibitor, numbers, wib


def make_sale(*, edition=None, exhibitor=None, lines=None, amount=100_000, quantity=1, **fields) -> Sale:
    number = next(numbers)
    lines = lines or (Line(key="1", amount=amount, quantity=quantity, product_key="p1", category_code="kerajinan"),)
    return Sale(
        **{
            "edition": edition or make_edition(),
            "exhibitor": exhibitor or make_exhibitor(),
            "key": f"order-{number}",
            "transaction_key": f"T{number}",
            "occurred_at": wib(2020, 11, 19, 10),
            "lines": tuple(lines),
            **fields,
        }
    )


def history(*, edition, exhibitor, occurred_at, recorded_at=None, amount=100_000, **fields) -> NewEntry:
    """A historical entry, as the importer posts it."""
    number = next(numbers)
    return NewEntry(
        **{
            "edition_id": edition.pk,
            "phase": credit(edition, occurred_at),
            "exhibitor_id": exhibitor.pk,
            "exhibitor_label": exhibitor.name,
            "kind": exhibitor.kind,
            "transaction_key": f"H{number}",
            "channel": Channel.ONLINE,
            "measure": Measure.REALISED,
            "evidence": Evidence.B,
            "amount": amount,
            "quantity": 1,
            "occurred_at": occurred_at,
            "recorded_at": recorded_at or occurred_at,
            "source_kind": SourceKind.IMPORT,
            "source_key": f"history-{number}",
            **fields,
        }
    )


def post_history(*entries: NewEntry) -> int:
    return post_imported(entries)
