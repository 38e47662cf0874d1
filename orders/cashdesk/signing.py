"""The daily sign-off: the drawer is counted against the list, and the day's claims (D) become stand receipts (C).

One drawer, one count: cash of orders fetched at the stand (``orders/domain/cash.py``) and of the cash desk together.
QRIS and transfers of the cash desk are signed off with them. What arrives later for a signed day is signed again.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from expo.formats import WIB
from orders.cashdesk.errors import DeskError
from orders.cashdesk.ledger import make_receipts
from orders.domain.cash import sign_payments, signed_note, unsigned_cash
from orders.models import CashSignOff, StandSale, Way


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of one WIB day waits for its sign-off. Rupiah and numbers of sales by way; orders are fetched ones."""

    day: dt.date
    orders: int = 0
    orders_cash: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        """Cash that has to be in the drawer for these sales, without the float."""
        return self.orders_cash + self.desk_cash

    @property
    def desk_cash(self) -> int:
        return self.amounts.get(Way.CASH, 0)

    @property
    def cash_count(self) -> int:
        return self.orders + self.counts.get(Way.CASH, 0)

    @property
    def qris(self) -> int:
        return self.amounts.get(Way.QRIS, 0)

    @property
    def transfer(self) -> int:
        return self.amounts.get(Way.TRANSFER, 0)

    @property
    def other(self) -> int:
        return self.qris + self.transfer

    @property
    def other_count(self) -> int:
        return self.counts.get(Way.QRIS, 0) + self.counts.get(Way.TRANSFER, 0)

    @property
    def count(self) -> int:
        return self.cash_count + self.other_count

    @property
    def total(self) -> int:
        return self.expected + self.other

    @property
    def stamp(self) -> str:
        """What the page showed; signing asks for it, so that nobody signs for sales that came meanwhile."""
        return f"{self.cash_count}.{self.expected}.{self.other_count}.{self.other}"


def open_sheets(exhibitor: Exhibitor) -> list[Sheet]:
    """The days that wait for their sign-off, oldest first, today's among them. Two queries."""
    orders = unsigned_cash(exhibitor)
    rows = (
        StandSale.objects.filter(exhibitor=exhibitor)
        .unsigned()
        .order_by()
        .values("day", "way")
        .annotate(count=Count("pk"), amount=Sum("amount"))
    )
    ways: dict[dt.date, dict[str, tuple[int, int]]] = {}
    for row in rows:
        ways.setdefault(row["day"], {})[row["way"]] = (row["count"], row["amount"])
    return [
        Sheet(
            day=day,
            orders=len(orders.get(day, [])),
            orders_cash=sum(orders.get(day, [])),
            counts={way: count for way, (count, _amount) in ways.get(day, {}).items()},
            amounts={way: amount for way, (_count, amount) in ways.get(day, {}).items()},
        )
        for day in sorted(orders.keys() | ways.keys())
    ]


def sheet_of(exhibitor: Exhibitor, day: dt.date) -> Sheet:
    return next((sheet for sheet in open_sheets(exhibitor) if sheet.day == day), Sheet(day))


def overdue_sheets(exhibitor: Exhibitor, now: dt.datetime) -> list[Sheet]:
    """Days before today that still wait for their sign-off, oldest first."""
    today = now.astimezone(WIB).date()
    return [sheet for sheet in open_sheets(exhibitor) if sheet.day < today]


@transaction.atomic
def sign_day(
    exhibitor: Exhibitor,
    day: dt.date,
    *,
    seen: str,
    counted: int,
    by,
    opening: int = 0,
    note: str = "",
    now: dt.datetime | None = None,
) -> CashSignOff:
    """``counted`` rupiah lie in the drawer, ``opening`` of them from before: these sales are stand receipts (C) now.

    ``seen`` is the stamp of the sheet that was shown. DeskError when it is no longer that, or when the cash differs
    and no ``note`` says why. A difference is kept as it is: it changes no sale.
    """
    now = now or timezone.now()
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=exhibitor.pk)
    waiting = StandSale.objects.filter(exhibitor=exhibitor, day=day).unsigned()
    sales = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    payments = sign_payments(exhibitor, day, by=by, now=now)
    sheet = sheet_from(day, [payment.amount for payment in payments], sales)
    if not sheet.count or sheet.stamp != seen:
        raise DeskError(_("Daftar penjualan hari itu sudah berubah. Periksa lagi jumlahnya."))
    note = note.strip()[:250]
    if counted != opening + sheet.expected and not note:
        raise DeskError(_("Uang di laci tidak cocok. Tulis sebabnya, atau tulis bahwa Anda belum tahu."))
    signed = CashSignOff.objects.create(
        exhibitor=exhibitor,
        day=day,
        count=sheet.cash_count,
        amount=sheet.expected,
        opening=opening,
        counted=counted,
        other_count=sheet.other_count,
        other=sheet.other,
        note=note,
        signed_at=now,
        signed_by=by,
    )
    StandSale.objects.filter(pk__in=[sale.pk for sale in sales]).update(sign_off=signed)
    make_receipts(sales, signed, note=signed_note(day))
    return signed


def sheet_from(day: dt.date, payments: list[int], sales: list[StandSale]) -> Sheet:
    """The sheet of rows that are locked."""
    return Sheet(
        day=day,
        orders=len(payments),
        orders_cash=sum(payments),
        counts={way: sum(sale.way == way for sale in sales) for way in Way.values},
        amounts={way: sum(sale.amount for sale in sales if sale.way == way) for way in Way.values},
    )
