"""Real services for every run: one PostgreSQL and one Valkey, thrown away at its end."""

import shutil

import pytest

from expo.runtime.services import Services
from tests.database import lift_append_only_for_flush


def pytest_configure(config):
    if is_controller(config) and not config.option.collectonly:
        from django.conf import settings

        config.expo_services = Services(settings.TEST_SERVICES, throwaway=True)
        config.expo_services.start()
    lift_append_only_for_flush()


def pytest_unconfigure(config):
    if services := getattr(config, "expo_services", None):
        services.stop()
        shutil.rmtree(services.layout.sockets.parent, ignore_errors=True)


def is_controller(config) -> bool:
    return not hasattr(config, "workerinput")


@pytest.fixture(autouse=True)
def empty_store():
    """Each test finds an empty store: no counters, no cached pages."""
    from expo.store import redis_client

    redis_client().flushdb()
