"""What staff write into the journal themselves: sales and promises that no screen produces, payments on them, money
given back, corrections, other classifications.

Each with a reason, under a key of the form it was typed into: sent twice it is posted once. Each answers with the
entries of that form, new or old.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Category, Product
from exhibitors.models import Booth
from expo.formats import rupiah
from journal.errors import JournalError
from journal.keys import Place, product_key, took_a_place
from journal.models import Channel, Entry, Evidence, Measure, Nature, SourceKind
from journal.posting import (
    left_of,
    post_commitment,
    post_correction,
    post_financing,
    post_payment_on_order,
    post_potential,
    post_refund,
    post_sale,
    reclassify,
)
from journal.values import Correction, Line, Payment, Refund, Reversal, Sale

POST = {
    Measure.REALISED: post_sale,
    Measure.COMMITTED: post_commitment,
    Measure.POTENTIAL: post_potential,
    Measure.FINANCING: post_financing,
}
PREFIX = {Measure.REALISED: "penjualan"}  # of the keys; all others are "janji"
REGRADED = (SourceKind.STAFF, SourceKind.IMPORT)  # all others have a way of their own to be verified and paid
GIVEN_BACK = (*REGRADED, SourceKind.REPORT)  # all others have a way of their own to be refunded


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A sale or promise on paper: rupiah for the exhibitor of ``booth``, with where the paper is in ``note``.

    ``occurred_at`` is when it was paid, or agreed upon. Goods are a product of the exhibitor's or a name.
    """

    key: uuid.UUID
    booth: Booth
    measure: str
    amount: int
    occurred_at: dt.datetime
    evidence: str
    note: str
    channel: str = Channel.REPORTED
    quantity: int = 0
    product: Product | None = None
    name: str = ""
    category: Category | None = None
    destination: Place = field(default_factory=Place)


def post_deal(deal: Deal, *, by, now: dt.datetime) -> list[Entry]:
    """Raises JournalError for what lies ahead, is not explained, or is of the person's own business."""
    exhibitor = deal.booth.exhibitor
    require_stranger(exhibitor.pk, by)
    require_note(deal.note)
    require_past(deal.occurred_at, now)
    if deal.product is not None and deal.product.exhibitor_id != exhibitor.pk:
        raise JournalError(_("Produk ini bukan milik peserta itu."))
    if deal.evidence == Evidence.D:
        raise JournalError(_("Petugas hanya mencatat yang ada buktinya."))
    category = deal.product.category if deal.product else deal.category
    line = Line(
        key="1",
        amount=deal.amount,
        quantity=deal.quantity,
        product_key=product_key(deal.product) if deal.product else "",
        product_label=deal.product.name if deal.product else deal.name,
        category_code=category.slug if category else "",
        category_label=category.name if category else "",
    )
    measure = Measure(deal.measure)
    key = f"{PREFIX.get(measure, 'janji')}/{deal.key}"
    sale = Sale(
        edition=deal.booth.edition,
        exhibitor=exhibitor,
        key=key,
        transaction_key=key,
        occurred_at=deal.occurred_at,
        lines=(line,),
        channel=deal.channel,
        evidence=deal.evidence,
        destination_code=deal.destination.code,
        destination_label=deal.destination.label,
        source_kind=SourceKind.STAFF,
        recorded_by_id=by.pk,
        note=deal.note,
    )
    return POST[measure](sale)


def pay(
    entry: Entry,
    *,
    key: uuid.UUID,
    amount: int,
    occurred_at: dt.datetime,
    evidence: str,
    channel: str,
    note: str,
    by,
    now: dt.datetime,
) -> list[Entry]:
    """A down payment, an instalment or the balance of a promise. The goods count with the last payment."""
    require_writable(entry, by=by, note=note)
    require_since(entry, occurred_at, now)
    if not may_be_paid(entry):
        raise JournalError(_("Pembayarannya dicatat pada pesanan atau laporannya."))
    posting_key = f"bayar/{key}"
    with transaction.atomic():
        left, pieces = left_of(locked(entry))
        if known := posted(posting_key):
            return known
        payment = Payment(
            key=posting_key,
            occurred_at=occurred_at,
            lines=(Reversal(entry_id=entry.pk, amount=amount, quantity=pieces if amount == left else 0),),
            evidence=evidence,
            channel=channel,
            source_kind=SourceKind.STAFF,
            recorded_by_id=by.pk,
            note=note,
        )
        return post_payment_on_order(payment)


def give_back(
    entry: Entry, *, key: uuid.UUID, amount: int, quantity: int, occurred_at: dt.datetime, note: str, by, now
) -> list[Entry]:
    """Money of a sale given back to its buyer, all or part of it."""
    require_writable(entry, by=by, note=note)
    require_since(entry, occurred_at, now)
    if not may_be_given_back(entry):
        raise JournalError(_("Pengembaliannya dicatat pada pesanan atau kasirnya."))
    posting_key = f"kembali/{key}"
    with transaction.atomic():
        _left, pieces = left_of(locked(entry))
        if known := posted(posting_key):
            return known
        if quantity > pieces:
            raise JournalError(_("Catatan ini tinggal %(left)s potong.") % {"left": pieces})
        refund = Refund(
            key=posting_key,
            occurred_at=occurred_at,
            lines=(Reversal(entry_id=entry.pk, amount=amount, quantity=quantity),),
            source_kind=SourceKind.STAFF,
            recorded_by_id=by.pk,
            note=note,
        )
        return post_refund(refund)


@transaction.atomic
def correct(
    entry: Entry, *, key: uuid.UUID, amount: int, quantity: int, note: str, by, now: dt.datetime
) -> list[Entry]:
    """Raise or lower an entry by signed numbers; nothing becomes negative. It counts from ``now`` on."""
    require_writable(entry, by=by, note=note)
    if not (amount or quantity):
        raise JournalError(_("Tulis berapa rupiah atau potong yang dikoreksi."))
    posting_key = f"koreksi/{key}"
    entry = locked(entry)
    if known := posted(posting_key):
        return known
    rupiah_left, pieces_left = left_of(entry)
    if rupiah_left + amount < 0 or pieces_left + quantity < 0:
        raise JournalError(_("Catatan ini tinggal %(left)s.") % {"left": rupiah(rupiah_left)})
    line = Reversal(entry_id=entry.pk, amount=amount, quantity=quantity)
    return post_correction(Correction(key=posting_key, occurred_at=now, lines=(line,), note=note, recorded_by_id=by.pk))


@transaction.atomic
def classify(entry: Entry, *, key: uuid.UUID, note: str, by, now: dt.datetime, **changes: str) -> list[Entry]:
    """Take what is left of an entry out and post it again as ``changes`` say: a pair that sums to zero."""
    require_writable(entry, by=by, note=note)
    changed = {name: value for name, value in changes.items() if value != getattr(entry, name)}
    if not changed:
        raise JournalError(_("Belum ada yang diubah."))
    if "evidence" in changed and not may_be_regraded(entry):
        raise JournalError(_("Bukti catatan ini diperiksa pada pesanan, kasir, atau laporannya."))
    posting_key = f"ubah/{key}"
    entry = locked(entry)
    if known := posted(posting_key):
        return known
    if left_of(entry)[0] <= 0:
        raise JournalError(_("Catatan ini tidak bersisa."))
    return reclassify(entry.pk, key=posting_key, occurred_at=now, note=note, by_id=by.pk, **changed)


def is_written_on(entry: Entry) -> bool:
    """Whether an entry stands for itself: a sale or promise, or what took the place of one. A correction does not."""
    replaced = took_a_place(entry.source_key, entry.reverses_id)
    return entry.nature == Nature.SALE or (entry.nature == Nature.CORRECTION and replaced)


def may_be_regraded(entry: Entry) -> bool:
    """Whether the first entry of its chain has no way of its own to be verified."""
    return first_of(entry).source_kind in REGRADED


def may_be_paid(entry: Entry) -> bool:
    """Whether it is a promise whose payments no other screen records."""
    return entry.measure == Measure.COMMITTED and may_be_regraded(entry)


def may_be_given_back(entry: Entry) -> bool:
    """Whether it is a sale whose refunds no other screen records."""
    return entry.measure == Measure.REALISED and first_of(entry).source_kind in GIVEN_BACK


def first_of(entry: Entry) -> Entry:
    while entry.reverses is not None:
        entry = entry.reverses
    return entry


def require_writable(entry: Entry, *, by, note: str) -> None:
    require_stranger(entry.exhibitor_id, by)
    require_note(note)
    require_own(entry)


def require_own(entry: Entry) -> None:
    if not is_written_on(entry):
        raise JournalError(_("Ini sebuah koreksi: koreksi catatan asalnya."))


def locked(entry: Entry) -> Entry:
    """Two corrections of one entry follow each other."""
    return Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def posted(posting_key: str) -> list[Entry]:
    """What a form has written already, if it was sent before."""
    found = Entry.objects.filter(source_kind=SourceKind.STAFF, source_key__startswith=f"{posting_key}:")
    return list(found.order_by("pk"))


def require_past(moment: dt.datetime, now: dt.datetime) -> None:
    if moment > now:
        raise JournalError(_("Waktu ini belum terjadi."))


def require_since(entry: Entry, moment: dt.datetime, now: dt.datetime) -> None:
    require_past(moment, now)
    if moment < entry.occurred_at:
        raise JournalError(_("Waktunya lebih dahulu daripada catatan asalnya."))


def require_note(note: str) -> None:
    if not note.strip():
        raise JournalError(_("Tulis alasannya, dan di mana buktinya."))


def require_stranger(exhibitor_id: int, by) -> None:
    """Nobody writes figures of a business that they have a share in."""
    if by.memberships.filter(exhibitor=exhibitor_id).exists():
        raise JournalError(_("Catatan usaha Anda sendiri ditulis oleh petugas lain."))
