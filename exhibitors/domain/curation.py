"""The verbs of an exhibitor's curation, called by dashboard and admin alike."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import (
    CurationError,
    decide,
    fingerprint,
    locked,
    refuse_unseen,
    require_move,
    tell_people,
)
from exhibitors.domain.notes import Notable, column, notes_of, register_notable, text_of, unanswered
from exhibitors.domain.phones import ask_confirmation, confirmation_of, require_confirmed
from exhibitors.domain.profile_changes import register_profile_notes
from exhibitors.domain.second_eyes import EXHIBITORS, approved_twice
from exhibitors.models import Exhibitor
from exhibitors.signals import exhibitor_curated
from exhibitors.states import FIRST_APPROVED, CurationState
from exhibitors.steps import unfinished

LONGEST_MESSAGE = 1000
# What curators look at.
CURATED = (
    "name", "banner", "category", "kind", "legal_number", "cooperative_number", "member_count", "nib", "lacks_nib",
    "owner_name", "email", "regency", "district", "whatsapp", "phone", "story", "story_en", "bank_name",
    "bank_account_number", "bank_account_holder",
)  # fmt: skip


@transaction.atomic
def submit_exhibitor(exhibitor: Exhibitor, *, by, message: str = "") -> Exhibitor:
    """Ask the curators to look at it, with a message if its owner has one.

    Raises CurationError naming what each step lacks, or notes that neither a change nor the message answers.
    """
    exhibitor = locked(exhibitor)
    message = message.strip()[:LONGEST_MESSAGE]
    if lacking := unfinished(exhibitor):
        steps = "; ".join(
            f"{step.title} ({', '.join(map(str, step.lacks))})" if step.lacks else str(step.title) for step in lacking
        )
        raise CurationError(_("Lengkapi dahulu: %(steps)s.") % {"steps": steps})
    if exhibitor.state == CurationState.RETURNED and not message and (open_notes := unanswered(exhibitor)):
        labels = ", ".join(str(note.label) for note in open_notes)
        raise CurationError(
            _("Catatan panitia belum dijawab: %(fields)s. Perbaiki, atau tulis pesan mengapa tidak perlu.")
            % {"fields": labels}
        )
    if confirmation_of(exhibitor) is None:
        ask_confirmation(exhibitor)  # no organiser has a number for codes: staff find it in their queue and call
    exhibitor.submitted_at = timezone.now()
    decide(exhibitor, CurationState.SUBMITTED, by=by, reason=message, fields=("submitted_at",))
    return exhibitor


def content_of_exhibitor(exhibitor: Exhibitor) -> str:
    """The fingerprint of what curators look at."""
    return fingerprint(exhibitor, CURATED)


def approve_exhibitor(exhibitor: Exhibitor, *, by, reason: str = "", seen: str | None = None) -> Exhibitor:
    """Let it exhibit; also lifts a suspension. ``seen`` is the fingerprint of what was looked at.

    A new one needs a WhatsApp number that was confirmed, by its code or by staff (``phones.py``, ADR 0181).

    Where an edition wants two pairs of eyes, the first approval is recorded only (``second_eyes``).
    """
    return _curate(exhibitor, CurationState.APPROVED, by=by, reason=reason, seen=seen)


def return_exhibitor(exhibitor: Exhibitor, *, by, reason: str = "", notes: dict[str, str] | None = None) -> Exhibitor:
    """Give it back to its owner with notes of what to mend: by field, and on the whole."""
    return _curate(exhibitor, CurationState.RETURNED, by=by, reason=reason, notes=notes)


def reject_exhibitor(exhibitor: Exhibitor, *, by, reason: str) -> Exhibitor:
    return _curate(exhibitor, CurationState.REJECTED, by=by, reason=reason)


def suspend_exhibitor(exhibitor: Exhibitor, *, by, reason: str) -> Exhibitor:
    """Take it and its products off the floor until it is approved again."""
    return _curate(exhibitor, CurationState.SUSPENDED, by=by, reason=reason)


@transaction.atomic
def _curate(
    exhibitor: Exhibitor,
    after: str,
    *,
    by,
    reason: str,
    seen: str | None = None,
    notes: dict[str, str] | None = None,
) -> Exhibitor:
    exhibitor = locked(exhibitor)
    refuse_unseen(exhibitor, seen, content_of_exhibitor(exhibitor))
    before = exhibitor.state
    if after == CurationState.APPROVED:
        require_move(exhibitor, after)
        if before == CurationState.SUBMITTED:
            require_confirmed(exhibitor)
        content = content_of_exhibitor(exhibitor)
        if not approved_twice(
            exhibitor, exhibitor, EXHIBITORS, by=by, content=content, reason=reason, told_as=FIRST_APPROVED
        ):
            return exhibitor
    decision = decide(exhibitor, after, by=by, reason=reason, notes=notes)
    exhibitor_curated.send(Exhibitor, exhibitor=exhibitor, before=before, after=after)
    tell_people(
        exhibitor,
        "exhibitors/mail/decided",
        {"decision": decision, "state": CurationState(after), "notes": notes_of(decision, exhibitor)},
        key=f"decision:{decision.pk}",
    )
    return exhibitor


def _column(name: str) -> Notable:
    return column(Exhibitor, name)


def _columns(name: str, label, *columns: str) -> Notable:
    return Notable(
        name,
        label,
        lambda exhibitor: [_column(each).value(exhibitor) for each in columns],
        lambda exhibitor: ", ".join(str(text) for each in columns if (text := text_of(exhibitor, each))),
    )


register_notable(
    "exhibitor",
    [
        *map(_column, ("name", "banner", "category", "kind", "legal_number", "cooperative_number", "member_count")),
        _columns("nib", _("NIB"), "nib", "lacks_nib"),
        *map(_column, ("owner_name", "email")),
        _columns("place", _("lokasi"), "regency", "district"),
        *map(_column, ("whatsapp", "phone", "story", "story_en")),
        _columns("payment", _("rekening atau QRIS"), "bank_name", "bank_account_number", "bank_account_holder"),
    ],
)
register_profile_notes()
