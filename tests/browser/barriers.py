"""What keeps people out of a page, as axe finds it."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.looking import settle

OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((element) => { element.open = true; })"
FIND_BARRIERS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def violations(page: Page, judged: set[str] | None = None) -> list[str]:
    """Every rule of axe that this page breaks, with the first element that breaks it; folded parts unfolded.

    ``judged``: the looks whose contrast pages before this one were asked for (see the script); theirs are added.
    """
    settle(page)
    page.evaluate(OPEN_EVERYTHING)
    page.evaluate(f"{Axe().axe_script}; 0")
    answer = page.evaluate(FIND_BARRIERS, sorted(judged or ()))
    if judged is not None:
        judged.update(answer["judged"])
    return answer["barriers"]
