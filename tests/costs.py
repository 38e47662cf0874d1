"""What tests cost, in seconds of processor time: `pytest --costs tests/orders` (in one process, without -n).

The clock says little where processors are shared. Counted is whatever this run used: its own process, the database,
browsers, workers and all other processes it began, also those that have ended since.
"""

import contextlib
import os
import time
from collections import Counter
from pathlib import Path

import pytest

TICK = os.sysconf("SC_CLK_TCK")
KINDS = {
    "postgres": "database", "valkey-server": "store", "chrom": "browser", "headless_shell": "browser",
    "node": "browser", "MainThread": "browser",
}  # fmt: skip
SHOWN = 40


class Costs:
    def __init__(self):
        self.spent: dict[tuple[str, str], Counter] = {}  # by test and phase

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        return (yield from self.counted(item, "setup"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        return (yield from self.counted(item, "call"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item):
        return (yield from self.counted(item, "teardown"))

    def counted(self, item, phase):
        before = used()
        try:
            return (yield)
        finally:
            now = used()
            now.subtract(before)
            self.spent[item.nodeid, phase] = now

    def pytest_terminal_summary(self, terminalreporter):
        tests, folders, phases, kinds = Counter(), Counter(), Counter(), Counter()
        for (nodeid, phase), spent in self.spent.items():
            seconds = spent.total()
            tests[nodeid] += seconds
            folders[os.path.dirname(nodeid.partition("::")[0])] += seconds
            phases[phase] += seconds
            kinds.update(spent)
        terminalreporter.section("seconds of processor time")
        for counts in (phases, kinds, folders, tests):
            for name, seconds in counts.most_common(SHOWN):
                terminalreporter.write_line(f"{seconds:9.2f}  {name}")
            terminalreporter.write_line("")


def used() -> Counter:
    """Seconds so far by what used them."""
    counts = Counter({"tests": time.process_time()})
    todo = [os.getpid()]
    while todo:
        pid = todo.pop()
        with contextlib.suppress(OSError, ValueError):
            name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
            own, ended = times(rest.split())
            kind = kind_of(name)
            counts["processes" if pid == os.getpid() else kind] += ended
            if pid != os.getpid():
                counts[kind] += own
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
    return counts


def times(fields: list[str]) -> tuple[float, float]:
    """Of the process itself, and of its children that have ended."""
    user, system, ended_user, ended_system = (int(text) / TICK for text in fields[11:15])
    return user + system, ended_user + ended_system


def kind_of(name: str) -> str:
    return next((kind for start, kind in KINDS.items() if name.startswith(start)), "processes")
