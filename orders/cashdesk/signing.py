"""The daily sign-off: the drawer is counted against the list, and the day's claims (D) become stand receipts (C).

One drawer, one count: cash of orders fetched at the stand (``orders/domain/cash.py``) and of the cash desk together.
QRIS and transfers of the cash desk are signed off with them, and what was given back that day for goods brought back,
whenever they had been sold. What arrives later for a signed day is signed again.
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
from orders.models import CashSignOff, StandDiscard, StandReturn, StandSale, Way

COPIED = ("other_count", "other", "returned", "other_returned", "discards", "discarded")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of one WIB day waits for its sign-off. Rupiah and numbers of sales by way; orders are fetched ones.

    ``given_back``: rupiah by way for the ``returns`` (their number) of the day. ``discards`` sales for
    ``discarded`` rupiah could not be recorded and were thrown away: they are told, and count nowhere.
    """

    day: dt.date
    orders: int = 0
    orders_cash: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    returns: int = 0
    given_back: dict[str, int] = field(default_factory=dict)
    discards: int = 0
    discarded: int = 0

    @property
    def cash(self) -> int:
        """Cash that the sales ask for."""
        return self.orders_cash + self.desk_cash

    @property
    def returned(self) -> int:
        return self.given_back.get(Way.CASH, 0)

    @property
    def other_returned(self) -> int:
        return sum(self.given_back.values()) - self.returned

    @property
    def expected(self) -> int:
        """Cash that has to be in the drawer for this day, without the float; negative if more was given back."""
        return self.cash - self.returned

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
        """Sales and returns."""
        return self.cash_count + self.other_count + self.returns

    @property
    def has_anything(self) -> bool:
        """Whether there is anything to sign, if only that sales were thrown away."""
        return bool(self.count or self.discards)

    @property
    def total(self) -> int:
        """Rupiah of turnover that the day brought: sales less what was given back."""
        return self.cash + self.other - sum(self.given_back.values())

    @property
    def stamp(self) -> str:
        """What the page showed; signing asks for it, so that nobody signs for sales that came meanwhile."""
        sales = f"{self.cash_count}.{self.cash}.{self.other_count}.{self.other}"
        return f"{sales}.{self.returns}.{self.returned}.{self.other_returned}.{self.discards}.{self.discarded}"


def open_sheets(exhibitor: Exhibitor) -> list[Sheet]:
    """The days that wait for their sign-off, oldest first, today's among them. Four queries."""
    orders = unsigned_cash(exhibitor)
    ways = by_day(StandSale.objects.filter(exhibitor=exhibitor).unsigned())
    backs = by_day(StandReturn.objects.filter(sale__exhibitor=exhibitor).unsigned())
    gone = by_day(StandDiscard.objects.filter(exhibitor=exhibitor).unsigned())
    return [
        Sheet(
            day=day,
            orders=len(orders.get(day, [])),
            orders_cash=sum(orders.get(day, [])),
            counts={way: count for way, (count, _amount) in ways.get(day, {}).items()},
            amounts={way: amount for way, (_count, amount) in ways.get(day, {}).items()},
            returns=sum(count for count, _amount in backs.get(day, {}).values()),
            given_back={way: amount for way, (_count, amount) in backs.get(day, {}).items()},
            discards=sum(count for count, _amount in gone.get(day, {}).values()),
            discarded=sum(amount for _count, amount in gone.get(day, {}).values()),
        )
        for day in sorted(orders.keys() | ways.keys() | backs.keys() | gone.keys())
    ]


def by_day(rows) -> dict[dt.date, dict[str, tuple[int, int]]]:
    """Number and rupiah of sales (or returns) by day and way."""
    found: dict[dt.date, dict[str, tuple[int, int]]] = {}
    for row in rows.order_by().values("day", "way").annotate(count=Count("pk"), sum=Sum("amount")):
        found.setdefault(row["day"], {})[row["way"]] = (row["count"], row["sum"])
    return found


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
    sales, returns = lock_day(exhibitor, day)
    discards = list(StandDiscard.objects.filter(exhibitor=exhibitor, day=day).unsigned())
    cash = [payment.amount for payment in sign_payments(exhibitor, day, by=by, now=now)]
    sheet = sheet_from(day, cash, sales, returns, discards)
    note = note.strip()[:250]
    require_agreed(sheet, seen=seen, difference=counted - opening - sheet.expected, note=note)
    signed = CashSignOff.objects.create(
        exhibitor=exhibitor,
        day=day,
        count=sheet.cash_count,
        amount=sheet.cash,
        opening=opening,
        counted=counted,
        note=note,
        signed_at=now,
        signed_by=by,
        **{name: getattr(sheet, name) for name in COPIED},
    )
    StandSale.objects.filter(pk__in=[sale.pk for sale in sales]).update(sign_off=signed)
    StandReturn.objects.filter(pk__in=[back.pk for back in returns]).update(sign_off=signed)
    StandDiscard.objects.filter(pk__in=[gone.pk for gone in discards]).update(sign_off=signed)
    make_receipts(sales, signed, note=signed_note(day))
    return signed


def require_agreed(sheet: Sheet, *, seen: str, difference: int, note: str) -> None:
    if not sheet.has_anything or sheet.stamp != seen:
        raise DeskError(_("Daftar penjualan hari itu sudah berubah. Periksa lagi jumlahnya."))
    if difference and not note:
        raise DeskError(_("Uang di laci tidak cocok. Tulis sebabnya, atau tulis bahwa Anda belum tahu."))


def lock_day(exhibitor: Exhibitor, day: dt.date) -> tuple[list[StandSale], list[StandReturn]]:
    """What of this day is not signed yet, held until the transaction ends; nobody else signs meanwhile."""
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=exhibitor.pk)
    sales = StandSale.objects.filter(exhibitor=exhibitor, day=day).unsigned()
    returns = StandReturn.objects.filter(sale__exhibitor=exhibitor, day=day).unsigned()
    return (
        list(sales.select_for_update(of=("self",)).order_by("pk")),
        list(returns.select_for_update(of=("self",)).order_by("pk")),
    )


def sheet_from(
    day: dt.date,
    payments: list[int],
    sales: list[StandSale],
    returns: list[StandReturn],
    discards: list[StandDiscard],
) -> Sheet:
    """The sheet of rows that are locked."""
    return Sheet(
        day=day,
        orders=len(payments),
        orders_cash=sum(payments),
        counts={way: sum(sale.way == way for sale in sales) for way in Way.values},
        amounts={way: sum(sale.amount for sale in sales if sale.way == way) for way in Way.values},
        returns=len(returns),
        given_back={way: sum(back.amount for back in returns if back.way == way) for way in Way.values},
        discards=len(discards),
        discarded=sum(gone.amount for gone in discards),
    )
