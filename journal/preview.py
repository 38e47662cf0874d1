"""What something would do to the journal, found by doing it and taking it back."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from expo.formats import WIB, rupiah, wib
from expo.models import Edition
from journal.models import Entry, Evidence, Measure, Nature, SealedUntil
from journal.totals import AsOf, groups

LARGE = 1_000_000_000  # rupiah from which an amount is looked at twice, whatever the edition's total
THIRD = 3
SAME = (
    "measure", "nature", "phase", "channel", "evidence", "amount", "quantity", "edition_id", "exhibitor_id",
    "product_key", "category_code", "destination_code", "reverses_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What the next recap's total of a measure becomes: rupiah, grade D left out."""

    label: Any
    before: int
    added: int

    @property
    def after(self) -> int:
        return self.before + self.added


@dataclass(frozen=True, slots=True)
class Preview:
    """``entries`` would be written and are not in the journal; ``late_since`` is the seal that they are behind."""

    edition: Edition
    entries: list[Entry]
    changes: list[Change]
    late_since: dt.datetime | None
    doubts: list[str]

    @property
    def digest(self) -> str:
        """Tells whether what is written is what was looked at."""
        said = [[getattr(entry, name) for name in SAME] for entry in self.entries]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def preview(post: Callable[[], list[Entry]], *, now: dt.datetime) -> Preview:
    """Runs ``post`` and takes it back. Raises what it raises."""
    with transaction.atomic():
        entries = post()
        transaction.set_rollback(True)
    is_repeat = is_posted(entries)
    totals = totals_of(entries[0].edition, now)
    changes = changes_by(entries, totals)
    return Preview(
        edition=entries[0].edition,
        entries=entries,
        changes=[replace(change, added=0) for change in changes] if is_repeat else changes,
        late_since=sealed_after(entries),
        doubts=[] if is_repeat else doubts_about(entries, totals),
    )


def is_posted(entries: list[Entry]) -> bool:
    """Whether they were there before: a form that is sent again changes nothing."""
    keys = [entry.source_key for entry in entries]
    return Entry.objects.filter(source_kind=entries[0].source_kind, source_key__in=keys).exists()


def totals_of(edition: Edition, now: dt.datetime) -> dict[str, int]:
    """Rupiah by measure as of now, grade D left out."""
    totals: dict[str, int] = {}
    for group in groups(AsOf(editions=(edition.pk,), occurred=now, recorded=now)):
        if group.evidence != Evidence.D:
            totals[group.measure] = totals.get(group.measure, 0) + group.amount
    return totals


def changes_by(entries: list[Entry], totals: dict[str, int]) -> list[Change]:
    """The totals that move."""
    added = {entry.measure: 0 for entry in entries}
    for entry in entries:
        if entry.evidence != Evidence.D:
            added[entry.measure] += entry.amount
    return [Change(measure.label, totals.get(measure, 0), added[measure]) for measure in Measure if measure in added]


def sealed_after(entries: list[Entry]) -> dt.datetime | None:
    """Until when the edition is sealed, if one of them happened before that: the bridge calls it late."""
    sealed = SealedUntil.objects.filter(edition=entries[0].edition_id).values_list("recorded_until", flat=True).first()
    return sealed if sealed and any(entry.occurred_at < sealed for entry in entries) else None


def doubts_about(entries: list[Entry], totals: dict[str, int]) -> list[str]:
    """Why somebody should look a second time; only at what adds a sale or a promise."""
    added = [entry for entry in entries if entry.nature == Nature.SALE]
    return [doubt for entry in added for doubt in [*too_large(entry, totals.get(entry.measure, 0)), *twins(entry)]]


def too_large(entry: Entry, others: int) -> list[str]:
    """Beside what the edition's total of the measure is without it."""
    if entry.amount >= LARGE:
        return [_("Jumlahnya besar: %(amount)s. Hitung nolnya.") % {"amount": rupiah(entry.amount)}]
    if others > 0 and entry.amount * THIRD > others + entry.amount:
        return [_("Lebih dari sepertiga seluruh %(measure)s pameran ini.") % {"measure": entry.get_measure_display()}]
    return []


def twins(entry: Entry) -> list[str]:
    """The same amount of the same exhibitor on the same day (WIB), from another transaction."""
    day = entry.occurred_at.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    same = Entry.objects.filter(
        edition=entry.edition_id,
        exhibitor=entry.exhibitor_id,
        measure=entry.measure,
        nature=Nature.SALE,
        amount=entry.amount,
        occurred_at__gte=day,
        occurred_at__lt=day + dt.timedelta(days=1),
    ).exclude(transaction_key=entry.transaction_key)
    return [
        _("Sudah ada catatan dengan jumlah yang sama pada hari itu: %(key)s, %(source)s, %(when)s.")
        % {"key": twin.transaction_key, "source": twin.get_source_kind_display(), "when": wib(twin.occurred_at)}
        for twin in same.order_by("occurred_at", "pk")[:3]
    ]
