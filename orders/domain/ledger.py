"""What orders post to the journal: goods only, without shipping and without the unique transfer code."""

import datetime as dt
from collections.abc import Iterable

from journal.keys import destination, product_key
from journal.models import Channel, Entry, Evidence, Measure, SourceKind
from journal.posting import post_correction, post_refund, reclassify
from journal.posting import post_sale as post
from journal.values import Correction, Line, Reversal, Sale
from journal.values import Refund as JournalRefund
from orders.models import Order, OrderLine, Payment, Refund, RefundLine

AFTER_CLOSING = "Dikonfirmasi setelah mal ditutup."


def post_sale(order: Order, payment: Payment, *, by, paid_at: dt.datetime) -> list[Entry]:
    """One entry for each line of a paid order, with the evidence of its payment; ``by`` None is the gateway."""
    occurred_at, note = credited_moment(order, paid_at)
    place = destination(order.destination, order.country)
    return post(
        Sale(
            edition=order.edition,
            exhibitor=order.exhibitor,
            key=posting_key(order, payment),
            transaction_key=order.code,
            occurred_at=occurred_at,
            lines=tuple(sold_line(line) for line in order.lines.select_related("product").order_by("pk")),
            channel=Channel.ONLINE,
            evidence=payment.evidence,
            destination_code=place.code,
            destination_label=place.label,
            recorded_by_id=by.pk if by else None,
            note=note,
        )
    )


def posting_key(order: Order, payment: Payment) -> str:
    """The same for every attempt to post this confirmation; another one after a confirmation was undone."""
    return f"{order.code}/{payment.undone}" if payment.undone else order.code


def take_back(order: Order, payment: Payment, *, by, now: dt.datetime, note: str) -> None:
    """The payment had not come after all: take what stands of its sale out again, as a correction."""
    lines = tuple(
        Reversal(entry_id=entry.pk, amount=-entry.amount, quantity=-entry.quantity)
        for entry in standing_entries(order).values()
    )
    post_correction(
        Correction(
            key=f"{posting_key(order, payment)}/batal", occurred_at=now, lines=lines, note=note, recorded_by_id=by.pk
        )
    )


def credited_moment(order: Order, paid_at: dt.datetime) -> tuple[dt.datetime, str]:
    """When the sale counts: at its confirmation, or in the last moment of a mall that closed before that.

    ``recorded_at`` is true in any case, so that a recap shows the latter as a late entry.
    """
    closing = order.edition.mall_closes_at
    if closing is not None and paid_at >= closing:
        return closing - dt.timedelta(microseconds=1), AFTER_CLOSING
    return paid_at, ""


def sold_line(line: OrderLine) -> Line:
    return Line(
        key=str(line.pk),
        amount=line.amount,
        quantity=line.quantity,
        product_key=product_key(line.product),
        product_label=label_of(line),
        category_code=line.category_code,
        category_label=line.category_label,
    )


def label_of(line: OrderLine) -> str:
    """Product and variant as one label, within the journal's 120 letters."""
    return f"{line.name}, {line.variant_label}"[:120] if line.variant_label else line.name


def post_reversals(order: Order, refund: Refund, lines: Iterable[RefundLine]) -> None:
    """Take back what a refund returns, from the entries that stand for its lines now."""
    parts = [part for part in lines if part.amount]  # what a voucher paid for never was turnover
    if not parts:
        return
    entries = standing_entries(order)
    post_refund(
        JournalRefund(
            key=f"{order.code}/{refund.pk}",
            occurred_at=refund.at,
            lines=tuple(
                Reversal(entry_id=entries[part.line_id].pk, amount=part.amount, quantity=part.quantity)
                for part in parts
            ),
            recorded_by_id=refund.by_id,
            note=refund.reason,
        )
    )


def standing_entries(order: Order) -> dict[int, Entry]:
    """The entry that stands for each line of the order now, by the line's id.

    Lines, not products: two variants of one product are two lines. An entry that was reclassified is followed to the
    one that took its place.
    """
    entries = Entry.objects.filter(transaction_key=order.code, measure=Measure.REALISED, amount__gte=0).order_by("pk")
    followers, standing = {}, {}
    for entry in entries:
        if entry.reverses_id is None and entry.source_kind == SourceKind.ORDER:
            standing[int(entry.source_key.rpartition(":")[2])] = entry
        elif entry.source_key.endswith(f":{entry.reverses_id}on"):
            followers[entry.reverses_id] = entry
    return {line_id: last_of(entry, followers) for line_id, entry in standing.items()}


def last_of(entry: Entry, followers: dict[int, Entry]) -> Entry:
    while entry.pk in followers:
        entry = followers[entry.pk]
    return entry


def raise_evidence(order: Order, *, by, now: dt.datetime, note: str, grade: str = Evidence.B) -> int:
    """Turn the order's claims (D) into sales of ``grade``, after somebody has seen the proof. How many entries."""
    claims = [entry for entry in standing_entries(order).values() if entry.evidence == Evidence.D]
    for entry in claims:
        reclassify(entry.pk, key=f"{order.code}/bukti", occurred_at=now, note=note, by_id=by.pk, evidence=grade)
    return len(claims)
