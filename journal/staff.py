"""What staff write into the journal themselves: promises that no screen produces, corrections, other classifications.

Each with a reason, under a key of the form it was typed into: sent twice it is posted once.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Category
from exhibitors.models import Booth
from expo.formats import rupiah
from journal.errors import JournalError
from journal.keys import Place, took_a_place
from journal.models import Channel, Entry, Measure, Nature, SourceKind
from journal.posting import left_of, post_commitment, post_correction, post_financing, post_potential, reclassify
from journal.values import Correction, Line, Reversal, Sale

POST = {
    Measure.COMMITTED: post_commitment,
    Measure.POTENTIAL: post_potential,
    Measure.FINANCING: post_financing,
}
REGRADED = (SourceKind.STAFF, SourceKind.IMPORT)  # all others have a way of their own to be verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A deal on paper: rupiah promised to the exhibitor of ``booth``, with where the paper is in ``note``."""

    key: uuid.UUID
    booth: Booth
    measure: str
    amount: int
    occurred_at: dt.datetime
    evidence: str
    note: str
    destination: Place
    name: str = ""
    category: Category | None = None


def post_promise(promise: Promise, *, by, now: dt.datetime) -> Entry:
    """Raises JournalError for what lies ahead, is not explained, or is of the person's own business."""
    require_stranger(promise.booth.exhibitor_id, by)
    require_note(promise.note)
    if promise.occurred_at > now:
        raise JournalError(_("Waktu ini belum terjadi."))
    line = Line(
        key="1",
        amount=promise.amount,
        product_label=promise.name,
        category_code=promise.category.slug if promise.category else "",
        category_label=promise.category.name if promise.category else "",
    )
    sale = Sale(
        edition=promise.booth.edition,
        exhibitor=promise.booth.exhibitor,
        key=f"janji/{promise.key}",
        transaction_key=f"janji/{promise.key}",
        occurred_at=promise.occurred_at,
        lines=(line,),
        channel=Channel.REPORTED,
        evidence=promise.evidence,
        destination_code=promise.destination.code,
        destination_label=promise.destination.label,
        source_kind=SourceKind.STAFF,
        recorded_by_id=by.pk,
        note=promise.note,
    )
    return POST[Measure(promise.measure)](sale)[0]


@transaction.atomic
def correct(entry: Entry, *, key: uuid.UUID, amount: int, quantity: int, note: str, by, now: dt.datetime) -> None:
    """Raise or lower an entry by signed numbers; nothing becomes negative. It counts from ``now`` on."""
    require_stranger(entry.exhibitor_id, by)
    require_note(note)
    require_own(entry)
    if not (amount or quantity):
        raise JournalError(_("Tulis berapa rupiah atau potong yang dikoreksi."))
    posting_key = f"koreksi/{key}"
    entry = locked(entry)
    if is_posted(f"{posting_key}:{entry.pk}"):
        return
    rupiah_left, pieces_left = left_of(entry)
    if rupiah_left + amount < 0 or pieces_left + quantity < 0:
        raise JournalError(_("Catatan ini tinggal %(left)s.") % {"left": rupiah(rupiah_left)})
    line = Reversal(entry_id=entry.pk, amount=amount, quantity=quantity)
    post_correction(Correction(key=posting_key, occurred_at=now, lines=(line,), note=note, recorded_by_id=by.pk))


@transaction.atomic
def classify(entry: Entry, *, key: uuid.UUID, note: str, by, now: dt.datetime, **changes: str) -> None:
    """Take what is left of an entry out and post it again as ``changes`` say: a pair that sums to zero."""
    require_stranger(entry.exhibitor_id, by)
    require_note(note)
    require_own(entry)
    changed = {name: value for name, value in changes.items() if value != getattr(entry, name)}
    if not changed:
        raise JournalError(_("Belum ada yang diubah."))
    if "evidence" in changed and not may_be_regraded(entry):
        raise JournalError(_("Bukti catatan ini diperiksa pada pesanan, kasir, atau laporannya."))
    posting_key = f"ubah/{key}"
    entry = locked(entry)
    if is_posted(f"{posting_key}:{entry.pk}off"):
        return
    if left_of(entry)[0] <= 0:
        raise JournalError(_("Catatan ini tidak bersisa."))
    reclassify(entry.pk, key=posting_key, occurred_at=now, note=note, by_id=by.pk, **changed)


def is_written_on(entry: Entry) -> bool:
    """Whether an entry stands for itself: a sale or promise, or what took the place of one. A correction does not."""
    replaced = took_a_place(entry.source_key, entry.reverses_id)
    return entry.nature == Nature.SALE or (entry.nature == Nature.CORRECTION and replaced)


def may_be_regraded(entry: Entry) -> bool:
    """Whether the first entry of its chain has no way of its own to be verified."""
    while entry.reverses is not None:
        entry = entry.reverses
    return entry.source_kind in REGRADED


def require_own(entry: Entry) -> None:
    if not is_written_on(entry):
        raise JournalError(_("Ini sebuah koreksi: koreksi catatan asalnya."))


def locked(entry: Entry) -> Entry:
    """Two corrections of one entry follow each other."""
    return Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def is_posted(source_key: str) -> bool:
    return Entry.objects.filter(source_kind=SourceKind.STAFF, source_key=source_key).exists()


def require_note(note: str) -> None:
    if not note.strip():
        raise JournalError(_("Tulis alasannya, dan di mana buktinya."))


def require_stranger(exhibitor_id: int, by) -> None:
    """Nobody writes figures of a business that they have a share in."""
    if by.memberships.filter(exhibitor=exhibitor_id).exists():
        raise JournalError(_("Catatan usaha Anda sendiri ditulis oleh petugas lain."))
