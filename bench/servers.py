"""gunicorn as the product runs it, for the product and for the floor."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.load import Request, send

WORKERS = 2


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def worker_megabytes(self) -> float:
        """The largest resident set among the workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
        return max(int(re.search(r"VmRSS:\s+(\d+)", status)[1]) for status in statuses) / 1024


@contextlib.contextmanager
def gunicorn(settings_module: str) -> Iterator[Server]:
    """Two workers serving ``settings_module`` on a free port, until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *f"-m gunicorn expo.wsgi --bind 127.0.0.1:{port} -w {WORKERS} --log-level warning".split()],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings_module, "PORT": str(port)},
    )
    try:
        wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            send(port, Request("/"))
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
