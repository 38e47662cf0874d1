"""What reports post to the journal: claims (D) at once, sales of the grade that staff gave them, and corrections."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo.formats import rupiah
from journal.keys import product_key
from journal.models import Entry, Evidence, Measure, SourceKind
from journal.posting import (
    post_commitment,
    post_correction,
    post_payment_on_order,
    post_potential,
    post_sale,
    verify_claims,
)
from journal.values import Correction, Line, Payment, Reversal, Sale
from orders.domain.standing import Standing, standing_under, taken_back_at
from orders.models import ReportedSale
from orders.reported.errors import ReportError

CHANGED_BY_STAFF = gettext_lazy("Petugas sudah mengubah catatan jurnalnya: koreksi lewat formulir jurnal.")
POST = {Measure.REALISED: post_sale, Measure.COMMITTED: post_commitment, Measure.POTENTIAL: post_potential}


def posting_key(report: ReportedSale) -> str:
    return f"laporan/{report.pk}"


def transaction_key(report: ReportedSale) -> str:
    """One deal is one transaction: a payment has the key of what it pays."""
    return f"laporan/{report.pays_id or report.pk}"


def post_claim(report: ReportedSale) -> list[Entry]:
    """The report as a claim (D), which no recap counts yet."""
    line = Line(
        key=str(report.pk),
        amount=report.amount,
        quantity=report.quantity,
        product_key=product_key(report.product) if report.product else "",
        product_label=report.name,
        category_code=report.category_code,
        category_label=report.category_label,
    )
    sale = Sale(
        edition=report.edition,
        exhibitor=report.exhibitor,
        key=posting_key(report),
        transaction_key=transaction_key(report),
        occurred_at=report.occurred_at,
        lines=(line,),
        channel=report.channel,
        evidence=Evidence.D,
        destination_code=report.destination_code,
        destination_label=report.destination_label,
        source_kind=SourceKind.REPORT,
        recorded_by_id=report.reported_by_id,
        note=report.number,
    )
    return POST[Measure(report.measure)](sale)


def standing(report: ReportedSale) -> list[Standing]:
    """What of a report that is no payment stands in the journal."""
    return standing_under(transaction_key(report), SourceKind.REPORT, report.measure)


def accept(report: ReportedSale, *, amount: int, grade: str, by, now: dt.datetime, note: str) -> None:
    """The claim becomes a sale of ``grade`` at the time it happened; what the evidence did not show is taken off."""
    stands = standing(report)
    if len(stands) != 1:
        raise ReportError(CHANGED_BY_STAFF)
    (one,) = stands
    if difference := amount - one.amount:
        lines = [Reversal(entry_id=one.entry.pk, amount=difference)]
        moment = taken_back_at(stands, claimed_at=report.occurred_at, now=now)
        post_correction(correction(report, "selisih", lines, by=by, moment=moment, note=note))
    verify_claims([one.entry.pk], key=f"{posting_key(report)}/periksa", evidence=grade, note=note, by_id=by.pk)


def take_back(report: ReportedSale, *, by, now: dt.datetime, note: str) -> None:
    """Whatever stands of the report is taken out, as a correction; a claim at the time that it was claimed for."""
    stands = standing(report)
    lines = [Reversal(entry_id=one.entry.pk, amount=-one.amount, quantity=-one.quantity) for one in stands]
    if lines:
        moment = taken_back_at(stands, claimed_at=report.occurred_at, now=now)
        post_correction(correction(report, "batal", lines, by=by, moment=moment, note=note))


def correction(report: ReportedSale, part: str, lines: list[Reversal], *, by, moment: dt.datetime, note: str):
    return Correction(
        key=f"{posting_key(report)}/{part}",
        occurred_at=moment,
        lines=tuple(lines),
        note=note[:250],
        source_kind=SourceKind.REPORT,
        recorded_by_id=by.pk,
    )


def unpaid(promise: ReportedSale) -> int:
    """Rupiah of a verified promise that are still committed."""
    return sum(one.amount for one in standing(promise))


def pay(report: ReportedSale, promise: ReportedSale, *, amount: int, grade: str, by, note: str) -> None:
    """Move what was paid of a promise from committed to realised, at the time of the payment."""
    stands = standing(promise)
    left = sum(one.amount for one in stands)
    if left < amount:
        raise ReportError(_("Yang belum dibayar tinggal %(left)s.") % {"left": rupiah(left)}, "amount")
    if len(stands) != 1:
        raise ReportError(CHANGED_BY_STAFF)
    (one,) = stands
    pieces = one.quantity if amount == one.amount else 0  # the goods count with the last payment
    post_payment_on_order(
        Payment(
            key=posting_key(report),
            occurred_at=report.occurred_at,
            lines=(Reversal(entry_id=one.entry.pk, amount=amount, quantity=pieces),),
            evidence=grade,
            source_kind=SourceKind.REPORT,
            recorded_by_id=by.pk,
            note=note[:250],
        )
    )


def undo_payment(report: ReportedSale, *, by, now: dt.datetime, note: str) -> None:
    """The payment was none: turnover goes down and the promise is open again."""
    paid, promise = payment_entries(report)
    if paid.reversals.exists():
        raise ReportError(CHANGED_BY_STAFF)
    lines = [
        Reversal(entry_id=paid.pk, amount=-paid.amount, quantity=-paid.quantity),
        Reversal(entry_id=promise.pk, amount=paid.amount, quantity=paid.quantity),
    ]
    post_correction(correction(report, "batal", lines, by=by, moment=now, note=note))


def payment_entries(report: ReportedSale) -> tuple[Entry, Entry]:
    """What a verified payment added to turnover, and the promise that it was taken from."""
    paid = Entry.objects.select_related("reverses").get(
        source_kind=SourceKind.REPORT,
        source_key__startswith=f"{posting_key(report)}:",
        measure=Measure.REALISED,
    )
    assert paid.reverses is not None
    return paid, paid.reverses
