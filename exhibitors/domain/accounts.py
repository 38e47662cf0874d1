"""An exhibitor's bank account: the first counts at once, a changed one after an owner's mail and a day.

The account in use stands on the exhibitor, where every page finds it; ``apply_due_accounts`` writes a change there when
its time has come. Should the scheduler be late, buyers keep seeing the old account. Open orders keep theirs anyway.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import log, tell_people
from exhibitors.domain.slow_changes import (
    COOL_DOWN,
    SlowChangeError,
    confirm,
    count_from,
    end,
    held,
    lock_exhibitor,
    owners_of,
    propose,
    waiting_change,
)
from exhibitors.models import BANK_ACCOUNT, AccountChange, ChangeState, Exhibitor
from exhibitors.states import CurationState

UNDER_WAY = frozenset({CurationState.DRAFT, CurationState.SUBMITTED, CurationState.RETURNED})
"""Curators have not approved it yet, so nobody buys there; they look at the account themselves."""
BATCH = 200


@transaction.atomic
def give_account(
    exhibitor: Exhibitor,
    account: Mapping[str, str],
    *,
    by,
    now: dt.datetime | None = None,
    token: str | None = None,
) -> AccountChange:
    """Ask for another account (the three fields of BANK_ACCOUNT). Whether it counts already: its ``applied_at``.

    At once: the first account, any before the first approval, and taking the account away (all empty), which staff
    can do. Everything else waits for an owner's mail and then a day; of an exhibitor without owners, the day alone.
    SlowChangeError when a part is missing, nothing changes, or too many were tried.
    """
    now = now or timezone.now()
    lock_exhibitor(exhibitor)
    stored = Exhibitor.objects.get(pk=exhibitor.pk)
    wanted = {name: account[name].strip() for name in BANK_ACCOUNT}
    require_whole(stored, wanted)
    change = AccountChange(exhibitor=stored, added_at=now, added_by=by, **wanted)
    if needs_no_wait(stored, wanted):
        end(stored.account_changes.alive(), ChangeState.WITHDRAWN, by=by, now=now)
        count_from(change, now=now, active_from=now)
        return apply_change(change, now)
    if not owners_of(stored).exists():
        end(stored.account_changes.alive(), ChangeState.WITHDRAWN, by=by, now=now)
        count_from(change, now=now, active_from=now + COOL_DOWN)
        return change
    return propose(change, template="exhibitors/mail/account_confirm", key="bank", context={}, token=token)


def require_whole(exhibitor: Exhibitor, wanted: Mapping[str, str]) -> None:
    if any(wanted.values()) and not all(wanted.values()):
        raise SlowChangeError(_("Isi bank, nomor rekening, dan nama pemiliknya."))
    if all(getattr(exhibitor, name) == wanted[name] for name in BANK_ACCOUNT):
        raise SlowChangeError(_("Ini rekening Anda sekarang; tidak ada yang berubah."))


def needs_no_wait(exhibitor: Exhibitor, wanted: Mapping[str, str]) -> bool:
    if exhibitor.state in UNDER_WAY or not any(wanted.values()):
        return True
    had_one = exhibitor.takes_transfers or exhibitor.account_changes.filter(applied_at__isnull=False).exists()
    return not had_one


def waiting_account(token: str, now: dt.datetime) -> AccountChange | None:
    """The change that this link confirms, if it still does."""
    return waiting_change(AccountChange, token, now)


@transaction.atomic
def confirm_account(token: str, *, now: dt.datetime | None = None) -> AccountChange:
    """An owner said yes: it counts a day later. SlowChangeError when the link does no longer."""
    now = now or timezone.now()
    return confirm(AccountChange, token, template="exhibitors/mail/account_confirmed", key="bank", now=now)


@transaction.atomic
def stop_account(exhibitor: Exhibitor, *, by, now: dt.datetime | None = None) -> int:
    """Somebody of the exhibitor stops what has not come into use: the present account stays. How many."""
    now = now or timezone.now()
    lock_exhibitor(exhibitor)
    stopped = end(exhibitor.account_changes.alive(), ChangeState.WITHDRAWN, by=by, now=now)
    if stopped:
        key = f"bank:stopped:{exhibitor.pk}:{now.isoformat()}"
        tell_people(exhibitor, "exhibitors/mail/account_ended", {"by": by, "reason": ""}, key=key)
    return stopped


@transaction.atomic
def block_account(change: AccountChange, *, by, reason: str, now: dt.datetime | None = None) -> AccountChange:
    """Staff stop a change that has not come into use; the present account stays."""
    now = now or timezone.now()
    change = held(change)
    if not AccountChange.objects.alive().filter(pk=change.pk).exists():
        raise SlowChangeError(_("Perubahan ini sudah selesai."))
    end(AccountChange.objects.filter(pk=change.pk), ChangeState.BLOCKED, by=by, now=now, reason=reason)
    context = {"change": change, "by": by, "reason": reason}
    tell_people(change.exhibitor, "exhibitors/mail/account_ended", context, key=f"bank:{change.pk}:blocked")
    change.refresh_from_db()
    return change


def apply_due_accounts(now: dt.datetime) -> int:
    """Bring into use what is past its cool-down; returns how many. One transaction each."""
    due = AccountChange.objects.due(now).values_list("pk", flat=True)[:BATCH]
    return sum(apply_due(pk, now) for pk in list(due))


@transaction.atomic
def apply_due(pk: int, now: dt.datetime) -> bool:
    held(AccountChange.objects.select_related("exhibitor").get(pk=pk))
    change = AccountChange.objects.due(now).select_related("exhibitor", "added_by").filter(pk=pk).first()
    if change is None:  # another scheduler was quicker, or somebody stopped it
        return False
    apply_change(change, now)
    return True


def apply_change(change: AccountChange, now: dt.datetime) -> AccountChange:
    """Write the account onto its (locked) exhibitor; logged, and told to everyone."""
    exhibitor = change.exhibitor
    for name in BANK_ACCOUNT:
        setattr(exhibitor, name, getattr(change, name))
    exhibitor.save(update_fields=BANK_ACCOUNT)
    change.applied_at = now
    change.save(update_fields=["applied_at"])
    reason = _("Rekening menjadi: %s") % change
    log(exhibitor, exhibitor.state, exhibitor.state, by=change.added_by, reason=reason)
    context = {"by": change.added_by}
    tell_people(exhibitor, "exhibitors/mail/bank_account", context, key=f"bank:{change.pk}:applied")
    return change
