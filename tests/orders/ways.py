"""Exhibitors with ways to be paid, for tests."""

import datetime as dt
import secrets

from django.utils import timezone

from orders.models import GatewayAccount, PaymentSettings, QrisCode, QrisState
from orders.qris import read_qris
from tests.cast import person
from tests.orders.qris.codes import static_code


def give_settings(exhibitor, **fields) -> PaymentSettings:
    row, _created = PaymentSettings.objects.update_or_create(exhibitor=exhibitor, defaults=fields)
    return row


def give_qris(exhibitor, *, by=None, active_from=None, state=QrisState.CONFIRMED, text=None, **fields) -> QrisCode:
    """A code that is in use since a minute ago."""
    active_from = active_from or timezone.now() - dt.timedelta(minutes=1)
    qris = read_qris(text or static_code())
    confirmed = {"confirmed_at": active_from, "active_from": active_from} if state == QrisState.CONFIRMED else {}
    return QrisCode.objects.create(
        exhibitor=exhibitor,
        text=qris.text,
        nmid=qris.nmid,
        merchant_name=qris.merchant_name,
        merchant_city=qris.merchant_city,
        name_resemblance=90,
        city_resemblance=90,
        state=state,
        added_at=active_from,
        added_by=by or person(f"Pemilik{secrets.token_hex(3)}"),
        **{**confirmed, **fields},
    )


def give_gateway(exhibitor, *, is_production=True) -> GatewayAccount:
    """A merchant account that nobody has asked the gateway about."""
    return GatewayAccount.objects.create(
        exhibitor=exhibitor,
        token=secrets.token_urlsafe(32),
        sealed_key="tersegel",
        key_end="akhr",
        is_production=is_production,
        changed_at=timezone.now(),
        changed_by=person(f"Pemilik{secrets.token_hex(3)}"),
    )
