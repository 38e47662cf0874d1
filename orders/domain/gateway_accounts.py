"""An exhibitor's merchant account at Midtrans: its key is tried before it is kept, and kept sealed."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import tell_people
from exhibitors.models import Exhibitor
from orders.domain.errors import OrderError
from orders.gateway.keys import seal, seal_anew, unseal
from orders.gateway.midtrans import Midtrans
from orders.models import GatewayAccount

SANDBOX_KEY, REAL_KEY = "SB-Mid-server-", "Mid-server-"


def accounts_in_use():
    """Those that buyers may pay through. Pretended money and real money never meet: a site takes one or the other."""
    if not settings.GATEWAY:
        return GatewayAccount.objects.none()
    return GatewayAccount.objects.filter(is_active=True, is_production=not settings.GATEWAY_SANDBOX)


def gateway_of(account: GatewayAccount) -> Midtrans:
    """The adapter that speaks for this account. Addresses come from the settings alone."""
    return adapter(unseal(account.sealed_key), is_production=account.is_production)


def adapter(server_key: str, *, is_production: bool) -> Midtrans:
    urls = settings.MIDTRANS["production" if is_production else "sandbox"]
    return Midtrans(server_key, urls["page_url"], urls["api_url"])


def set_gateway(exhibitor: Exhibitor, server_key: str, *, by, now: dt.datetime | None = None) -> GatewayAccount:
    """Take payments through this merchant account: a real one, or on a site for rehearsals one of the sandbox.

    OrderError for a key of the other kind, GatewayError when Midtrans does not accept it.
    """
    if not settings.GATEWAY:
        raise OrderError(_("Pembayaran otomatis tidak dinyalakan di situs ini."))
    server_key = server_key.strip()
    if not server_key.isascii() or not server_key.isprintable() or not 10 <= len(server_key) <= 200:
        raise OrderError(_("Ini bukan Server Key Midtrans."))
    is_production = not settings.GATEWAY_SANDBOX
    if is_production and server_key.startswith(SANDBOX_KEY):
        raise OrderError(_("Akun uji coba (sandbox) tidak diterima di situs ini. Pakai akun sungguhan."))
    if not is_production and server_key.startswith(REAL_KEY):
        raise OrderError(_("Situs ini hanya untuk uji coba: pakai kunci sandbox, bukan kunci sungguhan."))
    adapter(server_key, is_production=is_production).require_valid_key()
    return keep_account(exhibitor, server_key, is_production, by, now or timezone.now())


@transaction.atomic
def keep_account(exhibitor: Exhibitor, server_key: str, is_production: bool, by, now: dt.datetime) -> GatewayAccount:
    account, _created = GatewayAccount.objects.update_or_create(
        exhibitor=exhibitor,
        defaults={
            "sealed_key": seal(server_key),
            "key_end": server_key[-4:],
            "is_production": is_production,
            "is_active": True,
            "changed_at": now,
            "changed_by": by,
        },
        create_defaults={
            "token": secrets.token_urlsafe(32),
            "sealed_key": seal(server_key),
            "key_end": server_key[-4:],
            "is_production": is_production,
            "changed_at": now,
            "changed_by": by,
        },
    )
    key = f"gateway:{account.pk}:{now.isoformat()}"
    tell_people(exhibitor, "orders/mail/gateway_changed", {"account": account, "by": by}, key=key)
    return account


@transaction.atomic
def stop_gateway(exhibitor: Exhibitor, *, by, now: dt.datetime | None = None) -> None:
    """Offer it no more. What is under way is still heard and confirmed."""
    now = now or timezone.now()
    stopped = GatewayAccount.objects.filter(exhibitor=exhibitor, is_active=True)
    if stopped.update(is_active=False, changed_at=now, changed_by=by):
        account = GatewayAccount.objects.get(exhibitor=exhibitor)
        key = f"gateway:{account.pk}:{now.isoformat()}"
        tell_people(exhibitor, "orders/mail/gateway_changed", {"account": account, "by": by}, key=key)


def seal_all_anew() -> int:
    """Put every key under the newest of GATEWAY_KEYS; afterwards the older ones may be dropped. How many."""
    done = 0
    for pk in GatewayAccount.objects.values_list("pk", flat=True):
        with transaction.atomic():
            account = GatewayAccount.objects.select_for_update().get(pk=pk)
            account.sealed_key = seal_anew(account.sealed_key)
            account.save(update_fields=["sealed_key"])
            done += 1
    return done
