"""Draws the demonstration's pictures in two processes and keeps them once each."""

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from demo.catalogue import pictures_needed
from demo.drawing import draw, prepare
from demo.goods import CATEGORIES
from expo.models import Picture
from expo.pictures import EncodedPicture, keep_picture

BANNERS = 4  # of each root category
PROCESSES = 2


class Gallery:
    """Begins to draw when it is entered, so that other work goes on meanwhile; ``collect`` waits for the rest."""

    def __enter__(self) -> "Gallery":
        # A fresh interpreter in each process: a forked one would share our connections.
        context = multiprocessing.get_context("spawn")
        self.pool = ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=prepare)
        jobs = [("product", *job) for job in pictures_needed()]
        jobs += [("banner", root, seed) for root in CATEGORIES for seed in range(BANNERS)]
        self.jobs: dict[tuple, Future] = {job: self.pool.submit(draw, *job) for job in jobs}
        return self

    def __exit__(self, *_error) -> None:
        self.pool.shutdown(cancel_futures=True)

    def collect(self, progress: Callable[[str], None]) -> tuple[dict, dict]:
        """Pictures of products by (motif, seed, word) and banners by root category."""
        products: dict[tuple[str, int, str], Picture] = {}
        banners: dict[str, list[Picture]] = {}
        for number, ((kind, *which), encoded) in enumerate(self.drawn(), 1):
            picture = keep_picture(encoded)
            if kind == "product":
                products[tuple(which)] = picture
            else:
                banners.setdefault(which[0], []).append(picture)
            if number % 50 == 0 or number == len(self.jobs):
                progress(f"pictures {number} of {len(self.jobs)}")
        return products, banners

    def drawn(self) -> Iterator[tuple[tuple, EncodedPicture]]:
        for job, future in self.jobs.items():
            yield job, future.result()


class NoGallery(contextlib.nullcontext):
    """No pictures at all: for tests, and for --no-pictures."""

    def __enter__(self) -> "NoGallery":
        return self

    def collect(self, progress: Callable[[str], None]) -> tuple[dict, dict]:
        return {}, {}
