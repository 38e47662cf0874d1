"""Processor time of processes, from /proc: unlike requests per second it hardly minds what else the machine does."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(parent: int) -> float:
    """What a process and its children have used so far, those that have ended included."""
    own, ended = _times(parent)
    return own + ended + sum(sum(_times(child)) for child in children(parent))


def children(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text().split()]


def _times(pid: int) -> tuple[float, float]:
    """User and system seconds of a process, and of its children that have ended. None left of a process: zeros."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    user, system, children_user, children_system = map(int, fields[11:15])
    return (user + system) / TICKS, (children_user + children_system) / TICKS


def megabytes(pid: int) -> dict[str, float]:
    """Memory of a process: ``resident`` counts what it shares in full, ``share`` (PSS) its fair part of that."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    sizes = dict(re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE))
    return {"resident": int(sizes["Rss"]) / 1024, "share": int(sizes["Pss"]) / 1024}
