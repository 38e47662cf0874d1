"""The cluster of the tests: migrated once for each state of the migrations, kept, and copied for every run.

All migrations take half a minute of processor time, a copy of their outcome a fraction of a second. What is kept is
known by a digest of all that migrations are made of; each run's databases are copies of ``TEMPLATE`` in it, and Django
still asks them for migrations that are missing.

`python -m tests.cluster` makes the one of this checkout.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from expo.runtime import postgres
from expo.runtime.children import ServiceError
from expo.runtime.paths import CHECKOUT, Layout, throwaway_layout
from expo.runtime.services import FileLock, Services

TEMPLATE = "expo_migrated"
KEPT = 4
SECONDS = 900  # for one to be made, on a busy machine
READY = "ready"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
# What migrating comes to, besides the migrations themselves.
SOURCES = ("*/sql/*.sql", "journal/triggers.py", "journal/roles.py", "expo/runtime/postgres.py", "requirements/app.txt")
DATA, MANIFEST = "postgres", "manifest.json"
WHOLE = f"[0-9a-f]*/{MANIFEST}"  # not what is being removed


class Cluster:
    """The services of one run: ``prepare()`` as early as possible, ``start()`` before the first test."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.services = Services(layout, throwaway=True)
        self.kept = place_of(manifest())
        self.hold: Hold | None = None
        self.maker: subprocess.Popen | None = None

    def prepare(self) -> None:
        """Begin to make what is missing, while tests are still being collected."""
        self.hold = Hold.of(self.kept)
        if not self.hold:
            self.maker = subprocess.Popen([sys.executable, "-m", __name__], cwd=CHECKOUT, env=os.environ | SETTINGS)

    def start(self) -> None:
        while not self.hold:  # what was made may have been forgotten at once, where many checkouts make theirs
            if self.maker.wait(SECONDS):
                raise ServiceError("The tests' cluster could not be made; its messages stand above.")
            self.prepare()
        copy(self.kept, self.layout)
        os.utime(self.kept)
        self.services.start()
        (self.layout.state / READY).touch()

    def stop(self) -> None:
        if self.maker and self.maker.poll() is None:
            self.maker.terminate()
        if self.hold:
            self.hold.release()
        self.services.stop()
        shutil.rmtree(self.layout.sockets.parent, ignore_errors=True)


class Hold:
    """Keeps a kept cluster from being forgotten while a run copies it, and as long as that run may copy it again."""

    def __init__(self, descriptor: int):
        self.descriptor = descriptor

    @classmethod
    def of(cls, kept: Path, *, alone: bool = False) -> "Hold | None":
        """None when there is no such cluster; ``alone``: also when somebody else holds it."""
        try:
            descriptor = os.open(kept, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
            if os.path.samestat(os.fstat(descriptor), os.stat(kept)):
                return cls(descriptor)
        except (BlockingIOError, FileNotFoundError):  # held; forgotten while we waited
            pass
        os.close(descriptor)
        return None

    def release(self) -> None:
        os.close(self.descriptor)


def is_ready(layout: Layout) -> bool:
    return (layout.state / READY).exists()


def store() -> Path:
    """Where clusters are kept between runs; ServiceError when the directory is not ours alone."""
    found = Path(tempfile.gettempdir()) / f"expo-test-clusters-{os.geteuid()}"
    postgres.prepare_directory(found, None)
    return found


def place_of(made_of: dict[str, str]) -> Path:
    return store() / hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:20]


def manifest() -> dict[str, str]:
    """Every file that decides what migrating ends in, with its digest."""
    from django.apps import apps

    files = {f"{app.label}/{path.name}": path for app in apps.get_app_configs() for path in migrations_of(app)}
    files |= {str(path.relative_to(CHECKOUT)): path for pattern in SOURCES for path in CHECKOUT.glob(pattern)}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return found | {"server": server_version()}


def migrations_of(app) -> list[Path]:
    return list((Path(app.path) / "migrations").glob("*.py"))


def server_version() -> str:
    binaries = postgres.find_binaries(postgres.unprivileged_account())
    return subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, check=True, text=True).stdout


def make() -> None:
    """Make a cluster whose database TEMPLATE is migrated, and keep it when it is whole."""
    made_of = manifest()
    kept = place_of(made_of)
    lock = FileLock(store() / "lock")
    try:
        if not lock.take(seconds=SECONDS):
            raise ServiceError("Another run has been making the tests' cluster for too long.")
        if kept.exists():
            return
        if base := largest_part(made_of):
            with contextlib.suppress(ServiceError):
                return keep(kept, made_of, base)
        keep(kept, made_of)
    finally:
        lock.release()


def largest_part(made_of: dict[str, str]) -> Path | None:
    """A kept cluster with some of these migrations and no other: only those that came since need to be applied."""
    parts = []
    for path in store().glob(WHOLE):
        found = json.loads(path.read_text())
        if found.items() <= made_of.items():
            parts.append((len(found), path.parent))
    return max(parts)[1] if parts else None


def keep(kept: Path, made_of: dict[str, str], base: Path | None = None) -> None:
    token = f"{os.getpid()}-{secrets.token_hex(3)}"
    layout = throwaway_layout(token)
    server = postgres.Postgres(layout, throwaway=True)
    try:
        if base:
            copy(base, layout)
        server.start()
        if not base:
            with server.connect() as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER {postgres.USER}")
        migrate(token)
        server.stop()
        whole = layout.state / "whole"
        whole.mkdir()
        layout.postgres_data.rename(whole / DATA)
        (whole / MANIFEST).write_text(json.dumps(made_of))
        whole.rename(kept)
        forget_old()
    finally:
        server.stop()
        shutil.rmtree(layout.sockets.parent, ignore_errors=True)


def copy(kept: Path, layout: Layout) -> None:
    layout.state.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(kept / DATA), str(layout.postgres_data)], check=True)


def migrate(token: str) -> None:
    environment = os.environ | SETTINGS | {"EXPO_TEST_RUN": token, "EXPO_TEST_DATABASE": TEMPLATE}
    command = [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"]
    if subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode:
        raise ServiceError("The migrations failed; see above.")


def forget_old() -> None:
    """Keep those that were used last, and those that are in use."""
    clusters = sorted(store().glob(WHOLE), key=lambda path: -path.parent.stat().st_mtime)
    for path in clusters[KEPT:]:
        if hold := Hold.of(path.parent, alone=True):
            path.parent.rename(store() / f"removed-{secrets.token_hex(6)}")
            hold.release()
    for path in store().glob("removed-*"):
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    import django

    os.environ |= SETTINGS
    try:
        django.setup()
        make()
    except ServiceError as error:
        sys.exit(str(error))
