"""The language of the moment, wherever it is read."""

import asyncio
import threading

from django.utils import translation
from django.utils.translation import trans_real

from expo.language import Active


def test_it_is_kept_by_ours():
    assert isinstance(trans_real._active, Active)


def in_a_thread(call):
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


def test_each_thread_and_each_coroutine_has_its_own():
    seen = []

    async def read(language):
        translation.activate(language)
        await asyncio.sleep(0)
        seen.append((language, translation.get_language()))

    async def both():
        await asyncio.gather(read("en"), read("id"))

    with translation.override("en"):
        in_a_thread(lambda: seen.append(("a thread", translation.get_language())))
        in_a_thread(lambda: asyncio.run(both()))  # a browser test may have left a loop running in this one
        assert translation.get_language() == "en"
    assert sorted(seen) == [("a thread", "id"), ("en", "en"), ("id", "id")]


def test_overriding_ends_where_it_began():
    with translation.override("en"):
        with translation.override("id"):
            assert translation.gettext("Beli") == "Beli"
        assert translation.gettext("Beli") == "Buy"
        with translation.override(None):
            assert translation.get_language() is None
        assert translation.get_language() == "en"
    with translation.override("en", deactivate=True):
        pass
    assert translation.get_language() == "id"
    assert not hasattr(trans_real._active, "value")
