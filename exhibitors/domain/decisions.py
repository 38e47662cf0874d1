"""Deciding about exhibitors and products: one way through the table of transitions, one log, one notice.

Whoever approves says what was seen, by its fingerprint: what its owner changed meanwhile is not approved unseen.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.notes import clean_notes, digests, snapshot
from exhibitors.models import Decision, Exhibitor, FirstApproval
from exhibitors.states import CHANGE_APPROVED, CHANGE_FIRST_APPROVED, FIRST_APPROVED, LOGGED, TRANSITIONS, CurationState
from expo.errors import DomainError
from expo.mail import queue_mail

Curated = TypeVar("Curated", bound=Model)
# After these the curators have looked: what they saw is kept, to show what changed since.
JUDGED = frozenset(
    {CurationState.APPROVED, CurationState.RETURNED, CurationState.REJECTED, CurationState.SUSPENDED, CHANGE_APPROVED}
)
NEEDS_REASON = frozenset({CurationState.RETURNED, CurationState.REJECTED, CurationState.SUSPENDED})


class CurationError(DomainError):
    """The move is not possible, or lacks what it needs."""


class ChangedMeanwhileError(CurationError):
    """What was seen is not what stands there now."""


def fingerprint(subject, names: tuple[str, ...], *more) -> str:
    """The values of these fields, and ``more``, as a short text; the same values give the same."""
    values = [subject._meta.get_field(name).value_from_object(subject) for name in names]
    return hashlib.sha256(json.dumps([values, more], default=str).encode()).hexdigest()[:32]


def refuse_unseen(subject, seen: str | None, now: str) -> None:
    """Raises ChangedMeanwhileError unless what was ``seen`` stands there ``now``; None is whoever needn't look."""
    if seen is not None and seen != now:
        raise ChangedMeanwhileError(
            _("“%(subject)s” diubah sesudah Anda membukanya. Belum ada yang disetujui: periksa isinya yang baru.")
            % {"subject": subject}
        )


def locked(subject: Curated) -> Curated:
    """The row as it is now, locked until the transaction ends."""
    return type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)


def decide(
    subject, after: str, *, by, reason: str = "", fields: tuple[str, ...] = (), notes: dict[str, str] | None = None
) -> Decision:
    """Move a locked exhibitor or product to ``after`` and log it. Call inside a transaction.

    ``fields`` were changed by the caller and are written with the state. ``notes`` say what to mend, by field; they
    stand for a reason. Raises CurationError.
    """
    before = subject.state
    require_move(subject, after)
    reason, notes = reason.strip(), clean_notes(subject, notes or {})
    if after in NEEDS_REASON and not reason and not notes:
        raise CurationError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
    subject.state = after
    subject.save(update_fields=["state", *fields])
    forget_first(subject)
    return log(subject, before, after, by=by, reason=reason, notes=notes)


def require_move(subject, after: str) -> None:
    """Raises CurationError unless the table of transitions leads there."""
    if after not in getattr(subject, "transitions", TRANSITIONS)[subject.state]:
        raise CurationError(
            _("“%(subject)s” berstatus “%(before)s”, tidak dapat menjadi “%(after)s”.")
            % {"subject": subject, "before": LOGGED[subject.state], "after": LOGGED[after]}
        )


def forget_first(*subjects) -> None:
    """After any decision about them (all of one model): what one person approved waits for no second any more."""
    for model_name in {subject._meta.model_name for subject in subjects}:
        keys = [subject.pk for subject in subjects]
        FirstApproval.objects.filter(subject_type=model_name, subject_id__in=keys).delete()


def log(
    subject,
    before: str,
    after: str,
    *,
    by,
    reason: str = "",
    notes: dict[str, str] | None = None,
    changes: dict[str, list] | None = None,
) -> Decision:
    """One line about this subject. ``changes``: field → what it said before and says now, as people read it."""
    line = _line(subject, before, after, by=by)
    line.reason, line.notes, line.changes = reason, notes or {}, changes or {}
    line.noted = digests(subject, notes) if notes else {}
    line.content = snapshot(subject) if after in JUDGED else {}
    line.save()
    return line


def log_many(moves: Iterable[tuple], *, by) -> None:
    """A line for each (subject, before, after) that nobody judged; a fourth part is its ``changes``."""
    Decision.objects.bulk_create([_line(*move, by=by) for move in moves], batch_size=500)


def _line(subject, before: str, after: str, changes: dict[str, list] | None = None, *, by) -> Decision:
    return Decision(
        subject_type=subject._meta.model_name,
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        before=before,
        after=after,
        changes=changes or {},
        decided_by=by,
    )


def latest_decision(subject) -> Decision | None:
    """The last move in the log about this exhibitor or product: where it stands, and why.

    Lines that move nothing (a bank account, people, a telephone number) are no answer to that.
    """
    return (
        Decision.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk)
        .exclude(before=F("after"))
        .exclude(after__in=[FIRST_APPROVED, CHANGE_FIRST_APPROVED])
        .order_by("-decided_at", "-pk")
        .first()
    )


def tell_people(exhibitor: Exhibitor, template: str, context: dict, *, key: str) -> None:
    """Mail everyone who works for the exhibitor, in their language; once for each key."""
    for membership in exhibitor.memberships.select_related("user").filter(user__is_active=True):
        queue_mail(
            to=membership.user.email,
            template=template,
            context={"exhibitor": exhibitor, "person": membership.user, **context},
            language=membership.user.language,
            key=f"{key}:{membership.user_id}",
        )
