"""Where buyers' money goes changes slowly: an owner confirms it by mail, and it counts a day later.

Whoever gets into an exhibitor's account could point buyers' money elsewhere. So a change counts only after somebody
who reads an owner's mail has said yes, and a day after that; everybody concerned is told at once, also at the address
that an owner had until lately. QRIS codes and bank accounts go this way.
"""

import datetime as dt
import hashlib
import secrets
from typing import TypeVar

from django.utils.translation import gettext as _

from accounts.models import FormerAddress
from exhibitors.domain.decisions import tell_people
from exhibitors.models import Exhibitor, MemberRole
from exhibitors.models.slow_changes import ALIVE, ChangeState, SlowChange
from expo.errors import DomainError
from expo.mail import queue_mail

COOL_DOWN = dt.timedelta(hours=24)
LINK_LIVES = dt.timedelta(hours=72)
MOST_A_DAY = 5

Change = TypeVar("Change", bound=SlowChange)


class SlowChangeError(DomainError):
    """The change can't be made, or not any more; says why."""


def lock_exhibitor(exhibitor: Exhibitor) -> None:
    """Changes of one exhibitor happen one after the other."""
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=exhibitor.pk)


def propose(change: Change, *, template: str, key: str, context: dict, token: str | None = None) -> Change:
    """Save a change of a locked exhibitor and ask its owners by mail; it replaces one that still waits.

    ``template`` gets ``change``, ``person``, ``token`` (random unless given) and ``context``; its mails' keys begin
    with ``key`` and the change's id. SlowChangeError when too many were tried today.
    """
    own = type(change)._default_manager.filter(exhibitor=change.exhibitor)
    now = change.added_at
    if own.filter(added_at__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise SlowChangeError(_("Terlalu banyak perubahan hari ini. Coba lagi besok."))
    end(own.filter(state=ChangeState.WAITING), ChangeState.WITHDRAWN, by=change.added_by, now=now)
    token = token or secrets.token_urlsafe(32)
    change.confirmation = hashed(token)
    change.save()
    ask_owners(change, template, f"{key}:{change.pk}", {"change": change, "token": token, **context})
    return change


def owners_of(exhibitor: Exhibitor):
    return exhibitor.memberships.filter(role=MemberRole.OWNER, user__is_active=True).select_related("user")


def ask_owners(change: SlowChange, template: str, key: str, context: dict) -> None:
    """The link goes to owners only; whoever else works there can't confirm. Their former addresses are warned."""
    for membership in owners_of(change.exhibitor):
        person = membership.user
        queue_mail(
            to=person.email,
            template=template,
            context={**context, "person": person},
            language=person.language,
            key=f"{key}:confirm:{person.pk}",
        )
        for former in FormerAddress.objects.lately(change.added_at).filter(user=person):
            queue_mail(
                to=former.email,
                template="exhibitors/mail/change_watched",
                context={"change": change, "person": person, "kind": type(change)._meta.verbose_name},
                language=person.language,
                key=f"{key}:former:{former.pk}",
            )


def waiting_change(model: type[Change], token: str, now: dt.datetime) -> Change | None:
    """The change that this link confirms; None when the link is unknown, used, replaced or too old."""
    return (
        model._default_manager.select_related("exhibitor", "added_by")
        .filter(confirmation=hashed(token), state=ChangeState.WAITING, added_at__gt=now - LINK_LIVES)
        .first()
    )


def confirm(model: type[Change], token: str, *, template: str, key: str, now: dt.datetime) -> Change:
    """An owner said yes: a first one counts at once, a change a day later. Once for each link; tells everyone.

    One that was still in its cool-down never comes.
    """
    change = waiting_change(model, token, now)
    if change is not None:
        change = held(change)
    if change is None or change.state != ChangeState.WAITING:
        raise SlowChangeError(_("Tautan ini sudah dipakai, diganti, atau terlalu lama. Ulangi dari dasbor Anda."))
    own = model._default_manager.filter(exhibitor=change.exhibitor)
    end(own.coming(now), ChangeState.WITHDRAWN, by=change.added_by, now=now)
    is_change = change.is_change
    count_from(change, now=now, active_from=now + COOL_DOWN if is_change else now)
    context = {"change": change, "is_change": is_change}
    tell_people(change.exhibitor, template, context, key=f"{key}:{change.pk}:confirmed")
    return change


def count_from(change: SlowChange, *, now: dt.datetime, active_from: dt.datetime) -> None:
    change.state = ChangeState.CONFIRMED
    change.confirmation = ""
    change.confirmed_at = now
    change.active_from = active_from
    change.save()


def held(change: Change) -> Change:
    """The change as it is now, held with its exhibitor until the transaction ends."""
    lock_exhibitor(change.exhibitor)
    rows = type(change)._default_manager.select_for_update(of=("self",))
    return rows.select_related("exhibitor", "added_by").get(pk=change.pk)


def require_alive(change: SlowChange) -> None:
    if change.state not in ALIVE:
        raise SlowChangeError(_("Ini sudah tidak dipakai."))


def end(changes, state: str, *, by, now: dt.datetime, reason: str = "") -> int:
    return changes.order_by().update(state=state, ended_at=now, ended_by=by, reason=reason, confirmation="")


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
