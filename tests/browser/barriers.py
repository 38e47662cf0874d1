"""What keeps people out of a page, as axe finds it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.looking import settle

# No rule that is asked reads stylesheets: axe need not fetch them a second time.
ASKED = {"resultTypes": ["violations"], "preload": False}
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((element) => { element.open = true; })"


def violations(page: Page) -> list[str]:
    """Every rule of axe that this page breaks, with the first element that breaks it; folded parts unfolded."""
    settle(page)
    page.evaluate(OPEN_EVERYTHING)
    found = Axe().run(page, options=ASKED).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
