"""The decisions of staff about what exhibitors report: verify with a grade, ask for more, refuse."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import fingerprint, latest_decision, refuse_unseen, tell_people
from expo.formats import rupiah
from journal.models import Evidence
from orders.models import ReportedSale
from orders.reported import ledger
from orders.reported.errors import ReportError
from orders.reported.reports import locked, move
from orders.states import REPORT_LIVE, ReportState

GRADES = (Evidence.B, Evidence.A)
LOOKED_AT = ("amount", "occurred_at", "measure", "sold_at", "reference", "state")


def content_of_report(report: ReportedSale) -> str:
    """The fingerprint of what staff look at: what it says, and its documents."""
    return fingerprint(report, LOOKED_AT, sorted(report.documents.values_list("digest", flat=True)))


@transaction.atomic
def verify_report(
    report: ReportedSale,
    *,
    by,
    grade: str = Evidence.B,
    amount: int | None = None,
    reason: str = "",
    seen: str | None = None,
    now: dt.datetime | None = None,
) -> ReportedSale:
    """The evidence shows it: from now on recaps count ``amount`` (what the evidence shows; None: all) as ``grade``.

    It counts at the time at which it happened; a recap that is sealed already shows it as a late entry.
    """
    now = now or timezone.now()
    report = locked(report)
    refuse_unseen(report, seen, content_of_report(report))
    amount = report.amount if amount is None else amount
    require_shown(report, amount, grade, reason)
    refuse_own(report, by)
    move(
        report,
        ReportState.VERIFIED,
        by=by,
        reason=reason.strip(),
        decided_at=now,
        decided_by=by,
        evidence=grade,
        accepted_amount=amount,
    )
    post_verified(report, amount=amount, grade=grade, by=by, now=now)
    tell(report)
    return report


def require_shown(report: ReportedSale, amount: int, grade: str, reason: str) -> None:
    """ReportError unless the evidence can show this amount with this grade."""
    if grade not in GRADES:
        raise ReportError(_("Pilih seberapa kuat buktinya."))
    if not 0 < amount <= report.amount:
        raise ReportError(_("Jumlah menurut bukti antara Rp1 dan yang dilaporkan, %s.") % rupiah(report.amount))
    if amount < report.amount and not reason.strip():
        raise ReportError(_("Tuliskan mengapa jumlahnya lebih kecil: pemiliknya akan membacanya."))


def post_verified(report: ReportedSale, *, amount: int, grade: str, by, now: dt.datetime) -> None:
    note = _("Bukti %(number)s diperiksa") % {"number": report.number}
    if report.pays is None:
        ledger.accept(report, amount=amount, grade=grade, by=by, now=now, note=note)
    elif report.pays.state != ReportState.VERIFIED:
        raise ReportError(_("Periksa dahulu pesanannya, %(number)s.") % {"number": report.pays.number})
    else:
        ledger.pay(report, report.pays, amount=amount, grade=grade, by=by, note=note)


@transaction.atomic
def return_report(report: ReportedSale, *, by, reason: str) -> ReportedSale:
    """The evidence does not show it yet: its exhibitor is asked for more. It stays a claim."""
    report = locked(report)
    require_reason(reason)
    refuse_own(report, by)
    move(report, ReportState.RETURNED, by=by, reason=reason.strip())
    tell(report)
    return report


@transaction.atomic
def refuse_report(report: ReportedSale, *, by, reason: str, now: dt.datetime | None = None) -> ReportedSale:
    """No sale of this kind: it is taken out of the journal, also when it was verified before."""
    now = now or timezone.now()
    report = locked(report)
    require_reason(reason)
    refuse_own(report, by)
    if report.payments.filter(state__in=REPORT_LIVE).exists():
        raise ReportError(_("Putuskan dahulu laporan pembayaran atas %(number)s.") % {"number": report.number})
    was_verified = report.state == ReportState.VERIFIED
    move(
        report,
        ReportState.REFUSED,
        by=by,
        reason=reason.strip(),
        decided_at=now,
        decided_by=by,
        evidence=Evidence.D,
        accepted_amount=None,
    )
    note = f"{report.number}: {reason.strip()}"
    if report.pays_id is None:
        ledger.take_back(report, by=by, now=now, note=note)
    elif was_verified:
        ledger.undo_payment(report, by=by, now=now, note=note)
    tell(report)
    return report


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReportError(_("Tuliskan alasannya: pemiliknya akan membacanya."))


def refuse_own(report: ReportedSale, by) -> None:
    """Nobody checks what they have a share in, whatever else they may do."""
    if by.pk == report.reported_by_id or report.exhibitor.memberships.filter(user=by).exists():
        raise ReportError(_("Laporan usaha Anda sendiri diperiksa oleh petugas lain."))


def tell(report: ReportedSale) -> None:
    decision = latest_decision(report)
    assert decision is not None
    tell_people(
        report.exhibitor,
        "orders/mail/reported_exhibitor",
        {"report": report, "decision": decision},
        key=f"decision:{decision.pk}",
    )
