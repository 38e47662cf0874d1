"""Which ways of paying a buyer can choose from: asked by the checkout, by the payment page, and before each start.

    options = methods_for(exhibitor, booth, total, delivery, now)

gives every way that the exhibitor offers, in the order in which to show them; ``problem`` says why one can't be
chosen for this order. Over several booths load what the database knows once: ``ways = ways_of([...], now)`` and pass
``ways.get(exhibitor.pk)``.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from exhibitors.models import Booth, Exhibitor
from expo.prepared import IDS, MOMENT, Among, Prepared, PreparedObjects
from orders.domain.availability import allows_pickup
from orders.domain.gateway_accounts import accounts_in_use
from orders.models import Delivery, Method, PaymentSettings, QrisCode
from orders.qris import MOST as MOST_BY_QRIS

MOST_CODE = 999


@dataclass(frozen=True, slots=True)
class Ways:
    """What an exhibitor has set up, as of one moment."""

    settings: PaymentSettings = field(default_factory=PaymentSettings)
    qris: QrisCode | None = None
    gateway: bool = False


@dataclass(frozen=True, slots=True)
class MethodOption:
    """One way to pay. ``label`` names it, ``detail`` says in a sentence what happens; both in the reader's language.

    ``problem`` says why it can't be chosen for this order, "" when it can.
    """

    method: str
    label: str
    detail: str
    problem: str = ""

    @property
    def is_possible(self) -> bool:
        return not self.problem


def ways_of(exhibitor_ids: Iterable[int], now: dt.datetime) -> dict[int, Ways]:
    """What these exhibitors have set up, by id, in a fixed number of queries."""
    ids = set(exhibitor_ids)
    settings = {row.exhibitor_id: row for row in _settings_query().objects(ids=[*ids])}
    codes: dict[int, QrisCode] = {}
    for code in _codes_query().objects(ids=[*ids], now=now):
        codes.setdefault(code.exhibitor_id, code)
    gateways = gateways_of(ids)
    return {pk: Ways(settings.get(pk) or PaymentSettings(exhibitor_id=pk), codes.get(pk), pk in gateways) for pk in ids}


@cache
def _settings_query() -> PreparedObjects:
    return PreparedObjects(PaymentSettings.objects.filter(Among(F("exhibitor"))).order_by(), ids=IDS)


@cache
def _codes_query() -> PreparedObjects:
    return PreparedObjects(QrisCode.objects.in_use(MOMENT).filter(Among(F("exhibitor"))), ids=IDS, now=MOMENT)


def gateways_of(exhibitor_ids: set[int]) -> set[int]:
    """Which of them have a merchant account in use; none where the site has the gateway switched off."""
    if not settings.GATEWAY:
        return set()
    rows = _gateways_query(settings.GATEWAY_SANDBOX).rows(ids=[*exhibitor_ids])
    return {exhibitor_id for (exhibitor_id,) in rows}


@cache
def _gateways_query(sandbox: bool) -> Prepared:
    """``sandbox``: the setting that the accounts in use depend on."""
    accounts = accounts_in_use().filter(Among(F("exhibitor"))).order_by()
    return Prepared(accounts.values_list("exhibitor_id"), ids=IDS)


def methods_for(
    exhibitor: Exhibitor, booth: Booth, total: int, delivery: str, now: dt.datetime, *, ways: Ways | None = None
) -> list[MethodOption]:
    """The ways in which ``total`` rupiah (without unique code) can be paid to ``exhibitor``.

    What the exhibitor does not offer is left out; what this order does not allow is there with its ``problem``.
    """
    if ways is None:
        ways = ways_of([exhibitor.pk], now)[exhibitor.pk]
    options = []
    if exhibitor.takes_transfers:
        options.append(MethodOption(Method.TRANSFER, _("Transfer bank"), transfer_detail(exhibitor)))
    if ways.qris is not None:
        detail = _("Pindai dengan aplikasi bank atau dompet digital apa pun.")
        options.append(MethodOption(Method.QRIS, "QRIS", detail, qris_problem(total)))
    if ways.gateway:
        detail = _("Kartu, rekening virtual, atau dompet digital lewat Midtrans; langsung dikonfirmasi.")
        if settings.GATEWAY_SANDBOX:
            detail = _("Uji coba: uangnya tidak sungguhan.")
        options.append(MethodOption(Method.GATEWAY, _("Pembayaran otomatis"), detail))
    if ways.settings.takes_cash and allows_pickup(booth, now):
        detail = _("Bayar di stan %(number)s saat barang diambil.") % {"number": booth.number}
        options.append(MethodOption(Method.CASH, _("Tunai di stan"), detail, cash_problem(delivery)))
    return options


def possible_methods(options: Iterable[MethodOption]) -> list[str]:
    return [option.method for option in options if option.is_possible]


def transfer_detail(exhibitor: Exhibitor) -> str:
    return _("Ke %(bank)s atas nama %(holder)s, lalu unggah buktinya.") % {
        "bank": exhibitor.bank_name,
        "holder": exhibitor.bank_account_holder,
    }


def qris_problem(total: int) -> str:
    return _("Satu pembayaran QRIS paling banyak Rp10.000.000.") if total + MOST_CODE > MOST_BY_QRIS else ""


def cash_problem(delivery: str) -> str:
    return "" if delivery == Delivery.PICKUP else _("Hanya bila barang diambil di stan.")
