"""An exhibitor's QRIS code: given, confirmed by an owner's mail, in use after a cool-down, withdrawn or blocked.

Whoever gets into an exhibitor's account could point buyers' money elsewhere. So a code counts only after somebody
who reads an owner's mail has said yes, and a changed one a day later; everybody concerned is told at once.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import tell_people
from exhibitors.models import Exhibitor, MemberRole
from expo.mail import queue_mail
from orders.domain.errors import OrderError
from orders.models import QrisCode, QrisState
from orders.qris import Qris, QrisError, read_qris, require_reusable
from orders.qris.resemblance import city_resemblance, name_resemblance

COOL_DOWN = dt.timedelta(hours=24)
LINK_LIVES = dt.timedelta(hours=72)
MOST_A_DAY = 5


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
    if codes.filter(added_at__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise OrderError(_("Terlalu banyak penggantian QRIS hari ini. Coba lagi besok."))
    end(codes.filter(state=QrisState.WAITING), QrisState.WITHDRAWN, by=by, now=now)
    token = token or secrets.token_urlsafe(32)
    code = QrisCode.objects.create(**described(exhibitor, qris), confirmation=hashed(token), added_at=now, added_by=by)
    ask_owners(code, current, token)
    return code


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


def ask_owners(code: QrisCode, current: QrisCode | None, token: str) -> None:
    """The link goes to owners only; whoever else works there can't confirm."""
    owners = code.exhibitor.memberships.filter(role=MemberRole.OWNER, user__is_active=True).select_related("user")
    for membership in owners:
        queue_mail(
            to=membership.user.email,
            template="orders/mail/qris_confirm",
            context={"code": code, "current": current, "person": membership.user, "token": token},
            language=membership.user.language,
            key=f"qris:{code.pk}:confirm:{membership.user_id}",
        )


def waiting_code(token: str, now: dt.datetime) -> QrisCode | None:
    """The code that this link confirms; None when the link is unknown, used, replaced or too old."""
    return (
        QrisCode.objects.select_related("exhibitor", "added_by")
        .filter(confirmation=hashed(token), state=QrisState.WAITING, added_at__gt=now - LINK_LIVES)
        .first()
    )


@transaction.atomic
def confirm_qris(token: str, *, now: dt.datetime | None = None) -> QrisCode:
    """An owner said yes: a first code is in use at once, a changed one a day later. Once for each link."""
    now = now or timezone.now()
    code = waiting_code(token, now)
    if code is None:
        raise OrderError(_("Tautan ini sudah dipakai, diganti, atau terlalu lama. Unggah lagi QRIS Anda."))
    lock_exhibitor(code.exhibitor)
    code = QrisCode.objects.select_for_update(of=("self",)).select_related("exhibitor").get(pk=code.pk)
    if code.state != QrisState.WAITING:
        raise OrderError(_("Tautan ini sudah dipakai, diganti, atau terlalu lama. Unggah lagi QRIS Anda."))
    is_change = QrisCode.objects.filter(exhibitor=code.exhibitor, confirmed_at__isnull=False).exists()
    code.state = QrisState.CONFIRMED
    code.confirmation = ""
    code.confirmed_at = now
    code.active_from = now + COOL_DOWN if is_change else now
    code.save(update_fields=["state", "confirmation", "confirmed_at", "active_from"])
    context = {"code": code, "is_change": is_change}
    tell_people(code.exhibitor, "orders/mail/qris_confirmed", context, key=f"qris:{code.pk}:confirmed")
    return code


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
    lock_exhibitor(code.exhibitor)
    code = QrisCode.objects.select_for_update(of=("self",)).select_related("exhibitor").get(pk=code.pk)
    if code.state not in (QrisState.WAITING, QrisState.CONFIRMED):
        raise OrderError(_("Kode ini sudah tidak dipakai."))
    if code.active_from and code.active_from <= now:
        older = QrisCode.objects.in_use(now).filter(exhibitor=code.exhibitor, active_from__lt=code.active_from)
        end(older, QrisState.WITHDRAWN, by=by, now=now)
    end(QrisCode.objects.filter(pk=code.pk), QrisState.BLOCKED, by=by, now=now, reason=reason)
    key = f"qris:{code.pk}:blocked"
    tell_people(code.exhibitor, "orders/mail/qris_ended", {"code": code, "by": by, "reason": reason}, key=key)
    code.refresh_from_db()
    return code


@transaction.atomic
def clear_twin(code: QrisCode, *, by, now: dt.datetime | None = None) -> QrisCode:
    """Staff have seen that two exhibitors share a merchant number for a good reason (one cooperative, two booths)."""
    code.cleared_at = now or timezone.now()
    code.cleared_by = by
    code.save(update_fields=["cleared_at", "cleared_by"])
    return code


def end(codes, state: str, *, by, now: dt.datetime, reason: str = "") -> int:
    return codes.order_by().update(state=state, ended_at=now, ended_by=by, reason=reason, confirmation="")


def lock_exhibitor(exhibitor: Exhibitor) -> None:
    Exhibitor.objects.select_for_update().only("pk").get(pk=exhibitor.pk)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


__all__ = ["QrisError", "block_qris", "clear_twin", "confirm_qris", "give_qris", "waiting_code", "withdraw_qris"]
