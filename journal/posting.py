"""Posting: every way in which money or a promise enters the journal.

Each function is one transaction, idempotent by its source, and returns the entries of that source, new or old. The
rule that credits an entry to an edition and a phase is applied here and its outcome stored: see ``credit``.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from django.db import transaction
from django.db.models import CharField, F, Sum, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from expo.models import Edition
from journal.errors import DifferentContentError, JournalError, OutsideEditionError
from journal.insert import insert_entries
from journal.models import Entry, Measure, Nature
from journal.roles import as_importer
from journal.values import Correction, NewEntry, Payment, Refund, Reversal, Sale

BATCH = 4000
# What a reversal keeps of what it reverses. It has its own time, source and evidence of who recorded it.
KEPT = (
    "edition_id",
    "phase",
    "exhibitor_id",
    "exhibitor_label",
    "kind",
    "regency_code",
    "regency_label",
    "category_code",
    "category_label",
    "product_key",
    "product_label",
    "transaction_key",
    "channel",
    "measure",
    "evidence",
    "on_order",
    "destination_code",
    "destination_label",
)


def credit(edition: Edition, occurred_at: dt.datetime) -> str:
    """The phase of ``edition`` to which something that happened at ``occurred_at`` belongs.

    OutsideEditionError before ``sales_open`` and from ``mall_closes_at`` on.
    """
    phase = edition.phase_at(occurred_at)
    if phase is None:
        raise OutsideEditionError(_("Waktu transaksi di luar masa penjualan %(edition)s.") % {"edition": edition.name})
    return phase


def post_sale(sale: Sale) -> list[Entry]:
    """Turnover: a confirmed payment, or a sale at the stand. One entry per line."""
    return _post(sale, Measure.REALISED)


def post_commitment(sale: Sale) -> list[Entry]:
    """An order that both sides accepted and that is yet to be paid."""
    return _post(sale, Measure.COMMITTED)


def post_potential(sale: Sale) -> list[Entry]:
    """A letter of intent or an outcome of business matching."""
    return _post(sale, Measure.POTENTIAL)


def post_financing(sale: Sale) -> list[Entry]:
    """Credit promised by an institution to the exhibitor."""
    return _post(sale, Measure.FINANCING)


@transaction.atomic
def post_refund(refund: Refund) -> list[Entry]:
    """Give back all or part of what entries say. Never more than is left of each."""
    lines = _locked(refund.lines)
    if not _is_posted(refund, {f"{refund.key}:{entry.pk}" for entry, _line in lines}):
        for entry, line in lines:
            _require_positive(line)
            _require_left(entry, line)
    return _store(
        refund,
        [
            _reversal(refund, entry, amount=-line.amount, quantity=-line.quantity, nature=Nature.REFUND)
            for entry, line in lines
        ],
    )


@transaction.atomic
def post_correction(correction: Correction) -> list[Entry]:
    """Raise or lower what was posted, by signed amounts, with the reason in ``note``."""
    if not correction.note:
        raise JournalError(_("Tulis alasan koreksi."))
    return _store(
        correction,
        [
            _reversal(correction, entry, amount=line.amount, quantity=line.quantity, nature=Nature.CORRECTION)
            for entry, line in _locked(correction.lines)
        ],
    )


@transaction.atomic
def post_payment_on_order(payment: Payment) -> list[Entry]:
    """Move what was paid from committed to realised, in one transaction: it is never counted twice.

    The part taken off keeps the promise's phase; the turnover has the phase of the payment, or the promise's when
    the edition is over by then.
    """
    lines = _locked(payment.lines)
    posted = _is_posted(payment, {f"{payment.key}:{entry.pk}on" for entry, _line in lines})
    entries = []
    for entry, line in lines:
        if entry.measure != Measure.COMMITTED:
            raise JournalError(_("Hanya transaksi pesanan yang dapat dilunasi."))
        if not posted:
            _require_positive(line)
            _require_left(entry, line)
        entries += _payment(payment, entry, line)
    return _store(payment, entries)


@transaction.atomic
def reclassify(entry_id: int, *, key: str, occurred_at: dt.datetime, note: str, by_id: int | None, **changes):
    """Reverse what is left of an entry and post it again with ``changes`` (category, destination, evidence, …).

    A claim (evidence D) that staff verified so becomes a sale of the day on which it happened; any other change is
    a pair of corrections that sums to zero.
    """
    (entry,) = [entry for entry, _line in _locked((Reversal(entry_id=entry_id, amount=0),))]
    amount, quantity = left_of(entry)
    verified = entry.evidence == "D" and changes.get("evidence", "D") != "D"
    source = Correction(
        key=key,
        occurred_at=entry.occurred_at if verified else occurred_at,
        lines=(),
        note=note,
        recorded_by_id=by_id,
    )
    off = _reversal(source, entry, amount=-amount, quantity=-quantity, nature=Nature.CORRECTION, suffix="off")
    on = _reversal(
        source,
        entry,
        amount=amount,
        quantity=quantity,
        nature=entry.nature if verified else Nature.CORRECTION,
        suffix="on",
        **changes,
    )
    return _store(source, [off, on])


@transaction.atomic
def verify_claims(entry_ids: Iterable[int], *, key: str, evidence: str, note: str, by_id: int | None) -> int:
    """``reclassify`` for many claims (D) at once: each becomes a sale of ``evidence`` at the time of the claim.

    What was taken back meanwhile is left out. Returns how many claims were verified.
    """
    entries = [entry for entry, _line in _locked(tuple(Reversal(entry_id=pk, amount=0) for pk in entry_ids))]
    taken = {
        row["reverses"]: row
        for row in Entry.objects.filter(reverses__in=entries, measure=F("reverses__measure"))
        .exclude(source_key__endswith=Concat(Value(":"), Cast("reverses_id", CharField()), Value("on")))
        .order_by()
        .values("reverses")
        .annotate(rupiah=Sum("amount"), pieces=Sum("quantity"))
    }
    verified: list[NewEntry] = []
    for entry in entries:
        back = taken.get(entry.pk, {"rupiah": 0, "pieces": 0})
        amount, quantity = entry.amount + back["rupiah"], entry.quantity + back["pieces"]
        if entry.evidence != "D" or not (amount or quantity):
            continue
        source = Correction(key=key, occurred_at=entry.occurred_at, lines=(), note=note, recorded_by_id=by_id)
        verified += [
            _reversal(source, entry, amount=-amount, quantity=-quantity, nature=Nature.CORRECTION, suffix="off"),
            _reversal(
                source, entry, amount=amount, quantity=quantity, nature=entry.nature, suffix="on", evidence=evidence
            ),
        ]
    return len(insert_entries(verified)) // 2


def post_imported(entries: Iterable[NewEntry], *, batch: int = BATCH) -> int:
    """Add historical entries in bulk under the importer's role, in one transaction; return how many are new.

    Source kind is ``import``; a given ``recorded_at`` is kept unless it lies in the future or behind a seal
    (IntegrityError). The phase is the caller's: use ``credit``. Entries that name a ``reverses_key`` come after what
    they reverse.
    """
    added = 0
    source = iter(entries)
    with as_importer():
        while chunk := list(islice(source, batch)):
            for part in _without_references_inside(chunk):
                added += len(insert_entries(part))
    return added


def entries_of(source, transaction_key: str) -> list[Entry]:
    """The entries of one transaction that were posted from ``source`` (a Sale, Refund, …)."""
    found = Entry.objects.filter(
        transaction_key=transaction_key, source_kind=source.source_kind, source_key__startswith=f"{source.key}:"
    )
    return list(found.order_by("pk"))


def _post(sale: Sale, measure: str) -> list[Entry]:
    if not sale.lines:
        raise ValueError("a sale without lines")
    if len({line.key for line in sale.lines}) < len(sale.lines):
        raise ValueError("two lines of one sale have the same key")
    for line in sale.lines:
        if line.amount < 0 or line.quantity < 0:
            raise JournalError(_("Jumlah penjualan tidak boleh negatif; catat pengembalian dana."))
    phase = credit(sale.edition, sale.occurred_at)
    with transaction.atomic():
        return _store(sale, [_new_entry(sale, line, measure, phase) for line in sale.lines])


def _new_entry(sale: Sale, line, measure: str, phase: str) -> NewEntry:
    exhibitor = sale.exhibitor
    regency = exhibitor.regency
    return NewEntry(
        edition_id=sale.edition.pk,
        phase=phase,
        exhibitor_id=exhibitor.pk,
        exhibitor_label=exhibitor.name,
        kind=exhibitor.kind,
        regency_code=regency.code if regency else "",
        regency_label=regency.name if regency else "",
        category_code=line.category_code,
        category_label=line.category_label,
        product_key=line.product_key,
        product_label=line.product_label,
        transaction_key=sale.transaction_key,
        channel=sale.channel,
        measure=measure,
        evidence=sale.evidence,
        amount=line.amount,
        quantity=line.quantity,
        destination_code=sale.destination_code,
        destination_label=sale.destination_label,
        occurred_at=sale.occurred_at,
        source_kind=sale.source_kind,
        source_key=f"{sale.key}:{line.key}",
        recorded_by_id=sale.recorded_by_id,
        note=sale.note,
    )


def _reversal(source, entry: Entry, *, amount, quantity, nature, suffix="", **changes) -> NewEntry:
    kept = {name: getattr(entry, name) for name in KEPT} | changes
    return NewEntry(
        **kept,
        amount=amount,
        quantity=quantity,
        nature=nature,
        occurred_at=source.occurred_at,
        source_kind=source.source_kind,
        source_key=f"{source.key}:{entry.pk}{suffix}",
        reverses_id=entry.pk,
        recorded_by_id=source.recorded_by_id,
        note=source.note,
    )


def _payment(payment: Payment, promise: Entry, line: Reversal) -> list[NewEntry]:
    phase = promise.edition.phase_at(payment.occurred_at) or promise.phase
    taken = _reversal(
        payment, promise, amount=-line.amount, quantity=-line.quantity, nature=Nature.PAYMENT, suffix="off"
    )
    paid = _reversal(
        payment,
        promise,
        amount=line.amount,
        quantity=line.quantity,
        nature=Nature.SALE,
        suffix="on",
        measure=Measure.REALISED,
        on_order=True,
        phase=phase,
        channel=payment.channel or promise.channel,
        evidence=payment.evidence or promise.evidence,
    )
    return [taken, paid]


def _store(source, entries: list[NewEntry]) -> list[Entry]:
    added = insert_entries(entries)
    stored = [
        entry for key in sorted({entry.transaction_key for entry in entries}) for entry in entries_of(source, key)
    ]
    # All of them are new or none is, and there are no others of the same source.
    if len(added) not in (0, len(entries)) or len(stored) != len(entries):
        raise DifferentContentError(_("%(key)s sudah dicatat dengan baris yang lain.") % {"key": source.key})
    return stored


def _is_posted(source, keys: set[str]) -> bool:
    """Whether this source is in the journal already: then it is a repeat and what is left is not asked again."""
    posted = Entry.objects.filter(source_kind=source.source_kind, source_key__in=keys)
    return posted.count() == len(keys)


def _locked(lines: tuple[Reversal, ...]) -> list[tuple[Entry, Reversal]]:
    """The entries that the lines name, locked in id order, so that two refunds cannot both take the last rupiah."""
    ids = sorted(line.entry_id for line in lines)
    if len(set(ids)) < len(ids):
        raise ValueError("one entry is named twice")
    found = {
        entry.pk: entry
        for entry in Entry.objects.select_for_update(of=("self",))
        .select_related("edition")
        .filter(pk__in=ids)
        .order_by("pk")
    }
    if missing := [pk for pk in ids if pk not in found]:
        raise JournalError(_("Catatan jurnal %(id)s tidak ada.") % {"id": missing[0]})
    return [(found[line.entry_id], line) for line in lines]


def _require_positive(line: Reversal) -> None:
    if line.amount <= 0 or line.quantity < 0:
        raise JournalError(_("Jumlah harus lebih dari nol."))


def _require_left(entry: Entry, line: Reversal) -> None:
    amount, quantity = left_of(entry)
    if line.amount > amount:
        raise JournalError(
            _("Jumlah melebihi sisa catatan: tersisa Rp%(left)s.") % {"left": f"{amount:,}".replace(",", ".")}
        )
    if line.quantity > max(quantity, 0):
        raise JournalError(_("Catatan ini tinggal %(left)s potong.") % {"left": max(quantity, 0)})


def left_of(entry: Entry) -> tuple[int, int]:
    """What is left of an entry after its reversals of the same measure: rupiah and units."""
    taken = (
        entry.reversals.filter(measure=entry.measure)
        .exclude(source_key__endswith=f":{entry.pk}on")  # what took its place stands for itself
        .aggregate(amount=Sum("amount"), quantity=Sum("quantity"))
    )
    return entry.amount + (taken["amount"] or 0), entry.quantity + (taken["quantity"] or 0)


def _without_references_inside(chunk: list[NewEntry]) -> Iterable[list[NewEntry]]:
    """Parts of a batch in which no entry reverses another of the same part."""
    part: list[NewEntry] = []
    keys: set[str] = set()
    for entry in chunk:
        if entry.reverses_key and entry.reverses_key in keys:
            yield part
            part, keys = [], set()
        part.append(entry)
        keys.add(entry.source_key)
    yield part
