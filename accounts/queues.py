"""What waits for staff: apps register their queues, the start page of the admin shows them, oldest first."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

Load = Callable[[], tuple[int, dt.datetime | None]]


@dataclass(frozen=True)
class Queue:
    label: Any
    permission: str
    url_name: str
    query: str
    order: int
    load: Load
    start: str = ""


@dataclass(frozen=True)
class ShownQueue:
    label: Any
    url: str
    count: int
    oldest: dt.datetime | None
    start: str = ""


_queues: dict[str, Queue] = {}


def register_queue(
    name: str, label, *, permission: str, url_name: str, query: str, order: int, load: Load, start: str = ""
) -> None:
    """Add a queue. ``load()`` gives how many wait and since when, by one indexed query; ``query`` filters the list.

    ``start`` names the page that leads through the queue one by one, if there is one."""
    _queues[name] = Queue(label, permission, url_name, query, order, load, start)


def queues_for(user) -> list[ShownQueue]:
    """The queues that this user may work on, empty ones included."""
    shown = []
    for queue in sorted(_queues.values(), key=lambda queue: queue.order):
        if user.has_perm(queue.permission):
            count, oldest = queue.load()
            start = reverse(queue.start) if queue.start and count else ""
            shown.append(ShownQueue(queue.label, f"{reverse(queue.url_name)}?{queue.query}", count, oldest, start))
    return shown
