"""A store of a test's own, to be stopped in the midst of it."""

import shutil

import pytest

from expo.runtime.paths import throwaway_layout
from expo.runtime.valkey import Valkey
from visits.domain import live


@pytest.fixture
def start_store(settings):
    """``start_store()``: an empty store in place of the one before; what that held is gone."""
    layout = throwaway_layout(f"{settings.RUN}-{settings.WORKER}")
    layout.sockets.mkdir(parents=True, mode=0o700)
    settings.REDIS_URL = layout.redis_url(0)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL}}
    started = []

    def start() -> Valkey:
        live.script.cache_clear()
        started.append(Valkey(layout, throwaway=True))
        started[-1].start()
        return started[-1]

    yield start
    started[-1].stop()
    live.script.cache_clear()
    shutil.rmtree(layout.state.parent)
