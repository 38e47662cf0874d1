"""What staff change by hand in the admin, in the log beside the decisions: who, when, what it said and says now."""

from collections.abc import Iterable

from exhibitors.domain.decisions import log
from exhibitors.domain.notes import as_read
from exhibitors.models import Decision
from exhibitors.states import EDITED

Changes = dict[str, list]


def edits_of(subject, names: Iterable[str]) -> Changes:
    """Column → what its row says and what this instance, not saved yet, is going to say; only where that differs."""
    row = type(subject)._base_manager.get(pk=subject.pk)
    pairs = {name: [str(as_read(one, name) or "") for one in (row, subject)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def log_edit(subject, changes: Changes, *, by, reason: str = "") -> Decision | None:
    """One line that moves nothing (``latest_decision``); none when nothing changed."""
    return log(subject, EDITED, EDITED, by=by, reason=reason.strip(), changes=changes) if changes else None
