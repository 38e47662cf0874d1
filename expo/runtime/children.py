"""Child processes that die with their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class ServiceError(Exception):
    """A service can't start or has died; the message is one for the person at the terminal."""


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Ask the kernel to send us `number` when the thread that started us is gone, even by kill -9."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def spawn(
    command: list[str],
    *,
    log: Path | None = None,
    death_signal: int = signal.SIGTERM,
    user: tuple[int, int] | None = None,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    shown: bool = False,
) -> subprocess.Popen:
    """Start `command` in a session of its own, so that Ctrl-C reaches the supervisor alone.

    `user` is (uid, gid) to run as; output is appended to `log`, or goes to ours if it is to be `shown`.
    """
    parent = os.getpid()

    def prepare() -> None:
        if user:
            os.setgroups([])
            os.setgid(user[1])
            os.setuid(user[0])
        die_with_parent(death_signal)  # after setuid, which would clear it
        if os.getppid() != parent:  # the parent died before the line above
            os._exit(1)

    try:
        with open_log(log) if log else Path(os.devnull).open("wb") as stream:
            return subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=None if shown else stream,
                stderr=None if shown else subprocess.STDOUT,
                cwd=cwd,
                env=env,
                start_new_session=True,
                preexec_fn=prepare,
            )
    except OSError as error:
        raise ServiceError(f"{command[0]}: {error.strerror}") from error


def open_log(path: Path, limit: int = 10_000_000):
    """Open a log for appending; one that has grown past `limit` bytes moves aside first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > limit:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def last_lines(path: Path, count: int = 15) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 20_000))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
    except OSError:
        return ""


def stop(process: subprocess.Popen, signals: list[tuple[int, float]]) -> None:
    """Send each signal in turn, waiting the given seconds after it, until the process has ended."""
    for number, seconds in [*signals, (signal.SIGKILL, 10)]:
        if process.poll() is not None:
            break
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    kill_group(process.pid)


def kill_group(pid: int) -> None:
    """Remove what a dead child may have left behind in its session."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def wait_until(check: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
