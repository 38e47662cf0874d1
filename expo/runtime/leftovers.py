"""Processes of an earlier run whose supervisor was killed, found by a mark in their environment."""

import os
import signal
from pathlib import Path

from expo.runtime.children import wait_until
from expo.runtime.paths import Layout

MARK = "EXPO_SUPERVISED_BY"


def mark(layout: Layout) -> dict[str, str]:
    return {MARK: str(layout.state)}


def find(layout: Layout) -> list[int]:
    """Ids of marked processes of this checkout, our own excepted. Empty where there is no /proc."""
    entry = f"{MARK}={layout.state}".encode()
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if entry in environ.read_bytes().split(b"\0"):
                found.append(int(environ.parent.name))
        except (OSError, ValueError):
            continue
    return [pid for pid in found if pid != os.getpid()]


def remove(layout: Layout) -> int:
    """End them, gently first; returns how many there were. Most have ended by their death signal already."""
    first = find(layout)
    wait_until(lambda: not find(layout), 3 if first else 0)
    for number, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        for pid in find(layout):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        if wait_until(lambda: not find(layout), seconds):
            break
    return len(first)
