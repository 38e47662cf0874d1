"""What all proposed changes share: notes of the curators, handing in again, and what a proposal is compared with."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import CurationError, forget_first
from exhibitors.domain.notes import Note, clean_notes, digests, notes_from
from exhibitors.models import Proposal, ProposalState
from exhibitors.states import CurationState

LONGEST_MESSAGE = 1000


def raw(subject, name: str) -> Any:
    """The value of a column as it can be kept and compared: a key for what is referred to."""
    return subject._meta.get_field(name).value_from_object(subject)


def as_base(subject, names: Iterable[str]) -> dict[str, Any]:
    return {name: raw(subject, name) for name in names}


def proposal_notes(change: Proposal) -> list[Note]:
    """What the curators asked for when they returned it; answered when the proposal says something else since."""
    return notes_from(change.notes, change.noted, change)


def require_waiting(change: Proposal) -> None:
    """Raises CurationError unless this is to be decided upon now."""
    if change.state != ProposalState.WAITING:
        raise CurationError(_("Usulan ini sudah dikembalikan; pemiliknya sedang memperbaikinya."))
    if change.subject.state != CurationState.APPROVED:
        raise CurationError(_("“%(subject)s” sedang tidak tayang; usulannya menunggu.") % {"subject": change.subject})


def give_back(change: Proposal, *, reason: str, notes: dict[str, str] | None) -> dict[str, str]:
    """Mark a locked proposal as returned, with notes by field. Returns the notes; raises CurationError without any."""
    reason, cleaned = reason.strip(), clean_notes(change, notes or {})
    if not reason and not cleaned:
        raise CurationError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
    change.state, change.reason, change.notes = ProposalState.RETURNED, reason, cleaned
    change.noted, change.message = digests(change, cleaned), ""
    change.save(update_fields=["state", "reason", "notes", "noted", "message"])
    forget_first(change)
    return cleaned


def edited(change: Proposal) -> None:
    """After its owner changed it: a returned one waits again as soon as every note is answered. Not saved here."""
    if change.state == ProposalState.RETURNED and all(note.is_answered for note in proposal_notes(change)):
        change.state, change.proposed_at = ProposalState.WAITING, timezone.now()


def hand_in_again(change: Proposal, *, message: str = "") -> None:
    """Its owner thinks that it is right as it is, and says why. Raises CurationError when a note stays unanswered."""
    message = message.strip()[:LONGEST_MESSAGE]
    if change.state != ProposalState.RETURNED:
        raise CurationError(_("Usulan ini sudah menunggu panitia."))
    if not message and not all(note.is_answered for note in proposal_notes(change)):
        raise CurationError(_("Ada catatan yang belum dijawab. Perbaiki, atau tulis pesan mengapa tidak perlu."))
    change.state, change.message, change.proposed_at = ProposalState.WAITING, message, timezone.now()
    change.save(update_fields=["state", "message", "proposed_at"])
