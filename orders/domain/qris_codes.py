"""An exhibitor's QRIS code: given, confirmed by an owner's mail, in use after a cool-down, withdrawn or blocked.

How that goes is the same for everything that changes slowly: ``exhibitors/domain/slow_changes.py``.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import tell_people
from exhibitors.domain.slow_changes import confirm, end, held, lock_exhibitor, propose, require_alive, waiting_change
from exhibitors.models import Exhibitor
from orders.domain.errors import OrderError
from orders.models import QrisCode, QrisState
from orders.qris import Qris, QrisError, read_qris, require_reusable
from orders.qris.resemblance import city_resemblance, name_resemblance


@transaction.atomic
def give_qris(
    exhibitor: Exhibitor, text: str, *, by, now: dt.datetime | None = None, token: str | None = None
) -> QrisCode:
    """Keep a code until an owner confirms it by mail; it replaces one that still waits. ``token`` is random.

    QrisError says what is wrong with the code, OrderError that it is in use already or too many were tried.
    """
    now = now or timezone.now()
    qris = read_qris(text)
    require_reusable(qris)
    lock_exhibitor(exhibitor)
    codes = QrisCode.objects.filter(exhibitor=exhibitor)
    if (current := codes.in_use(now).first()) and current.text == qris.text:
        raise OrderError(_("QRIS ini sudah dipakai."))
    code = QrisCode(**described(exhibitor, qris), added_at=now, added_by=by)
    return propose(code, template="orders/mail/qris_confirm", key="qris", context={"current": current}, token=token)


def described(exhibitor: Exhibitor, qris: Qris) -> dict:
    """The code's facts, and how much its merchant resembles the exhibitor: a hint for staff."""
    names = (exhibitor.name, exhibitor.owner_name, exhibitor.bank_account_holder)
    regency = exhibitor.regency.name if exhibitor.regency else ""
    return {
        "exhibitor": exhibitor,
        "text": qris.text,
        "nmid": qris.nmid,
        "merchant_name": qris.merchant_name,
        "merchant_city": qris.merchant_city,
        "name_resemblance": name_resemblance(qris.merchant_name, *names),
        "city_resemblance": city_resemblance(qris.merchant_city, regency),
    }


def waiting_code(token: str, now: dt.datetime) -> QrisCode | None:
    """The code that this link confirms, if it still does."""
    return waiting_change(QrisCode, token, now)


@transaction.atomic
def confirm_qris(token: str, *, now: dt.datetime | None = None) -> QrisCode:
    """An owner said yes: a first code is in use at once, a changed one a day later. Once for each link."""
    return confirm(QrisCode, token, template="orders/mail/qris_confirmed", key="qris", now=now or timezone.now())


@transaction.atomic
def withdraw_qris(exhibitor: Exhibitor, *, by, now: dt.datetime | None = None) -> int:
    """The exhibitor takes no QRIS any more: all its codes end, also those in their cool-down. How many."""
    now = now or timezone.now()
    lock_exhibitor(exhibitor)
    alive = QrisCode.objects.filter(exhibitor=exhibitor, state__in=[QrisState.WAITING, QrisState.CONFIRMED])
    ended = end(alive, QrisState.WITHDRAWN, by=by, now=now)
    if ended:
        key = f"qris:withdrawn:{exhibitor.pk}:{now.isoformat()}"
        tell_people(exhibitor, "orders/mail/qris_ended", {"by": by, "reason": ""}, key=key)
    return ended


@transaction.atomic
def block_qris(code: QrisCode, *, by, reason: str, now: dt.datetime | None = None) -> QrisCode:
    """Staff stop a code: no buyer sees it any more, also not on orders that wait for it.

    One that was in use takes its predecessors with it; one in its cool-down leaves the present code as it is.
    """
    now = now or timezone.now()
    code = held(code)
    require_alive(code)
    if code.active_from and code.active_from <= now:
        older = QrisCode.objects.in_use(now).filter(exhibitor=code.exhibitor, active_from__lt=code.active_from)
        end(older, QrisState.WITHDRAWN, by=by, now=now)
    end(QrisCode.objects.filter(pk=code.pk), QrisState.BLOCKED, by=by, now=now, reason=reason)
    key = f"qris:{code.pk}:blocked"
    tell_people(code.exhibitor, "orders/mail/qris_ended", {"change": code, "by": by, "reason": reason}, key=key)
    code.refresh_from_db()
    return code


@transaction.atomic
def clear_twin(code: QrisCode, *, by, now: dt.datetime | None = None) -> QrisCode:
    """Staff have seen that two exhibitors share a merchant number for a good reason (one cooperative, two booths)."""
    code.cleared_at = now or timezone.now()
    code.cleared_by = by
    code.save(update_fields=["cleared_at", "cleared_by"])
    return code


__all__ = ["QrisError", "block_qris", "clear_twin", "confirm_qris", "give_qris", "waiting_code", "withdraw_qris"]
