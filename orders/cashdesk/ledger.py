"""What stand sales post to the journal: claims (D) first, stand receipts (C) once their day is signed off."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from journal.keys import product_key
from journal.models import Channel, Entry, Evidence, SourceKind
from journal.posting import post_correction, post_refund, verify_claims
from journal.posting import post_sale as post
from journal.values import Correction, Line, Refund, Reversal, Sale
from orders.domain.ledger import taken_from
from orders.domain.standing import opens, standing_under, taken_back_at
from orders.models import CashSignOff, StandLine, StandReturn, StandSale


def posting_key(sale: StandSale) -> str:
    return f"{sale.exhibitor_id}/{sale.key}"


def transaction_key(sale: StandSale) -> str:
    return f"kasir/{posting_key(sale)}"


def post_sale(sale: StandSale, lines: Iterable[StandLine]) -> list[Entry]:
    """One claim (D) a line; where the buyer comes from is not known."""
    return post(
        Sale(
            edition=sale.edition,
            exhibitor=sale.exhibitor,
            key=posting_key(sale),
            transaction_key=transaction_key(sale),
            occurred_at=sale.occurred_at,
            lines=tuple(journal_line(line) for line in lines),
            channel=Channel.ONSITE,
            evidence=Evidence.D,
            source_kind=SourceKind.DESK,
            recorded_by_id=sale.sold_by_id,
            note=_("Jam perangkat diragukan: dicatat pada saat diterima.") if sale.is_doubtful else "",
        )
    )


def journal_line(line: StandLine) -> Line:
    return Line(
        key=str(line.pk),
        amount=line.amount,
        quantity=line.quantity,
        product_key=product_key(line.product) if line.product else "",
        product_label=line.label,
        category_code=line.category_code,
        category_label=line.category_label,
    )


def take_back(sale: StandSale, *, by, now: dt.datetime, note: str) -> None:
    """The sale was a mistake: what stands of it is taken out as a correction; a claim at the time of the sale."""
    stands = standing_under(transaction_key(sale), SourceKind.DESK)
    post_correction(
        Correction(
            key=f"{posting_key(sale)}/batal",
            occurred_at=taken_back_at(stands, claimed_at=sale.occurred_at, now=now),
            lines=tuple(Reversal(entry_id=one.entry.pk, amount=-one.amount, quantity=-one.quantity) for one in stands),
            note=note,
            source_kind=SourceKind.DESK,
            recorded_by_id=by.pk,
        )
    )


def post_return(back: StandReturn, pieces: Iterable[tuple[StandLine, int]]) -> None:
    """Goods came back: their price leaves the turnover, from the entries that stand for their lines now."""
    stands = standing_under(transaction_key(back.sale), SourceKind.DESK)
    reversals = [
        reversal
        for line, count in pieces
        for reversal in taken_from([one for one in stands if one.line_id == line.pk], line.unit_price * count, count)
    ]
    post_refund(
        Refund(
            key=f"{posting_key(back.sale)}/kembali/{back.pk}",
            occurred_at=back.at,
            lines=tuple(reversals),
            recorded_by_id=back.by_id,
            note=back.reason,
        )
    )


def make_receipts(sales: Iterable[StandSale], sign_off: CashSignOff, *, note: str) -> int:
    """The claims of these sales become stand receipts (C), each at the time of its sale. How many entries."""
    keys = [transaction_key(sale) for sale in sales]
    claims = Entry.objects.filter(transaction_key__in=keys, evidence=Evidence.D).order_by("pk")
    return verify_claims(
        [entry.pk for entry in claims if opens(entry)],  # staff may have classified one anew
        key=f"kas/{sign_off.pk}",
        evidence=Evidence.C,
        note=note,
        by_id=sign_off.signed_by_id,
    )
