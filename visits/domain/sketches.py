"""HyperLogLog sketches in the format of Redis: made, merged and read by the store itself."""

import uuid
from collections.abc import Iterable, Sequence

from expo.store import redis_client

ERROR_BASIS_POINTS = 81  # the standard error that Redis states for its sketches: 0.81%
CHUNK = 1000


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


def _chunks(items: Iterable[str]) -> Iterable[list[str]]:
    chunk: list[str] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
