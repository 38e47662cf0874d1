"""Rows that stand in the journal already and are said otherwise now: as new rows they would be counted twice.

A row is known by all of its content. Whoever corrects a destination in the file and imports it again has a row that is
not known, beside the entry of the old one. Such a row is refused, unless the old one stands in the same file: then
both are meant.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from expo.models import Edition
from journal.importing.errors import RowError
from journal.models import Entry, Nature, SourceKind

FIELDS = ("exhibitor_id", "product_key", "measure", "channel", "amount", "occurred_at")
MORE = ("source_key", "transaction_key", "destination_code", "regency_code", "category_code", "quantity", "evidence")
LABELS = ("destination_label", "regency_label", "category_label")


class Twins:
    """``key``, ``reference_keys`` and ``product_key`` give what an entry of a row would (or could) have."""

    def __init__(self, edition: Edition, key: Callable, reference_keys: Callable, product_key: Callable):
        self.edition = edition
        self.key, self.reference_keys, self.product_key = key, reference_keys, product_key
        self.found: list[tuple] = []  # (meant, entries that may be the same sale)

    def look(self, meant: Iterable) -> None:
        """Remember which of these new rows have twins among the entries."""
        known = [one for one in meant if one.exhibitor.pk]
        there = self._entries(known)
        for one in known:
            row, values = one.row, (one.exhibitor.pk, self.product_key(one), one.row.measure, one.row.channel)
            keys = self.reference_keys(one)
            if twins := [twin for key in keys for twin in there.get((*values, row.amount, row.occurred_at, key), [])]:
                self.found.append((one, twins))

    def _entries(self, known: list) -> dict[tuple, list[dict]]:
        entries = Entry.objects.filter(
            edition=self.edition,
            source_kind=SourceKind.IMPORT,
            occurred_at__in={one.row.occurred_at for one in known},
            exhibitor_id__in={one.exhibitor.pk for one in known},
        ).exclude(nature=Nature.PAYMENT)
        there = defaultdict(list)
        for entry in entries.values(*FIELDS, *MORE, *LABELS):
            reference = entry["transaction_key"]
            own = "" if reference == entry["source_key"] else reference
            there[(*(entry[name] for name in FIELDS), own)].append(entry)
        return there

    @property
    def wanted(self) -> set[str]:
        """Source keys whose rows must stand in the file, too."""
        return {entry["source_key"] for _one, twins in self.found for entry in twins}

    def errors(self, present: set[str]) -> list[RowError]:
        """For rows with a twin that is not ``present`` in the file."""
        refused = []
        for one, twins in self.found:
            alone = next((entry for entry in twins if entry["source_key"] not in present), None)
            if alone is not None:
                refused.append(_refusal(one, alone))
        return refused


def _refusal(one, entry: dict) -> RowError:
    row = one.row
    now = {
        "destination": (one.destination.code, entry["destination_code"], entry["destination_label"]),
        "regency": (one.regency.code, entry["regency_code"], entry["regency_label"]),
        "category": (one.category[0], entry["category_code"], entry["category_label"]),
        "quantity": (row.quantity, entry["quantity"], entry["quantity"]),
        "evidence": (row.evidence, entry["evidence"], entry["evidence"]),
    }
    for column, (here, there, label) in now.items():
        if here != there:
            reason = _(
                "penjualan ini sudah tercatat dengan “%(there)s”; betulkan lewat koreksi, "
                "atau beri rujukan sendiri bila ini penjualan lain"
            )
            return RowError(row.number, column, reason % {"there": label or _("kosong")})
    return RowError(row.number, "", _("penjualan ini sudah tercatat; beri rujukan sendiri bila ini penjualan lain"))
