"""gunicorn as the product runs it, for the product and for the floor."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.cpu import children, megabytes
from bench.load import Request, send

WORKERS = 2


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def worker_megabytes(self) -> dict[str, float]:
        """The largest of the workers: all it holds (``resident``), and its part when shared pages are divided
        (``share``). ``each``: the whole server with its parent process, divided by the workers."""
        workers = [megabytes(pid) for pid in children(self.pid)]
        whole = megabytes(self.pid)["share"] + sum(worker["share"] for worker in workers)
        largest = {key: max(worker[key] for worker in workers) for key in ("resident", "share")}
        return largest | {"each": whole / len(workers)}


@contextlib.contextmanager
def gunicorn(settings_module: str) -> Iterator[Server]:
    """Two workers serving ``settings_module`` on a free port, until the block ends; options as in the Dockerfile."""
    port = free_port()
    options = f"--bind 127.0.0.1:{port} --workers {WORKERS} --preload --no-control-socket --log-level warning"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "expo.wsgi", *options.split()],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings_module, "PORT": str(port)},
    )
    with stopped_afterwards(process):
        wait_for(port, process)
        yield Server(port, process.pid)


@contextlib.contextmanager
def stopped_afterwards(process: subprocess.Popen) -> Iterator[None]:
    try:
        yield
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
    raise RuntimeError("the server does not answer")
