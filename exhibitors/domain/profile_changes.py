"""What an approved exhibitor wants to say of itself, beside what it says, until the curators decide (ADR 0105).

How to reach it (mail, WhatsApp, telephone) counts at once; where money goes has a way of its own (``accounts.py``).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain import proposals
from exhibitors.domain.decisions import (
    CurationError,
    fingerprint,
    forget_first,
    locked,
    log,
    refuse_unseen,
    tell_people,
)
from exhibitors.domain.notes import Notable, Note, notable, register_notable, text_of
from exhibitors.domain.proposals import proposal_notes, raw, require_waiting
from exhibitors.domain.second_eyes import EXHIBITORS, approved_twice
from exhibitors.models import Exhibitor, ExhibitorChange
from exhibitors.states import (
    CHANGE_APPROVED,
    CHANGE_FIRST_APPROVED,
    CHANGE_PROPOSED,
    CHANGE_REJECTED,
    CHANGE_RETURNED,
    CHANGE_WITHDRAWN,
    CurationState,
)

# Columns that are judged together are proposed together.
JUDGED_TOGETHER = (
    ("name",), ("banner",), ("category",), ("kind", "legal_number", "cooperative_number", "member_count"),
    ("nib", "lacks_nib"), ("owner_name",), ("regency", "district"), ("story",), ("story_en",),
)  # fmt: skip
CURATED_COLUMNS = tuple(name for group in JUDGED_TOGETHER for name in group)


def waits(exhibitor: Exhibitor, name: str) -> bool:
    """Whether a new value of this column would wait for the curators."""
    return exhibitor.state == CurationState.APPROVED and name in CURATED_COLUMNS


def change_of(exhibitor: Exhibitor) -> ExhibitorChange | None:
    change = ExhibitorChange.objects.filter(exhibitor=exhibitor).first()
    if change is not None:
        change.exhibitor = exhibitor
    return change


def as_wanted(exhibitor: Exhibitor, change: ExhibitorChange | None = None) -> Exhibitor:
    """A copy that says what its owner wants; never to be saved as it is."""
    columns = [field for field in Exhibitor._meta.concrete_fields if not field.generated]
    wanted = change.wanted if change else {}
    values = {field.attname: wanted.get(field.name, getattr(exhibitor, field.attname)) for field in columns}
    copy = Exhibitor(**values)
    copy._state.adding, copy._state.db = False, exhibitor._state.db
    return copy


def profile_notes(exhibitor: Exhibitor) -> list[Note]:
    """What the curators asked for about a proposed change; one query."""
    if exhibitor.state != CurationState.APPROVED:
        return []
    change = change_of(exhibitor)
    return proposal_notes(change) if change else []


def propose_profile(exhibitor: Exhibitor, values: Mapping[str, Any], *, by) -> ExhibitorChange | None:
    """Keep what a locked, approved exhibitor shall say. ``values`` by column, of CURATED_COLUMNS, as keys or rows.

    What was proposed before and is not named stays proposed. None when nothing differs any more.
    """
    change = change_of(exhibitor) or ExhibitorChange(exhibitor=exhibitor, proposed_at=timezone.now())
    wish = as_wanted(exhibitor, change)
    for name, value in values.items():
        setattr(wish, name, value)
    for group in JUDGED_TOGETHER:
        differs = any(raw(wish, name) != raw(exhibitor, name) for name in group)
        for name in group:
            if differs:
                if name in values or name not in change.wanted:
                    change.base[name] = raw(exhibitor, name)
                change.wanted[name] = raw(wish, name)
            else:
                change.wanted.pop(name, None)
                change.base.pop(name, None)
    if not change.wanted:
        if change.pk:
            _drop(change, by=by)
        return None
    is_new = change.pk is None
    proposals.edited(change)
    change.proposed_by, change.banner_id = by, change.wanted.get("banner")
    change.save()
    if is_new:
        log(exhibitor, exhibitor.state, CHANGE_PROPOSED, by=by)
    return change


@transaction.atomic
def withdraw_profile(exhibitor: Exhibitor, *, by) -> bool:
    """Its owner takes back all that waits; False when nothing did."""
    change = change_of(locked(exhibitor))
    if change is None:
        return False
    _drop(change, by=by)
    return True


@transaction.atomic
def hand_in_profile(exhibitor: Exhibitor, *, by, message: str = "") -> ExhibitorChange:
    """A returned proposal goes to the curators again, with an answer to their notes. Raises CurationError."""
    change = change_of(locked(exhibitor))
    if change is None:
        raise CurationError(_("Tidak ada usulan perubahan."))
    proposals.hand_in_again(change, message=message)
    log(change.exhibitor, CHANGE_RETURNED, CHANGE_PROPOSED, by=by, reason=change.message)
    return change


def content_of_profile_change(change: ExhibitorChange) -> str:
    """The fingerprint of what curators look at: what is proposed, and what stands there meanwhile."""
    now = [raw(change.exhibitor, name) for name in sorted(change.wanted)]
    return fingerprint(change, ("wanted",), now)


@transaction.atomic
def approve_profile(change: ExhibitorChange, *, by, reason: str = "", seen: str | None = None) -> Exhibitor:
    """Let the exhibitor say what was proposed, and nothing else. ``seen`` is what was looked at."""
    exhibitor, change = _held(change)
    require_waiting(change)
    refuse_unseen(change, seen, content_of_profile_change(change))
    content = content_of_profile_change(change)
    told_as = CHANGE_FIRST_APPROVED
    if not approved_twice(
        change, exhibitor, EXHIBITORS, by=by, content=content, reason=reason, told_as=told_as, about=exhibitor
    ):
        return exhibitor
    changes = told_changes(change)
    wish = as_wanted(exhibitor, change)
    try:
        for name in change.wanted:
            setattr(exhibitor, name, getattr(wish, name))
    except ObjectDoesNotExist as gone:
        raise CurationError(
            _("Pilihan di usulan ini sudah dihapus: kembalikan agar pemiliknya memilih lagi.")
        ) from gone
    exhibitor.save(update_fields=list(change.wanted))
    forget_first(change)
    change.delete()
    decision = log(exhibitor, CHANGE_PROPOSED, CHANGE_APPROVED, by=by, reason=reason, changes=changes)
    _tell(exhibitor, decision)
    return exhibitor


@transaction.atomic
def return_profile(
    change: ExhibitorChange, *, by, reason: str = "", notes: dict[str, str] | None = None
) -> ExhibitorChange:
    """Ask its owner to mend what was proposed; it stays proposed, and the exhibitor as it was."""
    exhibitor, change = _held(change)
    require_waiting(change)
    notes = proposals.give_back(change, reason=reason, notes=notes)
    decision = log(exhibitor, CHANGE_PROPOSED, CHANGE_RETURNED, by=by, reason=change.reason, notes=notes)
    _tell(exhibitor, decision, notes=proposal_notes(change))
    return change


@transaction.atomic
def reject_profile(change: ExhibitorChange, *, by, reason: str) -> Exhibitor:
    """Drop what was proposed, telling its owner why; the exhibitor stays as it was."""
    exhibitor, change = _held(change)
    if not reason.strip():
        raise CurationError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
    changes = told_changes(change)
    forget_first(change)
    change.delete()
    decision = log(exhibitor, CHANGE_PROPOSED, CHANGE_REJECTED, by=by, reason=reason.strip(), changes=changes)
    _tell(exhibitor, decision)
    return exhibitor


def told_changes(change: ExhibitorChange) -> dict[str, list]:
    """Field → what it says and what it shall say, for the log; photos by their ids."""
    exhibitor, told = change.exhibitor, {}
    wish = as_wanted(exhibitor, change)
    for name in changed_columns(change):
        if name == "banner":
            told[name] = [[exhibitor.banner_id or 0], [wish.banner_id or 0]]
        else:
            now, wanted = text_of(exhibitor, name), text_of(wish, name)
            told[name] = ["" if text is None else str(text) for text in (now, wanted)]
    return told


def changed_columns(change: ExhibitorChange) -> list[str]:
    """The columns that would really change, in the order of the registration."""
    return [name for name in CURATED_COLUMNS if name in change.wanted and change.wanted[name] != change.base.get(name)]


def _held(change: ExhibitorChange) -> tuple[Exhibitor, ExhibitorChange]:
    exhibitor = locked(change.exhibitor)
    found = ExhibitorChange.objects.select_for_update(of=("self",)).filter(pk=change.pk).first()
    if found is None:
        raise CurationError(_("Usulan ini sudah tidak ada: ditarik kembali, atau sudah diputuskan."))
    found.exhibitor = exhibitor
    return exhibitor, found


def _drop(change: ExhibitorChange, *, by) -> None:
    forget_first(change)
    change.delete()
    log(change.exhibitor, CHANGE_PROPOSED, CHANGE_WITHDRAWN, by=by)


def _tell(exhibitor: Exhibitor, decision, notes=()) -> None:
    context = {"decision": decision, "notes": notes}
    tell_people(exhibitor, "exhibitors/mail/change_decided", context, key=f"decision:{decision.pk}")


def _of_wish(field: Notable) -> Notable:
    """The same field, read of what is proposed."""

    def wish(change: ExhibitorChange) -> Exhibitor:
        return as_wanted(change.exhibitor, change)

    text = field.text and (lambda change: field.text(wish(change)))
    return replace(field, value=lambda change: field.value(wish(change)), text=text)


def register_profile_notes() -> None:
    """After the exhibitor's own: curators write notes at the same fields of a proposal."""
    names = {*CURATED_COLUMNS, "place"}
    fields = [field for field in notable(Exhibitor) if field.name in names]
    register_notable(ExhibitorChange._meta.model_name, [_of_wish(field) for field in fields])
