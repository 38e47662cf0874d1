"""PostgreSQL and Valkey together, and who may stop them."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from expo.runtime.children import ServiceError, wait_until
from expo.runtime.paths import Layout
from expo.runtime.postgres import Postgres
from expo.runtime.valkey import Valkey


class Services:
    def __init__(self, layout: Layout, *, throwaway: bool = False):
        self.layout = layout
        self.postgres = Postgres(layout, throwaway=throwaway)
        self.valkey = Valkey(layout, throwaway=throwaway)

    def start(self) -> None:
        try:
            self.postgres.start()
            self.valkey.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()

    def answer(self) -> bool:
        return self.postgres.answers() and self.valkey.answers()


class FileLock:
    """An advisory lock that the kernel drops with its process, however that ends."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.taken = False
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False, seconds: float = 0) -> bool:
        mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB

        def attempt() -> bool:
            try:
                fcntl.flock(self.descriptor, mode)
            except BlockingIOError:
                return False
            return True

        self.taken = wait_until(attempt, seconds)
        return self.taken

    def release(self) -> None:
        os.close(self.descriptor)


@contextlib.contextmanager
def borrowed(layout: Layout) -> Iterator[None]:
    """Services for the duration of one command: those that are up, else our own.

    Commands that run at the same time share them; the one that started them waits for the
    others before it stops them.
    """
    users = FileLock(layout.state / "users.lock")
    owner = FileLock(layout.state / "services.lock")
    services = None
    try:
        users.take(shared=True, seconds=60)
        if owner.take():
            services = Services(layout)
            services.start()
        elif not wait_until(Services(layout).answer, 60):
            raise ServiceError(f"The services of this checkout do not answer; see {layout.logs}.")
        yield
    finally:
        if services:
            users.take(seconds=3600)
            services.stop()
        users.release()
        owner.release()
