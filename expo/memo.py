"""Answers that a process remembers for some seconds: for what every page needs and what seldom changes.

Asking the store takes a third of a millisecond, a tenth of a page. Only for what may be that old wherever it is shown,
as public pages may (``expo.public``); what can be bought is never remembered.
"""

import time
from collections.abc import Callable, Hashable
from functools import wraps

_memories: list[dict] = []
MISSING = (0.0, None)


def remembered(seconds: float, *, most: int = 1000) -> Callable[[Callable], Callable]:
    """For functions of hashable positional arguments. ``most``: how many answers are kept."""

    def decorate(function: Callable) -> Callable:
        memory: dict[Hashable, tuple[float, object]] = {}
        _memories.append(memory)

        @wraps(function)
        def asked(*args):
            until, answer = memory.get(args, MISSING)
            now = time.monotonic()
            if until <= now:
                answer = function(*args)
                if len(memory) >= most:
                    memory.clear()
                memory[args] = now + seconds, answer
            return answer

        return asked

    return decorate


def forget() -> None:
    """Everything, at once: for tests."""
    for memory in _memories:
        memory.clear()
