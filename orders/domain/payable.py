"""The ways to be paid as conditions for queries, beside ``methods.ways_of`` and ``availability.allows_pickup``.

A test holds the two against each other: whatever is said to be payable here is offered at the checkout there.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from exhibitors.paying import register_way
from expo.models import Mode
from orders.domain.gateway_accounts import accounts_in_use
from orders.models import PaymentSettings, QrisCode


def takes_transfers(moment: dt.datetime, exhibitor: str) -> Q:
    parts = ("bank_name", "bank_account_number", "bank_account_holder")
    return Q(**{f"{exhibitor}{part}__gt": "" for part in parts})


def takes_qris(moment: dt.datetime, exhibitor: str) -> Q:
    return Q(Exists(QrisCode.objects.in_use(moment).filter(exhibitor=OuterRef(f"{exhibitor}pk"))))


def takes_gateway(moment: dt.datetime, exhibitor: str) -> Q:
    return Q(Exists(accounts_in_use().filter(exhibitor=OuterRef(f"{exhibitor}pk"))))


def takes_cash(moment: dt.datetime, exhibitor: str) -> Q:
    return Q(Exists(PaymentSettings.objects.filter(takes_cash=True, exhibitor=OuterRef(f"{exhibitor}pk"))))


def has_stand(moment: dt.datetime, booth: str) -> Q:
    edition = f"{booth}edition__"
    return Q(
        **{f"{edition}mode": Mode.HYBRID, f"{edition}sales_open__lte": moment, f"{edition}closes_at__gt": moment},
    )


def register_ways() -> None:
    register_way("transfer", takes_transfers)
    register_way("qris", takes_qris)
    register_way("gateway", takes_gateway)
    register_way("cash", takes_cash, where=has_stand)
