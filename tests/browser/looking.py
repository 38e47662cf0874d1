"""How browser tests look: as a person does, at a page that is there, and again until what is to come has come.

A press that leads to another page answers when that page has begun, not when there is something on it. Whoever reads
a page's state (``evaluate``, ``count``, ``is_visible``, the database) right after a press reads the page that goes or
one that is still empty. So: ``follow`` what leads elsewhere, ``expect`` what a reader would see, ask ``fits`` and
``becomes`` for what nobody sees.
"""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from tests.cast import PASSWORD

PATIENCE = 30  # seconds; processors are shared, and nobody waits longer than it takes
WIDTHS = """document.readyState === "complete" && document.documentElement
  ? [document.documentElement.scrollWidth, document.documentElement.clientWidth] : null"""
# What the browser says when a page goes while it is being asked.
GONE = ("Execution context was destroyed", "Cannot find context", "frame was detached", "Frame was detached")


def be_patient() -> None:
    expect.set_options(timeout=PATIENCE * 1000)


def becomes(page: Page, ask: Callable[[], Any], wanted: Any) -> None:
    """Ask until the answer is ``wanted``; the browser goes on meanwhile. For what happens without being seen."""
    until = time.monotonic() + PATIENCE
    while (found := ask()) != wanted and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert found == wanted


def settle(page: Page) -> None:
    """Wait until the page is there whole, and htmx has put in its place what it was fetching."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)


def follow(target: Locator) -> None:
    """Press what leads to another page (a link, the button of a form), and wait until that page is there whole."""
    with target.page.expect_navigation():
        target.click()


def widths(page: Page) -> list[int] | None:
    """How wide the page is and how wide the screen; None while there is no page."""
    page.wait_for_load_state()
    try:
        return page.evaluate(WIDTHS)
    except Error as error:
        if any(words in error.message for words in GONE):
            return None
        raise


def fits(page: Page) -> bool:
    """Nothing sticks out of the screen."""
    until = time.monotonic() + PATIENCE
    while (found := widths(page)) is None:
        assert time.monotonic() < until, f"{page.url} does not come"
        page.wait_for_timeout(50)
    return found[0] <= found[1]


def sign_in(page: Page, site: str, user) -> None:
    """With the password, as everybody does; ends on the first page of those who are signed in."""
    page.goto(f"{site}/akun/login/")
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda address: "/akun/login/" not in address)
