"""What about a report looks like a mistake, or like a sale that is counted already. Shown to its exhibitor before it
is sent, and to staff whenever they look.

None of it forbids anything: two customers may pay the same on one day, and one screenshot may show two sales.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from expo.formats import WIB, number, rupiah, tanggal
from journal.models import Entry, Evidence, Measure, Nature, SourceKind
from orders.models import ReportedDocument, ReportedSale
from orders.states import REPORT_LIVE

OLD = dt.timedelta(days=30)
SMALL = 5_000_000  # rupiah below which no sale is called large
TIMES_LARGER = 10
TIMES_THE_PRICE = 3
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    code: str
    text: str


def doubts_about(
    report: ReportedSale, digests: Iterable[str], *, now: dt.datetime, for_staff: bool = False
) -> list[Doubt]:
    """Everything that is to be looked at twice; at most six queries. Others' reports are named to staff alone."""
    found = [
        same_file(report, digests, for_staff),
        same_reference(report, for_staff),
        same_day_and_amount(report),
        counted_here(report) if report.measure != Measure.POTENTIAL else None,
        far_larger(report),
        far_from_price(report),
        long_ago(report, now),
    ]
    return [doubt for doubt in found if doubt]


def others(report: ReportedSale, for_staff: bool = False) -> QuerySet[ReportedSale]:
    """Reports that still say something, without this one, its promise and the payments on it."""
    found = ReportedSale.objects.filter(state__in=REPORT_LIVE).order_by("pk")
    if report.pk:
        found = found.exclude(Q(pk=report.pk) | Q(pays=report.pk))
    if report.pays_id:
        found = found.exclude(pk=report.pays_id)
    return found if for_staff else found.filter(exhibitor=report.exhibitor_id)


def same_file(report: ReportedSale, digests: Iterable[str], for_staff: bool) -> Doubt | None:
    documents = ReportedDocument.objects.filter(digest__in=list(digests)).order_by("report_id")
    if report.pk:
        documents = documents.exclude(report=report.pk)
    if not for_staff:
        documents = documents.filter(report__exhibitor=report.exhibitor_id)
    twins = [one.report for one in documents.select_related("report__exhibitor")[:SHOWN]]
    if not twins:
        return None
    return Doubt("file", _("Berkas bukti yang sama ada pada laporan %(which)s.") % {"which": named(report, twins)})


def same_reference(report: ReportedSale, for_staff: bool) -> Doubt | None:
    if not report.reference_key:
        return None
    twins = others(report, for_staff).filter(reference_key=report.reference_key).select_related("exhibitor")[:SHOWN]
    if not twins:
        return None
    return Doubt("reference", _("Nomor yang sama ada pada laporan %(which)s.") % {"which": named(report, twins)})


def same_day_and_amount(report: ReportedSale) -> Doubt | None:
    twins = others(report).filter(day=report.day, amount=report.amount).select_related("exhibitor")[:SHOWN]
    if not twins:
        return None
    said = {"which": named(report, twins), "amount": rupiah(report.amount), "day": tanggal(report.day)}
    return Doubt("twin", _("Laporan %(which)s juga %(amount)s pada %(day)s.") % said)


def counted_here(report: ReportedSale) -> Doubt | None:
    """A sale of the web shop or the cash desk of the same amount, on that day or beside it."""
    start = dt.datetime.combine(report.day, dt.time(), WIB)
    sold = (
        Entry.objects.filter(
            exhibitor=report.exhibitor_id,
            source_kind__in=[SourceKind.ORDER, SourceKind.DESK],
            measure__in=[Measure.REALISED, Measure.COMMITTED],
            nature=Nature.SALE,
            reverses__isnull=True,
            occurred_at__gte=start - dt.timedelta(days=1),
            occurred_at__lt=start + dt.timedelta(days=2),
        )
        .order_by()
        .values("transaction_key")
        .annotate(total=Sum("amount"))
        .filter(total=report.amount)
    )
    keys = [row["transaction_key"] for row in sold[:SHOWN]]
    if not keys:
        return None
    said = {"amount": rupiah(report.amount), "count": number(len(keys))}
    return Doubt(
        "counted", _("Di sini sudah tercatat %(count)s penjualan sebesar %(amount)s di sekitar hari itu.") % said
    )


def far_larger(report: ReportedSale) -> Doubt | None:
    if report.amount < SMALL:
        return None
    usual = Entry.objects.filter(
        exhibitor=report.exhibitor_id, measure__in=[Measure.REALISED, Measure.COMMITTED], nature=Nature.SALE
    ).exclude(evidence=Evidence.D)
    largest = usual.aggregate(most=Max("amount"))["most"] or 0
    if report.amount <= largest * TIMES_LARGER:
        return None
    if not largest:
        return Doubt("large", _("Jumlahnya besar, dan belum ada penjualan lain untuk dibandingkan."))
    said = {"times": number(report.amount // largest), "largest": rupiah(largest)}
    return Doubt("large", _("%(times)s kali penjualan terbesar selama ini (%(largest)s).") % said)


def far_from_price(report: ReportedSale) -> Doubt | None:
    if report.product is None or not report.quantity or not report.product.price:
        return None
    each, price = report.amount // report.quantity, report.product.price
    if price <= each * TIMES_THE_PRICE and each <= price * TIMES_THE_PRICE:
        return None
    said = {"each": rupiah(each), "price": rupiah(price)}
    return Doubt("price", _("%(each)s sepotong, padahal harganya di sini %(price)s.") % said)


def long_ago(report: ReportedSale, now: dt.datetime) -> Doubt | None:
    if (report.reported_at or now) - report.occurred_at < OLD:
        return None
    return Doubt("old", _("Terjadi lebih dari 30 hari sebelum dilaporkan."))


def named(report: ReportedSale, twins: Iterable[ReportedSale]) -> str:
    """Numbers of reports, with the exhibitor of those that are not its own."""
    return ", ".join(
        twin.number if twin.exhibitor_id == report.exhibitor_id else f"{twin.number} ({twin.exhibitor})"
        for twin in twins
    )
