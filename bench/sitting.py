"""``python -m bench.sitting``: two curators work off 400 waiting exhibitors and 4,000 waiting products by keyboard.

Two Chromiums of their own over a copy of the bench's database, which is thrown away afterwards. Exhibitors go one by
one over the desk; products by exhibitor, page by page, all that are in order at once, what was unticked one by one.
One in seven exhibitors and one in ten products is not in order, as ``MIX`` says; one in twenty-five is skipped and
decided at the end of the queue. The table at the end is what the database says (``bench.sitting_truth``): a press that
was refused decided nothing. Ends with status 1 unless each was decided exactly once, as somebody pressed.
"""

import argparse
import asyncio
import os
import random
import re
import sys
import time
from dataclasses import dataclass, field

from bench.sitting_house import CURATORS, copied_database, fill, served
from bench.sitting_truth import Press, truth_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.sitting_settings")
DESK = re.compile(r"/admin/\w+/(\w+)/(\d+)/kurasi/")
BATCH = "/admin/catalog/product/kurasi/sekaligus/"
OWN_WORDS = "Tulis alamat lengkap, supaya pembeli dapat datang."
MIX = (("approve", 82), ("phrase", 9), ("own words", 3), ("reject", 2), ("skip", 4))  # of exhibitors, in a hundred
UNTICKED = 10  # of a hundred products
MIX_ONE = (("phrase", 76), ("approve", 10), ("reject", 10), ("skip", 4))  # of the products that were unticked
PAUSE = 0.5  # seconds before who finds all the rest open at a colleague's looks again


@dataclass
class Curator:
    name: str
    page: object
    site: str
    chance: random.Random
    presses: list[Press] = field(default_factory=list)
    waited: int = 0  # times that nothing was left but what the colleague had open
    stored: float = 0.0

    async def open(self, address: str) -> None:
        await self.page.goto(f"{self.site}{address}", wait_until="load")

    @property
    def at(self) -> str:
        return self.page.url.removeprefix(self.site).split("?")[0]

    def note_stored(self, response) -> None:
        if response.request.method == "POST":
            self.stored = time.perf_counter()

    async def press(self, kind: str, wanted: dict, *steps, clicks: int = 0, typed: int = 0) -> None:
        """The last of ``steps`` sends it; measured from there until the next is shown with its photos.

        ``wanted``: model and key of each that is decided → the state that it is to have then.
        """
        for step in steps[:-1]:
            await step()
        began = self.stored = time.perf_counter()
        async with self.page.expect_navigation(wait_until="load", timeout=60_000):
            await steps[-1]()
        seconds = time.perf_counter() - began
        keys = len(steps) - clicks - typed
        self.presses.append(Press(self.name, kind, wanted, keys, clicks, seconds, self.stored - began))

    def key(self, name: str):
        return lambda: self.page.keyboard.press(name)

    def write(self, text: str):
        return lambda: self.page.keyboard.insert_text(text)

    async def one(self, model: str, pk: int, mix) -> None:
        """Decide what is on the desk, or skip it."""
        what = self.chance.choices([name for name, _weight in mix], [weight for _name, weight in mix])[0]
        subject = (model, pk)
        if what == "approve":
            await self.press(f"{model}: approve", {subject: "approved"}, self.key("a"))
        elif what == "skip":
            await self.press(f"{model}: skip", {}, self.key("l"))
        elif what == "phrase":
            steps = self.key("1"), self.key("k")
            await self.press(f"{model}: return, ready note", {subject: "returned"}, *steps)
        else:
            kind, verb, state = ("reject", "t", "rejected") if what == "reject" else ("return", "k", "returned")
            steps = self.key(verb), self.write(OWN_WORDS), self.key("Control+Enter")
            await self.press(f"{model}: {kind}, own words", {subject: state}, *steps, typed=1)

    async def desk(self, path: str, mix) -> None:
        await self.open(path)
        while True:
            if found := DESK.fullmatch(self.at):
                await self.one(found[1], int(found[2]), mix)
            elif await self.page.locator("[data-key=u]").count():  # the end: what was skipped is decided now
                mix = [(name, weight) for name, weight in mix if name != "skip"]
                await self.press("what was skipped, again", {}, self.key("u"))
            elif self.at == path:
                await self.look_again()
            else:
                return

    async def batches(self) -> None:
        """All waiting products of one exhibitor, page by page; what is not in order is unticked."""
        await self.open(BATCH)
        while self.at == BATCH:
            boxes = await self.page.locator(".batch__tick input").all()
            if boxes:
                await self.one_batch(boxes)
            elif await self.page.locator("[data-key=s]").count():
                return  # nothing is left but what was unticked
            else:
                await self.look_again()

    async def one_batch(self, boxes) -> None:
        off = [box for box in boxes if self.chance.randrange(100) < UNTICKED]
        ticked = [int(await box.get_attribute("value")) for box in boxes if box not in off]
        steps = [*(box.uncheck for box in off), self.key("a")]
        await self.press(
            "product: by exhibitor", {("product", pk): "approved" for pk in ticked}, *steps, clicks=len(off)
        )

    async def look_again(self) -> None:
        self.waited += 1
        await asyncio.sleep(PAUSE)
        await self.open(self.at)


async def sit(port: int, sessions: list[str]) -> list[Curator]:
    from playwright.async_api import async_playwright

    from expo.runtime.browser import find_chromium

    site = "http://expo.test"  # without a port, as the proxy hands a host on
    async with async_playwright() as player:
        curators = []
        for name, session in zip(CURATORS, sessions, strict=True):
            args = ["--no-sandbox", f"--host-resolver-rules=MAP expo.test 127.0.0.1:{port}"]
            browser = await player.chromium.launch(executable_path=find_chromium(), args=args)
            context = await browser.new_context(viewport={"width": 1280, "height": 800})
            await context.add_cookies([{"name": "sesi", "value": session, "url": site}])
            curators.append(Curator(name, await context.new_page(), site, random.Random(name)))
            curators[-1].page.on("response", curators[-1].note_stored)
        await asyncio.gather(*(one.desk("/admin/exhibitors/exhibitor/kurasi/", MIX) for one in curators))
        await asyncio.gather(*(one.batches() for one in curators))
        await asyncio.gather(*(one.desk("/admin/catalog/product/kurasi/", MIX_ONE) for one in curators))
        return curators


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sitting", description=__doc__)
    parser.add_argument("--exhibitors", type=int, default=400)
    parser.add_argument("--products", type=int, default=4_000)
    options = parser.parse_args()
    from django.conf import settings

    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES), copied_database(settings):
        import django

        django.setup()
        sessions = fill(options.exhibitors, options.products)
        with served() as port:
            began = time.perf_counter()
            curators = asyncio.run(sit(port, sessions))
            seconds = time.perf_counter() - began
        truth = truth_of([press for one in curators for press in one.presses])
        truth.tell(seconds, waited=sum(one.waited for one in curators))
        from django.db import connection

        connection.close_pool()
    return 0 if truth.holds else 1


if __name__ == "__main__":
    sys.exit(main())
