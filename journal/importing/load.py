"""From checked rows to entries: what names mean, what a refund reverses, what a payment settles. All or nothing."""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.models import Edition
from journal.importing.errors import FileError, RowError, RowsError
from journal.importing.names import Known, Names, UnknownName
from journal.importing.rows import BadRow, Row, read_rows
from journal.importing.twins import Twins
from journal.keys import Place
from journal.models import Entry, Measure, Nature, SealedUntil, SourceKind
from journal.posting import credit, post_imported
from journal.values import NewEntry

BATCH = 2000
# What the part of a promise that is paid keeps of it.
SETTLED = (
    "exhibitor_id",
    "exhibitor_label",
    "regency_code",
    "regency_label",
    "category_code",
    "category_label",
    "product_key",
    "product_label",
    "destination_code",
    "destination_label",
    "channel",
    "evidence",
)
# Promises first, then what reduces them, then turnover (which may settle a promise), then refunds.
STAGES = ("promise", "promise_back", "turnover", "turnover_back")


@dataclass(frozen=True, slots=True)
class Imported:
    rows: int
    added: int
    settled: int
    exhibitors_created: int
    dry_run: bool

    @property
    def unchanged(self) -> int:
        return self.rows - (self.added - self.settled)


@dataclass(slots=True)
class Meant:
    """A row with its names looked up. ``regency`` is the row's, else the exhibitor's."""

    row: Row
    exhibitor: Known
    regency: Place
    destination: Place
    category: tuple[str, str]


def import_file(path: Path, edition: Edition, *, create_exhibitors: bool = False, dry_run: bool = False) -> Imported:
    """Import a CSV file into the journal of ``edition``. RowsError lists every bad row; then nothing is imported.

    The same file again adds nothing. A dry run goes all the way and takes everything back.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _Import(edition, create_exhibitors).run(file, dry_run=dry_run)
    except OSError as error:
        raise FileError(
            _("Berkas %(path)s tidak dapat dibaca: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error


class _Import:
    def __init__(self, edition: Edition, create_exhibitors: bool):
        self.edition = edition
        self.now = timezone.now()
        self.names = Names(create_exhibitors=create_exhibitors)
        self.errors: list[RowError] = []
        self.spools: dict[str, IO[bytes]] = {}
        sealed = SealedUntil.objects.filter(edition=edition).first()
        self.sealed_until = sealed.recorded_until if sealed else None
        self.rows = self.added = self.settled = 0
        self.twins = Twins(
            edition,
            key=self._key,
            reference_key=lambda row: self._transaction_key(row.reference),
            product_key=lambda one: self.names.product_key(one.exhibitor, one.row.product),
        )

    def run(self, file, *, dry_run: bool) -> Imported:
        # Rows that were checked wait on disk, so that 100,000 of them need no more memory than a batch.
        self.spools = {stage: tempfile.TemporaryFile() for stage in STAGES}  # noqa: SIM115 (closed below)
        try:
            self._check(file)
            self._check_twins()
            self._refuse_errors()
            with transaction.atomic():
                created = self.names.save_created()
                for stage in STAGES:
                    self._post(stage)
                self._refuse_errors()
                if dry_run:
                    transaction.set_rollback(True)
        finally:
            for spool in self.spools.values():
                spool.close()
        return Imported(self.rows, self.added, self.settled, created, dry_run)

    def _refuse_errors(self) -> None:
        if self.errors:
            self.errors.sort(key=lambda error: (error.row, error.column))
            count = len({error.row for error in self.errors})
            raise RowsError(self.errors, _("%(count)s baris salah; tidak ada yang diimpor.") % {"count": count})

    # --- First pass: every row on its own ------------------------------------------------------

    def _check(self, file) -> None:
        for batch in _batches(read_rows(file, now=self.now)):
            meant = []
            for item in batch:
                self.rows += 1
                if isinstance(item, BadRow):
                    self.errors += item.errors
                    self._look_up_names(item)
                elif found := self._look_up(item):
                    meant.append(found)
            self._check_against_journal(meant)
            for one in meant:
                pickle.dump(one.row, self.spools[_stage(one.row)])

    def _look_up(self, row: Row) -> Meant | None:
        wrong = len(self.errors)
        regency = self._named(row, "regency", lambda: self.names.places.regency(row.regency)) or Place()
        destination = self._named(row, "destination", lambda: self.names.places.destination(row.destination))
        exhibitor = self._named(row, "exhibitor", lambda: self.names.exhibitor(row.exhibitor, regency))
        if row.amount > 0 and self.edition.phase_at(row.occurred_at) is None:
            self._outside(row)
        if len(self.errors) > wrong or exhibitor is None:
            return None
        return Meant(
            row,
            exhibitor,
            regency if regency.code else exhibitor.regency,
            destination,
            self.names.category(row.category),
        )

    def _look_up_names(self, bad: BadRow) -> None:
        """Names in a row that is wrong already, so that all that is wrong with it is told at once."""
        wrong, places = {error.column for error in bad.errors}, self.names.places
        checks: dict[str, Callable[[str], object]] = {"regency": places.regency, "destination": places.destination}
        checks["exhibitor"] = lambda text: self.names.exhibitor(text, Place())
        for column, look_up in checks.items():
            text = bad.cells.get(column, "")
            if text and column not in wrong:
                self._named(bad, column, lambda look_up=look_up, text=text: look_up(text))

    def _named(self, row: Row | BadRow, column: str, look_up):
        try:
            return look_up()
        except UnknownName as error:
            self.errors.append(RowError(row.number, column, str(error)))
            return None

    def _outside(self, row: Row) -> None:
        self.errors.append(
            RowError(
                row.number, "occurred_at", _("di luar masa penjualan %(edition)s") % {"edition": self.edition.name}
            )
        )

    def _check_against_journal(self, meant: list[Meant]) -> None:
        there = self._keys_there(one.row for one in meant)
        new = [one for one in meant if self._key(one.row) not in there]
        for one in new:
            if one.row.recorded_at and self.sealed_until and one.row.recorded_at < self.sealed_until:
                reason = _("di balik segel: jurnal tertutup sampai %(until)s; kosongkan untuk mencatatnya sekarang")
                until = self.sealed_until.isoformat()
                self.errors.append(RowError(one.row.number, "recorded_at", reason % {"until": until}))
        self.twins.look(new)
        amounts = self._amounts_there(one.row.reference for one in new)
        for one in new:
            self._check_reference(one, amounts)

    def _check_twins(self) -> None:
        """Rows that would count again what is there: unless the row it was imported from stands in this file."""
        if wanted := self.twins.wanted:
            rows = (row for stage in STAGES for row in _unpickled(self.spools[stage]))
            self.errors += self.twins.errors({key for row in rows if (key := self._key(row)) in wanted})

    def _keys_there(self, rows: Iterable[Row]) -> set[str]:
        keys = [self._key(row) for row in rows]
        found = Entry.objects.filter(source_kind=SourceKind.IMPORT, source_key__in=keys)
        return set(found.values_list("source_key", flat=True))

    def _amounts_there(self, references: Iterable[str]) -> dict[tuple, int]:
        keys = {self._transaction_key(reference) for reference in references if reference}
        found = Entry.objects.filter(
            edition=self.edition, transaction_key__in=keys, source_kind=SourceKind.IMPORT
        ).exclude(nature=Nature.PAYMENT)
        columns = ("transaction_key", "product_key", "measure", "occurred_at", "amount")
        return {(*row[:4], row[4] > 0): row[4] for row in found.values_list(*columns)}

    def _check_reference(self, one: Meant, amounts: dict[tuple, int]) -> None:
        row = one.row
        if not row.reference:
            return
        product = self.names.product_key(one.exhibitor, row.product)
        there = amounts.get(
            (self._transaction_key(row.reference), product, row.measure, row.occurred_at, row.amount > 0)
        )
        if there is not None and there != row.amount:
            reason = _("rujukan %(reference)s sudah tercatat pada waktu itu dengan jumlah %(there)s")
            self.errors.append(RowError(row.number, "amount", reason % {"reference": row.reference, "there": there}))

    # --- Second pass: entries ------------------------------------------------------------------

    def _post(self, stage: str) -> None:
        for batch in _batches(_unpickled(self.spools[stage])):
            there = self._keys_there(batch)
            new = [row for row in batch if self._key(row) not in there]
            reversed_by = self._reversed(new) if stage.endswith("_back") else {}
            open_promises = self._open_promises(new) if stage in ("promise_back", "turnover") else {}
            entries = []
            for row in new:
                one = self._look_up_again(row)
                if row.amount < 0:
                    entries += self._back(one, reversed_by, open_promises)
                else:
                    entries += self._forth(one, open_promises)
            if not self.errors:
                self.added += post_imported(entries)

    def _look_up_again(self, row: Row) -> Meant:
        regency = self.names.places.regency(row.regency)
        exhibitor = self.names.exhibitor(row.exhibitor, regency)
        destination = self.names.places.destination(row.destination)
        return Meant(
            row,
            exhibitor,
            regency if regency.code else exhibitor.regency,
            destination,
            self.names.category(row.category),
        )

    def _forth(self, one: Meant, open_promises: dict[str, tuple[Entry, int]]) -> list[NewEntry]:
        """A sale or a promise. Turnover under the reference of an open promise settles it, never counted twice."""
        row = one.row
        key = self._transaction_key(row.reference)
        promise, left = open_promises.get(key, (None, 0))
        settles = min(left, row.amount) if row.measure == Measure.REALISED and row.reference else 0
        entry = self._entry(one, phase=credit(self.edition, row.occurred_at), on_order=settles > 0)
        if settles <= 0 or promise is None:
            return [entry]
        open_promises[key] = (promise, left - settles)
        self.settled += 1
        return [entry, self._settlement(entry, promise, settles)]

    def _settlement(self, entry: NewEntry, promise: Entry, amount: int) -> NewEntry:
        return NewEntry(
            **{name: getattr(promise, name) for name in SETTLED},
            edition_id=self.edition.pk,
            phase=promise.phase,
            kind=promise.kind,
            transaction_key=promise.transaction_key,
            measure=Measure.COMMITTED,
            nature=Nature.PAYMENT,
            amount=-amount,
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            source_key=f"{entry.source_key}:settles",
            reverses_id=promise.pk,
        )

    def _back(self, one: Meant, reversed_by: dict, open_promises: dict[str, tuple[Entry, int]]) -> list[NewEntry]:
        """A refund, or a promise taken back: with the phase of what it reverses, when that is found."""
        row = one.row
        key = self._transaction_key(row.reference)
        product = self.names.product_key(one.exhibitor, row.product)
        origin = reversed_by.get((key, row.measure, product))
        if origin is None and not row.product:
            origin = reversed_by.get((key, row.measure, None))
        phase = origin.phase if origin else self.edition.phase_at(row.occurred_at)
        if phase is None:
            self._outside(row)
            return []
        if row.measure == Measure.COMMITTED and key in open_promises:
            promise, left = open_promises[key]
            if left + row.amount < 0:
                reason = _("melebihi sisa pesanan (%(left)s)") % {"left": left}
                self.errors.append(RowError(row.number, "amount", reason))
            open_promises[key] = (promise, left + row.amount)
        return [self._entry(one, phase=phase, origin=origin, nature=Nature.REFUND)]

    def _entry(self, one: Meant, *, phase: str, origin: Entry | None = None, **decided) -> NewEntry:
        row = one.row
        category_code, category_label = one.category
        values: dict[str, Any] = {
            "regency_code": one.regency.code,
            "regency_label": one.regency.label,
            "category_code": category_code,
            "category_label": category_label,
            "product_key": self.names.product_key(one.exhibitor, row.product),
            "product_label": row.product,
            "destination_code": one.destination.code,
            "destination_label": one.destination.label,
        }
        if origin:  # what the row leaves open is as it was in the sale
            values = {name: value or getattr(origin, name) for name, value in values.items()}
            decided |= {"reverses_id": origin.pk, "on_order": origin.on_order}
        return NewEntry(
            **values,
            **decided,
            edition_id=self.edition.pk,
            phase=phase,
            exhibitor_id=one.exhibitor.pk or 0,  # created by now
            exhibitor_label=one.exhibitor.name,
            kind=one.exhibitor.kind,
            transaction_key=self._transaction_key(row.reference) or self._key(row),
            channel=row.channel,
            measure=row.measure,
            evidence=row.evidence,
            amount=row.amount,
            quantity=row.quantity,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            source_key=self._key(row),
        )

    def _reversed(self, rows: list[Row]) -> dict[tuple, Entry]:
        """What refunds of these references reverse: by product, and (product None) the first of the reference."""
        keys = {self._transaction_key(row.reference) for row in rows if row.reference}
        origins: dict[tuple, Entry] = {}
        found = Entry.objects.filter(edition=self.edition, transaction_key__in=keys, amount__gt=0, nature=Nature.SALE)
        for entry in found.order_by("occurred_at", "pk"):
            origins.setdefault((entry.transaction_key, entry.measure, entry.product_key), entry)
            origins.setdefault((entry.transaction_key, entry.measure, None), entry)
        return origins

    def _open_promises(self, rows: list[Row]) -> dict[str, tuple[Entry, int]]:
        """For references with committed entries: the promise, and what is not paid or taken back of it."""
        keys = [self._transaction_key(row.reference) for row in rows if row.reference]
        sql = """
        SELECT transaction_key, (array_agg(id ORDER BY (amount > 0) DESC, id))[1], sum(amount)::bigint
        FROM journal_entry WHERE edition_id = %s AND measure = 'committed' AND transaction_key = ANY(%s)
        GROUP BY transaction_key
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.edition.pk, keys])
            found = cursor.fetchall()
        promises = Entry.objects.in_bulk([pk for _key, pk, _left in found])
        return {key: (promises[pk], left) for key, pk, left in found}

    def _key(self, row: Row) -> str:
        return f"{self.edition.pk}:{row.digest}:{row.ordinal}"

    def _transaction_key(self, reference: str) -> str:
        return f"{self.edition.slug}/{reference}"[:120] if reference else ""


def _stage(row: Row) -> str:
    stage = "turnover" if row.measure == Measure.REALISED else "promise"
    return f"{stage}_back" if row.amount < 0 else stage


def _batches(items: Iterable) -> Iterator[list]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def _unpickled(spool) -> Iterator[Row]:
    spool.seek(0)
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 (written by ourselves, into a file without a name)
        except EOFError:
            return
