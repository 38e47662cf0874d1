"""The supervisor behind `make run`: starts everything, restarts what dies, stops everything."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from expo.queues import COUNTING, QUICK
from expo.runtime import leftovers
from expo.runtime.children import ServiceError, last_lines, spawn, stop, wait_until
from expo.runtime.paths import CHECKOUT, Layout
from expo.runtime.services import FileLock, Services

CRASH_LIMIT = 5  # deaths within CRASH_WINDOW seconds end the run
CRASH_WINDOW = 60
LONGEST_PAUSE = 8
OTHER_RUN_SECONDS = 30


class Stop(BaseException):
    """A signal asked us to end."""


@dataclass
class Program:
    """A program of ours that must stay up."""

    name: str
    command: list[str]
    layout: Layout
    process: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        return self.layout.logs / f"{self.name}.log"

    def start(self) -> None:
        environment = os.environ | leftovers.mark(self.layout) | {"PYTHONUNBUFFERED": "1"}
        self.process = spawn(self.command, log=self.log, cwd=CHECKOUT, env=environment)

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        if self.process:
            stop(self.process, [(signal.SIGTERM, 10)])


class Part(Protocol):
    """What the supervisor keeps up: the two services and our four programs."""

    name: str
    process: subprocess.Popen | None

    @property
    def log(self) -> Path: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Supervisor:
    def __init__(self, layout: Layout, *, host: str, port: int):
        self.layout = layout
        self.host, self.port = host, port
        self.services = Services(layout)
        self.programs = [Program(name, command, layout) for name, command in commands(host, port).items()]
        self.parts: list[Part] = [self.services.postgres, self.services.valkey, *self.programs]
        self.deaths: dict[str, list[float]] = {}
        self.stopping = False

    def run(self) -> int:
        """Until a signal (0) or a failure that restarting does not mend (1)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        lock = FileLock(self.layout.state / "services.lock")
        try:
            self._take(lock)
            self._start_all()
            self._announce()
            self._watch()
        except Stop as signalled:
            print(f"\nStopping ({signalled}) ...", flush=True)
            return 0
        except ServiceError as error:
            print(f"\n{error}", file=sys.stderr, flush=True)
            return 1
        finally:
            self.stopping = True
            self._stop_all()
            if lock.taken:
                leftovers.remove(self.layout)
            lock.release()
        return 0

    def _on_signal(self, number, _frame) -> None:
        if not self.stopping:
            self.stopping = True
            raise Stop(signal.Signals(number).name)

    def _take(self, lock: FileLock) -> None:
        """Wait for an earlier run to end (its parts may be dying), or say that it has not."""
        if not lock.take(seconds=0) and not lock.take(seconds=OTHER_RUN_SECONDS):
            raise ServiceError("This checkout is running already: end it with Ctrl-C there, or kill its `make run`.")
        leftovers.remove(self.layout)
        check_port(self.host, self.port)
        self.layout.address_file.write_text(self.address)  # for links in what our programs and later commands make

    def _start_all(self) -> None:
        step("PostgreSQL", self.services.postgres.start)
        step("Valkey", self.services.valkey.start)
        self._prepare()
        for program in self.programs:
            program.start()
        step("web, workers and scheduler", self._wait_for_web)

    def _prepare(self) -> None:
        command = [sys.executable, "-m", "expo.runtime.prepare"]
        process = spawn(command, cwd=CHECKOUT, env=os.environ | leftovers.mark(self.layout), shown=True)
        try:
            failed = process.wait()
        finally:
            stop(process, [(signal.SIGTERM, 3)])  # with whatever it started itself
        if failed:
            raise ServiceError("Preparing the database and files failed; the lines above say why.")

    def _wait_for_web(self) -> None:
        web = self.programs[0]
        wait_until(lambda: healthy(self.host, self.port) or web.ended(), 60)
        if not healthy(self.host, self.port):
            raise ServiceError(f"The web server does not answer:\n{last_lines(web.log)}")

    @property
    def address(self) -> str:
        shown = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{shown}:{self.port}"

    def _announce(self) -> None:
        address = self.address
        print(f"\nUKM Virtual Expo is open: {address}/  (English: {address}/en/)")
        print(f"Mail that it sends:       {address}/surat/")
        print(f"Administration:           {address}/admin/")
        print(f"Logs:                     {self.layout.logs}")
        sign_ins = self.layout.state / "sign-ins.txt"
        if sign_ins.exists() and sign_ins.read_text():
            print(f"\nSign in at {address}/akun/login/ with")
            print("".join(f"  {line}\n" for line in sign_ins.read_text().splitlines()))
        print("Ctrl-C stops everything.", flush=True)

    def _watch(self) -> None:
        while True:
            for part in self.parts:
                if part.process and part.process.poll() is not None:
                    self._restart(part, part.process.returncode)
            time.sleep(0.3)

    def _restart(self, part: Part, code: int) -> None:
        """Start a dead part again, after a pause that grows; a crash loop ends the run."""
        now = time.monotonic()
        deaths = [moment for moment in self.deaths.get(part.name, []) if now - moment < CRASH_WINDOW]
        self.deaths[part.name] = [*deaths, now]
        if len(deaths) >= CRASH_LIMIT:
            raise ServiceError(f"{part.name} keeps ending (code {code}); its last lines:\n{last_lines(part.log)}")
        pause = min(0.5 * 2 ** len(deaths), LONGEST_PAUSE)
        print(f"{part.name} ended (code {code}); starting it again in {pause:.1f} s", flush=True)
        part.stop()  # what it left behind
        time.sleep(pause)
        part.start()

    def _stop_all(self) -> None:
        """Programs first and at once, then the services that they use."""
        for program in self.programs:
            if program.process and program.process.poll() is None:
                program.process.terminate()
        for program in self.programs:
            program.stop()
        self.services.stop()


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The four programs, as docs/production.md starts them too."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = (
        f"gunicorn expo.wsgi --bind {bind} --preload --workers 2 --threads 4 --graceful-timeout 5 --no-control-socket"
    )
    worker = "celery -A expo worker --loglevel INFO --without-gossip --without-mingle"
    programs = {
        "web": f"{gunicorn} --access-logfile - --logger-class expo.gunicorn_logs.DiscreetLogger",
        "worker": f"{worker} --queues {QUICK} --concurrency 2",
        "counting": f"{worker} --queues {COUNTING} --hostname counting@%h --concurrency 1",
        # The schedule is one tick a minute: nothing to remember, so no file that a crash could spoil.
        "scheduler": "celery -A expo beat --loglevel INFO --scheduler celery.beat.Scheduler --pidfile=",
    }
    return {name: [sys.executable, "-m", *text.split()] for name, text in programs.items()}


def step(label: str, action) -> None:
    started = time.monotonic()
    print(f"  {label} ...", end="", flush=True)
    action()
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServiceError(
                f"Cannot listen on {host}, port {port} ({error.strerror}). Another one: make run PORT={port + 1}"
            ) from error


def healthy(host: str, port: int) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/healthz/", timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False
