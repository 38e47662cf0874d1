"""The whole of `make run` on a state directory of its own: up, wounded, killed, up again, stopped."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from expo.runtime import leftovers
from expo.runtime.children import wait_until
from expo.runtime.paths import CHECKOUT, Layout, short_directory
from expo.runtime.postgres import DATABASE, USER, Postgres
from expo.runtime.supervisor import Program, Supervisor, healthy
from tests import cluster
from tests.ports import free_port


class Run:
    """One checkout's `make run`, seen from outside."""

    def __init__(self, directory: Path):
        self.state = directory / "state"
        self.port = free_port()
        self.output = directory / "output.txt"
        self.processes: list[subprocess.Popen] = []

    @property
    def layout(self) -> Layout:
        code = "from expo.runtime.paths import checkout_layout as c; print(c().sockets)"
        done = subprocess.run([sys.executable, "-c", code], env=self.environment(), capture_output=True, text=True)
        return Layout(state=self.state, sockets=Path(done.stdout.strip()))

    def environment(self, **more) -> dict[str, str]:
        names = ("DJANGO_SETTINGS_MODULE", "EXPO_TEST_RUN", "MAKELEVEL")
        inherited = {key: value for key, value in os.environ.items() if key not in names}
        mine = {"EXPO_STATE": str(self.state), "EXPO_LOAD_DEMO": "0", "STATIC_ROOT": str(self.state / "static")}
        return inherited | mine | {"PORT": str(self.port), "PYTHONUNBUFFERED": "1"} | more

    def start(self, **more) -> subprocess.Popen:
        with self.output.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "expo.runtime", "run"],
                cwd=CHECKOUT, env=self.environment(**more), stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def be_migrated(self) -> None:
        """Begin where an earlier start has left off: to migrate all anew would tell what the tests' cluster told."""
        cluster.copy(cluster.place_of(cluster.manifest()), self.layout)
        server = Postgres(self.layout, throwaway=True)
        server.start()
        try:
            with server.connect() as connection:
                connection.execute(f"DROP DATABASE {DATABASE}")
                connection.execute(f"ALTER DATABASE {cluster.TEMPLATE} RENAME TO {DATABASE}")
        finally:
            server.stop()

    def wait_until_open(self, seconds=180) -> None:
        ended = self.processes[-1].poll
        wait_until(lambda: "Ctrl-C stops" in self.output.read_text() or ended() is not None, seconds)
        assert "Ctrl-C stops" in self.output.read_text(), self.output.read_text()
        assert healthy("127.0.0.1", self.port)

    def parts(self) -> dict[str, int]:
        """The process id of each part: the marked child of the supervisor whose command names it."""
        words = {"postgres": "bin/postgres", "valkey": "valkey-server", "web": "gunicorn"}
        words |= {"worker": "--queues celery ", "counting": "--queues counting ", "scheduler": " beat "}
        found = {}
        for pid in leftovers.find(self.layout):
            with contextlib.suppress(OSError):
                parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if parent == self.processes[-1].pid:
                    found |= {name: pid for name, word in words.items() if word in command}
        return found

    def connect(self):
        return psycopg.connect(host=str(self.layout.sockets), user=USER, dbname=DATABASE, autocommit=True)


@pytest.fixture
def run(tmp_path):
    run = Run(tmp_path)
    yield run
    for process in run.processes:
        process.kill()
    leftovers.remove(run.layout)


def test_a_run_survives_what_befalls_it(run):
    run.be_migrated()
    run.start()
    run.wait_until_open()
    with run.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")

    every_part_killed_comes_back(run)
    a_second_run_on_the_port_is_refused(run)
    commands_use_the_running_services(run)
    a_killed_supervisor_is_replaced(run)
    with run.connect() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    ctrl_c_leaves_nothing(run)


def every_part_killed_comes_back(run):
    before = run.parts()
    assert set(before) == {"postgres", "valkey", "web", "worker", "counting", "scheduler"}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    def replaced():
        after = run.parts()
        return set(after) == set(before) and not set(after.values()) & set(before.values())

    assert wait_until(replaced, 90, pause=0.3), run.output.read_text()
    assert wait_until(lambda: healthy("127.0.0.1", run.port), 90)


def a_second_run_on_the_port_is_refused(run):
    done = subprocess.run(
        [sys.executable, "-m", "expo.runtime", "run"],
        cwd=CHECKOUT, env=run.environment(EXPO_STATE=str(run.state) + "-2"), capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"make run PORT={run.port + 1}" in done.stderr


def commands_use_the_running_services(run):
    code = "from django.conf import settings; from expo.models import Edition; "
    code += "print(Edition.objects.count(), settings.SITE_URL)"
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    environment = {name: value for name, value in run.environment().items() if name != "PORT"}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == f"0 http://localhost:{run.port}", done.stderr
    assert healthy("127.0.0.1", run.port)


def a_killed_supervisor_is_replaced(run):
    run.processes[-1].kill()
    run.processes[-1].wait()
    run.start()
    run.wait_until_open()


def ctrl_c_leaves_nothing(run):
    layout = run.layout
    run.processes[-1].send_signal(signal.SIGINT)
    assert run.processes[-1].wait(30) == 0
    assert leftovers.find(layout) == []
    assert "Traceback" not in run.output.read_text()


def test_a_crash_loop_ends_the_run_with_its_last_words(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("expo.runtime.supervisor.LONGEST_PAUSE", 0.01)
    layout = Layout(tmp_path / "state", short_directory(f"expo-test-loop-{os.getpid()}"))
    supervisor = Supervisor(layout, host="127.0.0.1", port=free_port())
    broken = Program("web", [sys.executable, "-c", "import sys; sys.exit('no such setting')"], layout)
    supervisor.programs = [broken]
    supervisor.parts = [broken]
    monkeypatch.setattr(supervisor, "_start_all", broken.start)
    monkeypatch.setattr(supervisor, "_announce", lambda: None)
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        assert supervisor.run() == 1
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    assert "no such setting" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "99999", "http", "-1"])
def test_a_bad_port_is_named(port, tmp_path):
    environment = os.environ | {"PORT": port, "EXPO_STATE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "expo.runtime", "run"], cwd=CHECKOUT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert f"PORT={port}" in done.stderr
