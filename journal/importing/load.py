"""From checked rows to entries: what names mean, what a refund reverses, what a payment settles. All or nothing."""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.models import Edition
from journal.importing.deals import Accounts, Deal, Deals, Part
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
    "edition_id",
    "phase",
    "kind",
    "transaction_key",
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
# Of which entries each stage takes something off. A file that takes a promise off itself is taken at its word.
TOUCHED = {
    "promise_back": (Measure.COMMITTED, Measure.POTENTIAL, Measure.FINANCING),
    "turnover": (Measure.COMMITTED,),
    "turnover_back": (Measure.REALISED,),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """``new`` of ``rows`` were not known. ``added`` entries hold them, and the ``settled`` ones beside them."""

    rows: int
    new: int
    added: int
    settled: int
    exhibitors_created: int
    dry_run: bool

    @property
    def unchanged(self) -> int:
        return self.rows - self.new


@dataclass(slots=True)
class Meant:
    """A row with its names looked up. ``regency`` is the row's, else the exhibitor's."""

    row: Row
    exhibitor: Known
    regency: Place
    destination: Place
    category: tuple[str, str]

    @property
    def deal(self) -> Deal | None:
        """None without a reference, and for an exhibitor that is yet to be created: nothing of it is there."""
        return (self.exhibitor.pk, self.row.reference) if self.exhibitor.pk and self.row.reference else None


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
        self.deals = Deals(edition)
        self.errors: list[RowError] = []
        self.spools: dict[str, IO[bytes]] = {}
        sealed = SealedUntil.objects.filter(edition=edition).first()
        self.sealed_until = sealed.recorded_until if sealed else None
        self.rows = self.new = self.added = self.settled = 0
        self.twins = Twins(
            edition,
            key=self._key,
            reference_keys=lambda one: self.deals.keys(one.deal) if one.deal else ("",),
            product_key=self._product_key,
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
        return Imported(self.rows, self.new, self.added, self.settled, created, dry_run)

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
        amounts = self._amounts_there({one.deal for one in new if one.deal})
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

    def _amounts_there(self, deals: set[Deal]) -> dict[tuple, int]:
        by_key = {(deal[0], key): deal for deal in deals for key in self.deals.keys(deal)}
        found = Entry.objects.filter(
            edition=self.edition, transaction_key__in={key for _pk, key in by_key}, source_kind=SourceKind.IMPORT
        ).exclude(nature=Nature.PAYMENT)
        columns = ("exhibitor_id", "transaction_key", "product_key", "measure", "occurred_at", "amount")
        return {
            (by_key[row[:2]], *row[2:5], row[5] > 0): row[5] for row in found.values_list(*columns) if row[:2] in by_key
        }

    def _check_reference(self, one: Meant, amounts: dict[tuple, int]) -> None:
        row = one.row
        there = amounts.get((one.deal, self._product_key(one), row.measure, row.occurred_at, row.amount > 0))
        if there is not None and there != row.amount:
            reason = _("rujukan %(reference)s sudah tercatat pada waktu itu dengan jumlah %(there)s")
            self.errors.append(RowError(row.number, "amount", reason % {"reference": row.reference, "there": there}))

    # --- Second pass: entries ------------------------------------------------------------------

    def _post(self, stage: str) -> None:
        for batch in _batches(_unpickled(self.spools[stage])):
            there = self._keys_there(batch)
            new = [self._look_up_again(row) for row in batch if self._key(row) not in there]
            known_as = self.deals.known_as(one.deal for one in new if one.deal)
            accounts = self.deals.accounts(known_as, TOUCHED[stage]) if stage in TOUCHED else {}
            entries = []
            for one in new:
                key = known_as[one.deal] if one.deal else self._key(one.row)
                entries += self._back(one, key, accounts) if one.row.amount < 0 else self._forth(one, key, accounts)
            if not self.errors:
                self.new += len(new)
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

    def _forth(self, one: Meant, key: str, accounts: Accounts) -> list[NewEntry]:
        """A sale or a promise. Turnover under the reference of an open promise settles it, never counted twice."""
        row = one.row
        account = accounts.get((one.deal, Measure.COMMITTED)) if one.deal and row.measure == Measure.REALISED else None
        parts = account.take(row.amount, row.quantity, self._product_key(one)) if account else []
        entry = self._entry(one, key, phase=credit(self.edition, row.occurred_at), on_order=bool(parts))
        self.settled += len(parts)
        return [entry, *(self._settlement(entry, part, number) for number, part in enumerate(parts, 1))]

    def _settlement(self, entry: NewEntry, part: Part, number: int) -> NewEntry:
        promise = part.entry
        return NewEntry(
            **{name: getattr(promise, name) for name in SETTLED},
            measure=Measure.COMMITTED,
            nature=Nature.PAYMENT,
            amount=-part.amount,
            quantity=-part.quantity,
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            source_key=_numbered(f"{entry.source_key}:settles", number),
            reverses_id=promise.pk,
        )

    def _back(self, one: Meant, key: str, accounts: Accounts) -> list[NewEntry]:
        """A refund, or a promise taken back: an entry against each that it reverses, with its phase, when it is found.

        What is beyond them stays with the first: a file that gives back more than was sold is taken at its word.
        """
        row, product = one.row, self._product_key(one)
        account = accounts.get((one.deal, row.measure)) if one.deal else None
        if account is None:
            return self._reversals(one, key, [(None, row.amount, row.quantity)])
        promised = row.measure == Measure.COMMITTED
        if promised and account.total + row.amount < 0:
            reason = _("melebihi sisa pesanan (%(left)s)") % {"left": account.total}
            self.errors.append(RowError(row.number, "amount", reason))
        of_others = promised or not row.product
        found = account.named(product, of_others=of_others)
        parts = account.take(-row.amount, -row.quantity, product, of_others=of_others)
        first = parts[0].entry if parts else found[0].entry if found else None
        amount, quantity = sum(part.amount for part in parts[1:]), sum(part.quantity for part in parts[1:])
        others = [(part.entry, -part.amount, -part.quantity) for part in parts[1:]]
        return self._reversals(one, key, [(first, row.amount + amount, row.quantity + quantity), *others])

    def _reversals(self, one: Meant, key: str, parts: list[tuple[Entry | None, int, int]]) -> list[NewEntry]:
        entries = []
        for number, (origin, amount, quantity) in enumerate(parts, 1):
            phase = origin.phase if origin else self.edition.phase_at(one.row.occurred_at)
            if phase is None:
                self._outside(one.row)
                return []
            entry = self._entry(one, key, phase=phase, origin=origin, nature=Nature.REFUND)
            source_key = _numbered(entry.source_key, number)
            entries.append(replace(entry, amount=amount, quantity=quantity, source_key=source_key))
        return entries

    def _entry(self, one: Meant, key: str, *, phase: str, origin: Entry | None = None, **decided) -> NewEntry:
        row = one.row
        category_code, category_label = one.category
        values: dict[str, Any] = {
            "regency_code": one.regency.code,
            "regency_label": one.regency.label,
            "category_code": category_code,
            "category_label": category_label,
            "product_key": self._product_key(one),
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
            transaction_key=key,
            channel=row.channel,
            measure=row.measure,
            evidence=row.evidence,
            amount=row.amount,
            quantity=row.quantity,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            source_key=self._key(row),
        )

    def _product_key(self, one: Meant) -> str:
        return self.names.product_key(one.exhibitor, one.row.product)

    def _key(self, row: Row) -> str:
        return f"{self.edition.pk}:{row.digest}:{row.ordinal}"


def _stage(row: Row) -> str:
    stage = "turnover" if row.measure == Measure.REALISED else "promise"
    return f"{stage}_back" if row.amount < 0 else stage


def _numbered(source_key: str, number: int) -> str:
    """The first keeps the key by which a row is known again."""
    return source_key if number == 1 else f"{source_key}:{number}"


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
