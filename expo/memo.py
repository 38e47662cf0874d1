"""Answers that a process remembers for some seconds: for what every page needs and what seldom changes.

Asking the store takes a third of a millisecond, a tenth of a page. Only for what may be that old wherever it is shown,
as public pages may (``expo.public``); what can be bought is never remembered.
"""

import time
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any

_memories: list[dict] = []
MISSING = (0.0, None)


class Remembered:
    """A function that answers the same to the same for some seconds."""

    def __init__(self, function: Callable, seconds: float, most: int):
        update_wrapper(self, function)
        self.function, self.seconds, self.most = function, seconds, most
        self.memory: dict[Hashable, tuple[float, Any]] = {}
        _memories.append(self.memory)

    def __call__(self, *args):
        until, answer = self.memory.get(args, MISSING)
        now = time.monotonic()
        if until <= now:
            answer = self.function(*args)
            if len(self.memory) >= self.most:
                self.memory.clear()
            self.memory[args] = now + self.seconds, answer
        return answer

    def forget(self, *args) -> None:
        """The answer to these arguments alone, in this process alone."""
        self.memory.pop(args, None)


def remembered(seconds: float, *, most: int = 1000) -> Callable[[Callable], Remembered]:
    """For functions of hashable positional arguments. ``most``: how many answers are kept."""
    return lambda function: Remembered(function, seconds, most)


def forget() -> None:
    """Everything, at once: for tests."""
    for memory in _memories:
        memory.clear()
