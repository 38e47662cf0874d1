"""Real services for every run: one PostgreSQL and one Valkey, thrown away at its end."""

import gc
import os
import subprocess
import sys
import time

import pytest

from expo.runtime.children import spawn, stop, wait_until
from expo.runtime.paths import CHECKOUT
from tests.cluster import SECONDS, Cluster, is_ready
from tests.costs import Costs
from tests.database import flush_quickly, lift_append_only_for_flush, remember_migrated

pytest_plugins = ["tests.cast", "tests.stores"]

MIDNIGHTS = (0, 17 * 3600)  # by UTC: its own and that of WIB
CLEAR = 45  # seconds


def pytest_addoption(parser):
    parser.addoption("--costs", action="store_true", help="tell what tests cost in processor time (without -n)")


def pytest_configure(config):
    if config.option.costs:
        config.pluginmanager.register(Costs(), "costs")
    if is_controller(config) and not config.option.collectonly:
        from django.conf import settings

        from expo.messages import compile_catalogues

        config.expo_cluster = Cluster(settings.TEST_SERVICES)
        config.expo_cluster.prepare()
        compile_catalogues()
    lift_append_only_for_flush()
    flush_quickly()


def pytest_collection_finish():
    """Modules and collected tests stay: the collector of cycles need not look at them after every few objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Collecting needs no services: they are ready, or made ready, when it is over."""
    from django.conf import settings

    if cluster := getattr(session.config, "expo_cluster", None):
        cluster.start()
    elif not session.config.option.collectonly:
        assert wait_until(lambda: is_ready(settings.TEST_SERVICES), SECONDS), "The services of this run did not start."


def pytest_runtest_setup():
    """No test has its first sale today and its second one tomorrow: shortly before midnight it waits."""
    left = min((midnight - time.time()) % 86_400 for midnight in MIDNIGHTS)
    if left < CLEAR:
        time.sleep(left + 0.1)


def pytest_unconfigure(config):
    if cluster := getattr(config, "expo_cluster", None):
        cluster.stop()


def is_controller(config) -> bool:
    return not hasattr(config, "workerinput")


def forget_everything():
    """An empty store and a process that remembers nothing: no counters, no cached pages."""
    from expo.memo import forget
    from expo.store import redis_client
    from visits.domain.places import forget_places

    redis_client().flushdb()
    forget()
    forget_places()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A run's databases go with its cluster; nobody has to wait until no thread is in them any more."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from django.db import connection

    with django_db_blocker.unblock():
        remember_migrated(connection)


@pytest.fixture(autouse=True)
def empty_store():
    """Each test begins like that."""
    forget_everything()


@pytest.fixture
def forgotten():
    """``forgotten()``: so it is again."""
    return forget_everything


@pytest.fixture
def process_environment(transactional_db):
    """The environment in which a child process works on this test's database and store."""
    from django.db import connection

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "EXPO_TEST_DATABASE": connection.settings_dict["NAME"],
    }


@pytest.fixture
def celery_worker_process(process_environment, tmp_path):
    """Start real Celery workers: `start = celery_worker_process; worker = start()`.

    Each call returns a Popen of a ready worker, with `log` and `mails` (a directory in which it
    leaves the mails it sends, as files). The queue is empty before the first one.
    """
    from expo.celery import app

    app.control.purge()
    started = []

    def start(*options: str, environment: dict[str, str] | None = None) -> subprocess.Popen:
        log, mails = tmp_path / f"worker-{len(started)}.log", tmp_path / "mails"
        process = spawn(
            [sys.executable, "-m", "celery", "-A", "expo", "worker", "-c", "2", "-l", "info",
             "--without-gossip", "--without-mingle", *options],
            log=log,
            cwd=CHECKOUT,
            env=process_environment | {"EXPO_TEST_MAIL": str(mails)} | (environment or {}),
        )  # fmt: skip
        process.log, process.mails = log, mails
        started.append(process)
        wait_until(lambda: " ready." in log.read_text() or process.poll() is not None, 90)
        assert " ready." in log.read_text(), log.read_text()
        return process

    yield start
    for process in started:
        stop(process, [(15, 5)])
