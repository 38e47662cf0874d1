"""HyperLogLog sketches in the format of Redis: made, merged and read by the store itself."""

import uuid
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from expo.store import redis_client

ERROR_BASIS_POINTS = 81  # the standard error that Redis states for its sketches: 0.81%
CHUNK = 1000
Name = TypeVar("Name", bound=Hashable)


def sketch_of(visitors: Iterable[str]) -> bytes:
    store, key = redis_client(), _scratch()
    try:
        for chunk in _chunks(visitors):
            store.pfadd(key, *chunk)
        return bytes(store.get(key) or b"")  # type: ignore[arg-type]
    finally:
        store.delete(key)


def merged(sketches: Sequence[bytes]) -> bytes:
    """The sketch of everyone in any of ``sketches``, which must come from one salt."""
    sketches = [bytes(sketch) for sketch in sketches if sketch]
    if len(sketches) < 2:
        return sketches[0] if sketches else b""
    return _on_scratch(sketches, lambda pipe, keys: (pipe.pfmerge(keys[0], *keys), pipe.get(keys[0])))


def unique(sketches: Sequence[bytes]) -> int:
    """How many different visitors, within 0.81% standard error."""
    sketches = [bytes(sketch) for sketch in sketches if sketch]
    return _on_scratch(sketches, lambda pipe, keys: pipe.pfcount(*keys)) if sketches else 0


def merged_each(groups: Mapping[Name, Sequence[bytes]]) -> dict[Name, bytes]:
    """Each group's sketch of everyone in any of its sketches."""
    several = {name: sketches for name, sketches in groups.items() if len(sketches) > 1}
    found = {name: bytes(sketches[0]) for name, sketches in groups.items() if len(sketches) == 1}
    return found | _each(several, lambda pipe, keys: (pipe.pfmerge(keys[0], *keys), pipe.get(keys[0])))


def unique_each(groups: Mapping[Name, Sequence[bytes]]) -> dict[Name, int]:
    """How many different visitors each group has, within 0.81% standard error."""
    return _each(groups, lambda pipe, keys: pipe.pfcount(*keys))


def sketch_each(groups: Mapping[Name, Sequence[str]]) -> dict[Name, bytes]:
    """The sketch of each group of visitors."""
    found: dict[Name, bytes] = {}
    for names in _chunks(groups):
        keys = {name: _scratch() for name in names}
        pipe = redis_client().pipeline(transaction=False)
        for name, key in keys.items():
            for visitors in _chunks(groups[name]):
                pipe.pfadd(key, *visitors)
            pipe.expire(key, 60)
        for key in keys.values():
            pipe.get(key)
        pipe.delete(*keys.values())
        found |= dict(zip(names, pipe.execute()[-len(names) - 1 : -1], strict=True))
    return found


def _each(groups: Mapping[Name, Sequence[bytes]], ask) -> dict[Name, Any]:
    """``ask`` of each group's sketches, a thousand groups a round trip; its last command is the answer."""
    found: dict[Name, Any] = {}
    for names in _chunks(groups):
        pipe, answers = redis_client().pipeline(transaction=False), {}
        for name in names:
            keys = [_scratch() for _ in groups[name]]
            for key, sketch in zip(keys, groups[name], strict=True):
                pipe.set(key, bytes(sketch), ex=60)
            ask(pipe, keys)
            answers[name] = len(pipe) - 1
            pipe.delete(*keys)
        given = pipe.execute()
        found |= {name: given[place] for name, place in answers.items()}
    return found


def _on_scratch(sketches, ask):
    keys = [_scratch() for _ in sketches]
    pipe = redis_client().pipeline(transaction=True)
    for key, sketch in zip(keys, sketches, strict=True):
        pipe.set(key, sketch, ex=60)
    ask(pipe, keys)
    answer = len(pipe)
    pipe.delete(*keys)
    return pipe.execute()[answer - 1]


def _scratch() -> str:
    return f"expo:visits:{{scratch}}:{uuid.uuid4().hex}"


def _chunks(items: Iterable[Name]) -> Iterable[list[Name]]:
    chunk: list[Name] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
