"""The daily walk along the chain, in steps: whoever takes the next one goes on where the last one stopped.

A step is some rows, held against their fingerprints, one recap, counted from its entries, or a part of what is held
against the book of seals. It is kept in the
transaction that looked, with the mark of what differs (``recount.py``); so a worker that is killed loses one step, and
no step is kept twice. One worker walks at a time. A step that is broken off again and again is passed, and told of: a
walk ends (docs/adr/0184).
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from reports.book import altered
from reports.book.checking import ENTRIES, HEADS, Difference, of_entries
from reports.checks import conclude, tell_if_late, tell_so_far
from reports.consistent import consistent_reading
from reports.errors import BusyError
from reports.models import BookLine, Recap, SealCheck, SealWalk
from reports.recount import alone_with, count_again
from reports.verify import PARTS

EVERY = dt.timedelta(days=1)
# One tick's share of a walk; the next tick goes on. A step that takes longer is taken to its end.
SECONDS_PER_TICK = 40
MOST_TRIES = 5
RECAPS = "recaps"
# First what is not as it was written: recaps that count it are in doubt.
ORDER = (*altered.PARTS, RECAPS, *PARTS)
STEP_LOCK = 0x554B4D57414C4B  # "UKMWALK"
BEGIN_LOCK = 0x554B4D424547  # "UKMBEG"
SERIALIZATION_FAILURE = "40001"


def walk_when_due(now: dt.datetime | None = None, *, seconds: float = SECONDS_PER_TICK) -> SealCheck | None:
    """The tick: go on with the walk that is under way, or begin one if none was for a day. Its end, if it came."""
    now = now or timezone.now()
    tell_if_late(now)
    if _is_due(now):
        with _one_begins():
            if _is_due(now):
                SealWalk.objects.create(begun_at=now, part=ORDER[0])
    return go_on(seconds=seconds)


def ask_for_walk(*, by) -> SealWalk:
    """Have the chain walked now by a worker: the walk that is under way, or a new one."""
    from reports.tasks import check_seals

    walk = _under_way(by)
    # If the queue is down, the minute's tick takes it up.
    transaction.on_commit(check_seals.delay, robust=True)
    return walk


def check_seals(*, by=None) -> SealCheck | None:
    """Walk the whole chain now. None if another worker walks it."""
    _under_way(by)
    return go_on(seconds=float("inf"))


def go_on(*, seconds: float) -> SealCheck | None:
    """Take steps of the open walk until the time is used up, it ends, or another worker is at it."""
    deadline = time.monotonic() + seconds
    while walk := SealWalk.objects.filter(is_open=True).first():
        if not _take_step(walk):
            return None
        walk.refresh_from_db()
        if walk.outcome:
            return walk.outcome
        if time.monotonic() > deadline:
            tell_so_far(walk)
            return None
    return None


def _under_way(by) -> SealWalk:
    with _one_begins():
        walk = SealWalk.objects.filter(is_open=True).first()
        return walk or SealWalk.objects.create(begun_at=timezone.now(), part=ORDER[0], by=by)


def _is_due(now: dt.datetime) -> bool:
    last = SealWalk.objects.first()
    if last is None:
        return True
    # One that would begin later was put there by hand.
    return not last.is_open and not (now - EVERY < last.begun_at <= now + EVERY)


def _take_step(walk: SealWalk) -> bool:
    """Whether one was taken, by us or by another worker; False while another one is at it."""
    with transaction.atomic():
        if not _alone():
            return False
        if not _still_at(walk):
            return True
        SealWalk.objects.filter(pk=walk.pk).update(tries=walk.tries + 1)
    try:
        with _reading(walk.part):
            if not _alone():
                return False
            if _still_at(walk):
                _advance(walk)
    except BusyError:  # somebody who is about to send the recap counts it
        SealWalk.objects.filter(pk=walk.pk).update(tries=walk.tries)
        return False
    except OperationalError as error:
        # The walk moved on between what we see and our lock.
        if getattr(error.__cause__, "sqlstate", "") != SERIALIZATION_FAILURE:
            raise
    return True


def _reading(part: str) -> AbstractContextManager:
    """What was noted changes no more, a recap is read in one statement, and the store knows of the newest lines. Other
    parts ask several."""
    return transaction.atomic() if part in (*altered.PARTS, RECAPS, ENTRIES, HEADS) else consistent_reading()


def _advance(walk: SealWalk) -> None:
    step = _next_step(walk)
    if walk.tries < MOST_TRIES:
        found = step.look()
    else:
        found = [(step.name, f"could not be checked: broken off {walk.tries} times")]
    walk.findings = [*walk.findings, *({"number": name, "what": what} for name, what in found)]
    walk.tries, walk.stepped_at = 0, timezone.now()
    if step.reached is not None:
        walk.reached = step.reached
        walk.recaps += walk.part == RECAPS
    elif walk.part != ORDER[-1]:
        walk.part, walk.reached = ORDER[ORDER.index(walk.part) + 1], 0
    else:
        conclude(walk)
    walk.save(update_fields=["findings", "tries", "stepped_at", "reached", "recaps", "part", "is_open", "outcome"])


class Step(NamedTuple):
    """What is looked at, and how. ``reached`` is where the walk is then; None where the part is over."""

    name: str
    reached: int | None
    look: Callable[[], list[Difference]]


def _next_step(walk: SealWalk) -> Step:
    if walk.part in altered.PARTS:
        if look := altered.next_look(walk.part, walk.reached):
            return Step(look.name, look.reached, partial(_keep_altered, walk, look))
        return Step(walk.part, None, partial(_nothing_behind, walk))
    if walk.part == RECAPS:
        if recap := Recap.objects.filter(pk__gt=walk.reached).order_by("pk").only("number").first():
            return Step(recap.number, recap.pk, partial(_look_at, recap))
    elif walk.part == ENTRIES:
        lines = BookLine.objects.filter(kind=ENTRIES, position__gt=walk.reached)
        if line := lines.order_by("position").first():
            return Step(f"book of seals, line {line.position}", line.position, lambda: list(of_entries(line)))
    else:
        return Step(f"book of seals, {walk.part}", None, lambda: list(PARTS[walk.part]()))
    return Step(walk.part, None, list)


def _keep_altered(walk: SealWalk, look: altered.Look) -> list[Difference]:
    found = look.find()
    altered.keep(found, part=walk.part, after=walk.reached, upto=look.reached)
    return [(one.name, one.what) for one in found]


def _nothing_behind(walk: SealWalk) -> list[Difference]:
    altered.forget_behind(walk.part, walk.reached)
    return []


def _look_at(recap: Recap) -> list[Difference]:
    if not alone_with(recap):
        raise BusyError(recap.number)
    differs = count_again(recap, walking=True).differs
    return [(recap.number, differs)] if differs else []


def _still_at(walk: SealWalk) -> bool:
    return SealWalk.objects.filter(pk=walk.pk, is_open=True, part=walk.part, reached=walk.reached).exists()


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [STEP_LOCK])
        return cursor.fetchone()[0]


@contextmanager
def _one_begins() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BEGIN_LOCK])
        yield
