"""When the scheduler's tasks were begun and ended: ticks that were overtaken do nothing, and a queue that nobody serves
is seen.

A worker that is busy for long finds as many ticks of each task waiting as minutes have passed. The first does what is
due; those that were sent before it was begun have nothing to add. So every task has its turn, in the order in which
they were sent, however long one of them takes.

It is kept in the store: what is forgotten with it is known again after a minute.
"""

import datetime as dt
import logging
import time
from dataclasses import dataclass

from celery import Task
from django.conf import settings
from redis import RedisError

from expo.queues import QUEUES, SCHEDULE, ticks_of
from expo.store import redis_client

logger = logging.getLogger(__name__)
KEY = "expo:ticks"
# Longer than a minute's tick of the quick queue ever takes, and shorter than anybody should go without.
SILENCE = dt.timedelta(minutes=15)


class Tick(Task):
    """What is common to all tasks; it concerns those that the scheduler asks for."""

    def __call__(self, *args, **kwargs):
        if self.request.called_directly or self.name not in SCHEDULE:
            return self.run(*args, **kwargs)
        if is_overtaken(self.name, self.request.expires):
            return None
        note("begun", self.name)
        try:
            return self.run(*args, **kwargs)
        finally:
            note("ended", self.name)


def is_overtaken(task: str, expires: str | None) -> bool:
    """Whether the task was begun after the scheduler sent this one. What somebody asked for never expires."""
    if expires is None:
        return False
    sent = dt.datetime.fromisoformat(expires).timestamp() - SCHEDULE[task]["options"]["expires"]
    return _noted().get(f"begun:{task}", 0.0) > sent


def note(what: str, name: str) -> None:
    try:
        redis_client().hset(KEY, f"{what}:{name}", repr(time.time()))
    except RedisError:
        logger.exception("not noted: %s %s", what, name)


@dataclass(frozen=True, slots=True)
class Silence:
    """A queue that nobody serves, and the last sign of somebody who did."""

    queue: str
    since: dt.datetime


def silent_queues() -> list[Silence]:
    """Nothing while the store is away: then it is known otherwise (/healthz/)."""
    noted, now = _noted(), time.time()
    found = []
    for queue in (queue.name for queue in QUEUES):
        last = _last_sign(queue, noted, now)
        if last is None:  # nobody was ever seen: from now on somebody is expected
            note("awaited", queue)
        elif now - last > SILENCE.total_seconds():
            found.append(Silence(queue, dt.datetime.fromtimestamp(last, dt.UTC)))
    return found


def _last_sign(queue: str, noted: dict[str, float], now: float) -> float | None:
    signs = [noted[f"awaited:{queue}"]] if f"awaited:{queue}" in noted else []
    for task in ticks_of(queue):
        begun, ended = noted.get(f"begun:{task}"), noted.get(f"ended:{task}")
        signs += [moment for moment in (begun, ended) if moment is not None]
        if begun is not None and (ended is None or ended < begun) and now - begun < _limit(task):
            return now  # it is under way
    return max(signs, default=None)


def _limit(task: str) -> float:
    """How long it may take, in seconds."""
    from expo.celery import app

    return getattr(app.tasks.get(task), "time_limit", None) or settings.CELERY_TASK_TIME_LIMIT


def _noted() -> dict[str, float]:
    try:
        found = redis_client().hgetall(KEY)
    except RedisError:
        return {}
    return {name.decode(): float(moment) for name, moment in found.items()}  # type: ignore[union-attr]
