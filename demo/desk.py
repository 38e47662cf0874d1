"""A stand of today: yesterday's sales counted and signed off, one of them brought back, today's for the evening."""

import datetime as dt
import uuid

from django.utils import timezone

from catalog.models import Product
from exhibitors.models import Exhibitor
from expo.formats import WIB
from orders.cashdesk.content import NewSale, SoldLine
from orders.cashdesk.returns import take_goods_back
from orders.cashdesk.sales import record_sale, void_sale
from orders.cashdesk.signing import sheet_of, sign_day
from orders.models import StandSale, Way

NAMESPACE = uuid.UUID("6f1c9f0e-8f1b-4a57-9d0e-2b1d2f0c7a11")
# Minutes after ten in the morning: of which goods how many pieces, and how it was paid.
YESTERDAY = (
    (5, ((0, 1),), Way.CASH),
    (48, ((1, 2), (2, 1)), Way.QRIS),
    (130, ((2, 3),), Way.CASH),
    (131, ((2, 3),), Way.CASH),  # typed twice
    (205, ((3, 1),), Way.TRANSFER),
    (290, ((0, 1), (4, 2)), Way.CASH),
)
TWICE = 3
BROUGHT_BACK = 1
MINUTES_AGO = ((75, ((1, 1),), Way.CASH), (40, ((4, 1), (0, 1)), Way.QRIS), (12, ((2, 2),), Way.CASH))
FREE = 20_000


def load_stand(exhibitor: Exhibitor, by) -> int:
    """Sell, take one mistake back, and sign yesterday off; how many sales were recorded."""
    now = timezone.now()
    today = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    ten = today - dt.timedelta(hours=14)
    goods = list(Product.objects.filter(exhibitor=exhibitor, made_to_order=False).order_by("pk")[:5])
    if not goods:
        return 0
    sales = [sell(exhibitor, goods, ten + dt.timedelta(minutes=at), lines, way, by) for at, lines, way in YESTERDAY]
    void_sale(sales[TWICE], by=by, reason="Tercatat dua kali", now=ten + dt.timedelta(minutes=136))
    sheet = sheet_of(exhibitor, ten.date())
    sign_day(
        exhibitor,
        sheet.day,
        seen=sheet.stamp,
        opening=100_000,
        counted=100_000 + sheet.expected - 2_000,
        note="Kembalian kurang Rp2.000",
        by=by,
        now=ten + dt.timedelta(hours=7),
    )
    bring_back(sales[BROUGHT_BACK], by, now - dt.timedelta(minutes=25))
    for minutes, lines, way in MINUTES_AGO:
        sales.append(sell(exhibitor, goods, now - dt.timedelta(minutes=minutes), lines, way, by))
    return len(sales)


def bring_back(sale: StandSale, by, moment: dt.datetime) -> None:
    """A piece of the last line comes back, and its price out of the drawer."""
    take_goods_back(
        sale,
        key=uuid.uuid5(NAMESPACE, f"kembali {sale.key}"),
        pieces={sale.lines.latest("pk").pk: 1},
        way=Way.CASH,
        reason="Jahitannya lepas",
        restock=False,
        by=by,
        now=moment,
    )


def sell(exhibitor: Exhibitor, goods: list[Product], moment: dt.datetime, picks, way: str, by) -> StandSale:
    lines = [
        SoldLine(product=goods[number % len(goods)].pk, quantity=pieces, unit_price=goods[number % len(goods)].price)
        for number, pieces in picks
    ]
    if way == Way.TRANSFER:
        lines.append(SoldLine(unit_price=FREE, category=goods[0].category.slug, name="Bungkus kado"))
    new = NewSale(
        key=uuid.uuid5(NAMESPACE, f"{exhibitor.slug} {moment.isoformat()}"),
        way=way,
        lines=tuple(lines),
        sold_at=moment,
        sent_at=moment,
    )
    return record_sale(exhibitor, new, by=by, now=moment).sale
