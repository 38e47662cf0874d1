"""A real Chromium against a live server on the test's database."""

import os

import pytest

from expo.runtime.browser import find_chromium
from tests.browser.looking import be_patient

# Playwright's loop runs in this thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
be_patient()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A phone of 360 pixels in Java; a test marks another size with `browser_context_args`."""
    return {
        **browser_context_args,
        "viewport": {"width": 360, "height": 740},
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
    }


@pytest.fixture
def plain_page(browser, browser_context_args):
    """A page of a phone whose JavaScript is switched off."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def site(live_server) -> str:
    """The address of the live server, without a slash at its end."""
    return live_server.url


@pytest.fixture
def complaints(page) -> list[str]:
    """What the browser complained of on this page: script errors and whatever the policy refused."""
    heard: list[str] = []

    def hear(message) -> None:
        if message.type == "error":
            heard.append(f"{message.text} {message.location.get('url', '')}")

    # The browser itself says so when it leaves out the animation between two pages; no script of ours is at fault.
    page.on("pageerror", lambda error: str(error).startswith("Transition was ") or heard.append(str(error)))
    page.on("console", hear)
    return heard
