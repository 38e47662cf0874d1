"""Sales that the demonstration's exhibitor made elsewhere and reported: one in each state, with drawn receipts."""

import datetime as dt
import io
import uuid

from django.utils import timezone
from PIL import Image, ImageDraw

from catalog.models import Product
from exhibitors.models import Booth, Exhibitor
from expo.formats import rupiah
from journal.keys import Place
from journal.models import Measure
from orders.models import ReportedSale, SoldAt
from orders.reported.content import Evidence, NewPayment, NewReport, store_evidence
from orders.reported.reports import report_payment, report_sale, withdraw_report
from orders.reported.verification import refuse_report, return_report, verify_report

NAMESPACE = uuid.UUID("0d6a1a1e-52a5-4a0a-9d43-6a4b1f6f9c20")
HOUR = dt.timedelta(hours=1)
LONGEST = 27  # hours: the first of SALES, and one before it
# Hours ago, pieces, where, measure, number, destination.
SALES = (
    (26, 2, SoldAt.LIVE, Measure.REALISED, "LIVE-0412", Place("33.74", "Kota Semarang")),
    (23, 40, SoldAt.CONTRACT, Measure.COMMITTED, "PO/118/XI", Place("SG", "Singapura")),
    (20, 1, SoldAt.MARKETPLACE, Measure.REALISED, "2611S0VK77", Place("33.72", "Kota Surakarta")),
    (18, 3, SoldAt.CHAT, Measure.REALISED, "", Place()),
    (9, 1, SoldAt.SHOP, Measure.REALISED, "NOTA 0091", Place()),
    (5, 4, SoldAt.MARKETPLACE, Measure.REALISED, "2611T8QX10", Place("31.71", "Kota Administrasi Jakarta Pusat")),
)


def load_reported(booth: Booth, owner, staff) -> int:
    """Report them and decide about most; how many reports there are.

    All of them lie in the run of the booth's edition: on a morning, when it has not been open for long, closer
    together than SALES says."""
    exhibitor = booth.exhibitor
    goods = list(Product.objects.filter(exhibitor=exhibitor).select_related("category").order_by("pk")[:3])
    if not goods:
        return 0
    now = timezone.now()
    hour = min(HOUR, (now - booth.edition.opens_at) / LONGEST)
    live, contract, shop, chat, consigned, _waiting = (
        report(exhibitor, goods[number % len(goods)], sale, owner, now, hour) for number, sale in enumerate(SALES)
    )
    verify_report(live, by=staff, now=now - 20 * hour)
    verify_report(contract, by=staff, now=now - 19 * hour)
    payment = pay(contract, owner, now, hour)
    verify_report(payment, by=staff, grade="A", now=now - 2 * hour)
    refuse_report(shop, by=staff, reason="Pesanan ini dibatalkan pembeli menurut tangkapan layarnya.", now=now)
    return_report(chat, by=staff, reason="Notanya tidak terbaca. Mohon foto lebih dekat.")
    withdraw_report(consigned, by=owner, now=now)
    return ReportedSale.objects.filter(exhibitor=exhibitor).count()


def report(
    exhibitor: Exhibitor, product: Product, sale: tuple, owner, now: dt.datetime, hour: dt.timedelta
) -> ReportedSale:
    hours, pieces, where, measure, number, place = sale
    moment = now - hours * hour
    new = NewReport(
        key=uuid.uuid5(NAMESPACE, f"{exhibitor.slug} {hours}"),
        sold_at=where,
        amount=product.price * pieces,
        occurred_at=moment,
        measure=measure,
        quantity=pieces,
        product=product,
        reference=number,
        destination=place,
    )
    slip = receipt(number or "TANPA NOMOR", f"{pieces} x {product.name}", rupiah(new.amount))
    return report_sale(exhibitor, new, [slip], by=owner, is_sure=True, now=moment + hour).report


def pay(promise: ReportedSale, owner, now: dt.datetime, hour: dt.timedelta) -> ReportedSale:
    half = promise.amount // 2
    new = NewPayment(key=uuid.uuid5(NAMESPACE, f"{promise.key} bayar"), amount=half, occurred_at=now - 4 * hour)
    slip = receipt("MUTASI", promise.reference, rupiah(half))
    return report_payment(promise, new, [slip], by=owner, is_sure=True, now=now - 3 * hour).report


def receipt(*lines: str) -> Evidence:
    """A slip of paper with these lines."""
    paper = Image.new("RGB", (640, 480), "#fbf8f2")
    draw = ImageDraw.Draw(paper)
    draw.rectangle((24, 24, 616, 456), outline="#4d463e", width=3)
    for number, line in enumerate(lines):
        draw.text((60, 80 + number * 90), line, fill="#1f1a15", font_size=30)
    stored = io.BytesIO()
    paper.save(stored, "JPEG", quality=80)
    stored.seek(0)
    return store_evidence(stored)
