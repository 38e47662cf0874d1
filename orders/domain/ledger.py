"""What orders post to the journal: goods only, without shipping and without the unique transfer code."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from journal.keys import destination, product_key
from journal.models import Channel, Entry, Evidence, Measure, SourceKind
from journal.posting import post_refund, verify_claims
from journal.posting import post_sale as post
from journal.values import Line, Reversal, Sale
from journal.values import Refund as JournalRefund
from orders.domain.errors import OrderError
from orders.domain.standing import Standing, standing
from orders.models import Order, OrderLine, Payment, Purpose, Refund, RefundLine

PROMISE = "janji"
"""Ends the key under which a deposit posts what is promised by it."""
AFTER_CLOSING = "Dikonfirmasi setelah mal ditutup."


def post_sale(order: Order, payment: Payment, *, by, paid_at: dt.datetime) -> list[Entry]:
    """One entry for each line of a paid order, with the evidence of its payment; ``by`` None is the gateway."""
    return post(sale_of(order, key=posting_key(order, payment), evidence=payment.evidence, by=by, moment=paid_at))


def sale_of(order: Order, *, key: str, evidence: str, by, moment: dt.datetime) -> Sale:
    """The order's goods as the journal takes them, sold or promised at ``moment``."""
    occurred_at, note = credited_moment(order, moment)
    place = destination(order.destination, order.country)
    return Sale(
        edition=order.edition,
        exhibitor=order.exhibitor,
        key=key,
        transaction_key=order.code,
        occurred_at=occurred_at,
        lines=tuple(sold_line(line) for line in order.lines.select_related("product").order_by("pk")),
        channel=Channel.ONLINE,
        evidence=evidence,
        destination_code=place.code,
        destination_label=place.label,
        recorded_by_id=by.pk if by else None,
        note=note,
    )


def posting_key(order: Order, payment: Payment) -> str:
    """The same for every attempt to post this confirmation; another one after a confirmation was undone."""
    return f"{order.code}/{payment.undone}" if payment.undone else order.code


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
    stands = standing(order)
    reversals = [
        reversal
        for part in lines
        if part.amount  # what a voucher paid for never was turnover
        for reversal in taken_from([one for one in stands if one.line_id == part.line_id], part.amount, part.quantity)
    ]
    if reversals:
        post_refund(
            JournalRefund(
                key=f"{order.code}/{refund.pk}",
                occurred_at=refund.at,
                lines=tuple(reversals),
                recorded_by_id=refund.by_id,
                note=refund.reason,
            )
        )


def taken_from(stands: list[Standing], amount: int, quantity: int) -> Iterator[Reversal]:
    """Spread a line's refund over what stands for it: a deposit and a balance are two entries."""
    for one in stands:
        part = min(amount, one.amount)
        if part:
            pieces = min(quantity, one.quantity)
            yield Reversal(entry_id=one.entry.pk, amount=part, quantity=pieces)
            amount, quantity = amount - part, quantity - pieces
    if amount:
        raise OrderError(_("Catatan jurnalnya sudah dikoreksi petugas dan tinggal kurang dari ini. Hubungi panitia."))


def claims_of(order: Order, payment: Payment | None = None) -> list[Entry]:
    """What of the order, or of one of its payments, is in the journal as a mere claim (D): paid or promised."""
    stands = posted_for(order, payment) if payment else standing_in_both(order)
    return [one.entry for one in stands if one.entry.evidence == Evidence.D]


def standing_in_both(order: Order) -> list[Standing]:
    return [one for measure in (Measure.REALISED, Measure.COMMITTED) for one in standing(order, measure)]


def posted_for(order: Order, payment: Payment) -> list[Standing]:
    """What stands of the confirmation of this payment: its turnover, and of a deposit what is promised by it."""
    key = posting_key(order, payment)
    if payment.purpose == Purpose.FULL:
        return paid_by(order, f"{key}:")
    paid = paid_by(order, f"{key}/{payment.purpose}:")
    return paid if payment.purpose == Purpose.BALANCE else paid + paid_by(order, f"{key}/{PROMISE}:", Measure.COMMITTED)


def paid_by(order: Order, source: str, measure: str = Measure.REALISED) -> list[Standing]:
    """What stands of the entries that were posted from ``source``, also if they were verified since."""
    stands = standing(order, measure)
    by_pk = {entry.pk: entry for entry in Entry.objects.filter(transaction_key=order.code)}

    def is_from_source(entry: Entry) -> bool:
        if entry.source_kind == SourceKind.ORDER:
            return entry.source_key.startswith(source)
        origin = by_pk.get(entry.reverses_id or 0)
        return origin is not None and is_from_source(origin)

    return [one for one in stands if is_from_source(one.entry)]


def raise_evidence(order: Order, *, by, note: str, grade: str = Evidence.B, payment: Payment | None = None) -> int:
    """Turn claims (D) of the order, or of one payment, into what ``grade`` says, after somebody has seen the proof.

    Returns how many entries.
    """
    claims = [entry.pk for entry in claims_of(order, payment)]
    return verify_claims(claims, key=f"{order.code}/bukti", evidence=grade, note=note, by_id=by.pk)
