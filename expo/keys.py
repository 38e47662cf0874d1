"""Keys of rows as addresses and forms carry them: what is no key is as good as none."""

from collections.abc import Iterable

DIGITS = 18  # more don't fit a column of keys, and the database would refuse the question


def keys_in(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) <= DIGITS]


def key_in(text: str) -> int | None:
    return next(iter(keys_in([text])), None)
