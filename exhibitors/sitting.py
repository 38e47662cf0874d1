"""What is put aside in a sitting of curation, until the rest of the queue is done.

``put_aside``: by one person for that person, remembered in the session. ``set_apart``: for everybody who decides many
at once, as it is to be looked at by itself; remembered in the store. Both end with the day of work, when they are taken
back, or for what its owner hands in anew.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from redis import RedisError

from expo.store import redis_client

LASTS = dt.timedelta(hours=8)
MOST = 2_000  # of a queue; what was put aside first comes back

Moments = dict[int, dt.datetime]  # by key, when it was put aside


def put_aside(request, queue: str, keys: Iterable[int]) -> None:
    now = timezone.now().timestamp()
    kept = {**_kept(request, queue), **{str(key): now for key in keys}}
    request.session[_name(queue)] = dict(list(kept.items())[-MOST:])


def aside(request, queue: str) -> Moments:
    return {int(key): _moment(at) for key, at in _kept(request, queue).items()}


def take_back(request, queue: str) -> None:
    request.session.pop(_name(queue), None)


def set_apart(queue: str, keys: Iterable[int]) -> None:
    scores = {str(key): timezone.now().timestamp() for key in keys}
    if not scores:
        return
    try:
        redis_client().zadd(_shared(queue), scores)
        redis_client().expire(_shared(queue), LASTS)
    except RedisError:
        pass  # it is shown once more


def apart(queue: str) -> Moments:
    try:
        found = redis_client().zrangebyscore(_shared(queue), _oldest(), "+inf", withscores=True)
    except RedisError:
        return {}
    return {int(key): _moment(at) for key, at in found}


def join_again(queue: str, keys: Iterable[int]) -> None:
    """These, if set apart, are shown with the others."""
    members = [str(key) for key in keys]
    if not members:
        return
    try:
        redis_client().zrem(_shared(queue), *members)
    except RedisError:
        pass


def not_handed_in_since(found: Mapping[int, dt.datetime], waiting: QuerySet[Any], since: str) -> set[int]:
    """Those of ``found`` that wait as they did when they were put aside, by the column ``since``."""
    if not found:
        return set()
    rows = waiting.filter(pk__in=found).order_by().values_list("pk", since)
    return {pk for pk, at in rows if at is None or at <= found[pk]}


def _kept(request, queue: str) -> dict[str, float]:
    return {key: at for key, at in request.session.get(_name(queue), {}).items() if at > _oldest()}


def _oldest() -> float:
    return (timezone.now() - LASTS).timestamp()


def _moment(at: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, dt.UTC)


def _name(queue: str) -> str:
    return f"aside:{queue}"


def _shared(queue: str) -> str:
    return f"expo:curating:apart:{queue}"
