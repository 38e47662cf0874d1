"""The verbs of an exhibitor's curation, called by dashboard and admin alike."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import CurationError, decide, fingerprint, locked, refuse_unseen, tell_people
from exhibitors.domain.profile import BANK_ACCOUNT
from exhibitors.models import Exhibitor
from exhibitors.paying import has_way
from exhibitors.signals import exhibitor_curated
from exhibitors.states import CurationState

# What must be filled in before staff look at it, in the order in which the owner is asked.
REQUIRED = ("name", "owner_name", "regency", "whatsapp")
CURATED = (*REQUIRED, *BANK_ACCOUNT, "kind", "nib", "email", "story", "story_en", "banner")


def missing_fields(exhibitor: Exhibitor) -> list[str]:
    """The names of required fields that are still empty; a bank account only without any other way to be paid."""
    missing = [name for name in REQUIRED if not getattr(exhibitor, name)]
    account = [name for name in BANK_ACCOUNT if not getattr(exhibitor, name)]
    return [*missing, *account] if account and not has_way(exhibitor, timezone.now()) else missing


@transaction.atomic
def submit_exhibitor(exhibitor: Exhibitor, *, by) -> Exhibitor:
    """Ask the curators to look at it. Raises CurationError naming what is missing."""
    exhibitor = locked(exhibitor)
    if missing := missing_fields(exhibitor):
        labels = ", ".join(str(exhibitor._meta.get_field(name).verbose_name) for name in missing)
        raise CurationError(_("Lengkapi dahulu: %(fields)s.") % {"fields": labels})
    exhibitor.submitted_at = timezone.now()
    decide(exhibitor, CurationState.SUBMITTED, by=by, fields=("submitted_at",))
    return exhibitor


def content_of_exhibitor(exhibitor: Exhibitor) -> str:
    """The fingerprint of what curators look at."""
    return fingerprint(exhibitor, CURATED)


def approve_exhibitor(exhibitor: Exhibitor, *, by, reason: str = "", seen: str | None = None) -> Exhibitor:
    """Let it exhibit; also lifts a suspension. ``seen`` is the fingerprint of what was looked at."""
    return _curate(exhibitor, CurationState.APPROVED, by=by, reason=reason, seen=seen)


def return_exhibitor(exhibitor: Exhibitor, *, by, reason: str) -> Exhibitor:
    """Give it back to its owner with a note of what to mend."""
    return _curate(exhibitor, CurationState.RETURNED, by=by, reason=reason)


def reject_exhibitor(exhibitor: Exhibitor, *, by, reason: str) -> Exhibitor:
    return _curate(exhibitor, CurationState.REJECTED, by=by, reason=reason)


def suspend_exhibitor(exhibitor: Exhibitor, *, by, reason: str) -> Exhibitor:
    """Take it and its products off the floor until it is approved again."""
    return _curate(exhibitor, CurationState.SUSPENDED, by=by, reason=reason)


@transaction.atomic
def _curate(exhibitor: Exhibitor, after: str, *, by, reason: str, seen: str | None = None) -> Exhibitor:
    exhibitor = locked(exhibitor)
    refuse_unseen(exhibitor, seen, content_of_exhibitor(exhibitor))
    before = exhibitor.state
    decision = decide(exhibitor, after, by=by, reason=reason)
    exhibitor_curated.send(Exhibitor, exhibitor=exhibitor, before=before, after=after)
    tell_people(
        exhibitor,
        "exhibitors/mail/decided",
        {"decision": decision, "state": CurationState(after)},
        key=f"decision:{decision.pk}",
    )
    return exhibitor
