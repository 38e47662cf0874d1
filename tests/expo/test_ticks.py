"""Ticks that were overtaken do nothing, and a queue that nobody serves is seen."""

import datetime as dt
import time

import pytest
from celery import shared_task
from redis import RedisError

from expo import ticks
from expo.celery import app
from expo.queues import COUNTING, MINUTE, QUEUES, QUICK, SCHEDULE
from expo.runtime.children import wait_until
from expo.store import redis_client
from expo.ticks import note, silent_queues

TICK = "tests.expo.test_ticks.tick"
runs: list[str] = []


@shared_task(name=TICK)
def tick() -> None:
    runs.append("run")


@pytest.fixture(autouse=True)
def scheduled(monkeypatch):
    runs.clear()
    monkeypatch.setitem(SCHEDULE, TICK, {"task": TICK, "schedule": MINUTE, "options": {"expires": 900}})


def deliver(*, sent: float | None) -> None:
    """What a worker does with a message: of the scheduler, sent so many seconds ago, or (None) of somebody who asks."""
    expires = sent and dt.datetime.fromtimestamp(time.time() - sent + 900, dt.UTC).isoformat()
    task = app.tasks[TICK]
    task.push_request(called_directly=False, expires=expires)
    try:
        task()
    finally:
        task.pop_request()


def test_of_ticks_that_waited_together_one_works():
    for seconds in (180, 120, 60):
        deliver(sent=seconds)
    assert len(runs) == 1


def test_a_tick_that_was_sent_since_works():
    deliver(sent=60)
    note("begun", "tests.expo.another")
    deliver(sent=-1)  # a clock that is ahead
    assert len(runs) == 2


def test_whoever_asks_is_not_overtaken():
    deliver(sent=60)
    deliver(sent=None)
    assert len(runs) == 2


def test_as_a_function_it_is_one():
    tick()
    tick()
    assert len(runs) == 2
    assert not redis_client().exists(ticks.KEY)


def test_without_the_store_ticks_go_on(monkeypatch):
    def away():
        raise RedisError

    monkeypatch.setattr(ticks, "redis_client", away)
    deliver(sent=60)
    deliver(sent=60)
    assert len(runs) == 2
    assert silent_queues() == []


def ago(minutes: float) -> float:
    return time.time() - 60 * minutes


def noted(**moments: float) -> None:
    """``begun`` and ``ended`` of a task that counts at length, and nothing but the last of the quick ones now."""
    redis_client().hset(ticks.KEY, "ended:visits.tasks.flush_visits", repr(time.time()))
    for what, minutes in moments.items():
        redis_client().hset(ticks.KEY, f"{what}:reports.tasks.send_recaps", repr(ago(minutes)))


def silent() -> dict[str, float]:
    """Silent queues and since how many minutes."""
    now = dt.datetime.now(dt.UTC)
    return {one.queue: round((now - one.since) / dt.timedelta(minutes=1)) for one in silent_queues()}


def test_a_queue_that_nobody_serves_is_silent_since_the_last_sign():
    noted(begun=21, ended=20)
    assert silent() == {COUNTING: 20}


def test_who_counts_for_long_is_there_as_long_as_it_may_take():
    noted(ended=31, begun=30)
    assert silent() == {}
    noted(ended=101, begun=100)
    assert silent() == {COUNTING: 100}


def test_nobody_is_missed_before_somebody_could_have_come():
    assert silent() == {}
    for queue in QUEUES:
        redis_client().hset(ticks.KEY, f"awaited:{queue.name}", repr(ago(16)))
    assert silent() == {QUICK: 16, COUNTING: 16}
    noted(ended=1)
    assert silent() == {}


@pytest.mark.django_db(transaction=True)
def test_real_workers_take_what_is_theirs(celery_worker_process):
    """The worker of the quick queue leaves what counts at length where it is; the other one takes it."""
    from reports.tasks import check_seals
    from visits.tasks import flush_visits

    def done(name: str) -> bool:
        return bool(redis_client().hexists(ticks.KEY, f"ended:{name}"))

    quick = celery_worker_process("--queues", QUICK)
    check_seals.delay()
    flush_visits.delay()
    assert wait_until(lambda: done("visits.tasks.flush_visits"), 60), quick.log.read_text()
    assert not redis_client().hexists(ticks.KEY, "begun:reports.tasks.check_seals")
    counting = celery_worker_process("--queues", COUNTING, "--hostname", "counting@%h")
    assert wait_until(lambda: done("reports.tasks.check_seals"), 60), counting.log.read_text()
