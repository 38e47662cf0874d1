"""What apps above the catalogue add to the page of a product: reviews, questions, how soon the booth answers.

An app registers in ``AppConfig.ready``::

    register_section("reviews", 10, load_reviews)
    register_fact("reply-time", 30, reply_time)

``load(page, now)`` gets the ``catalog.queries.product.ProductPage`` and returns a ``Section`` (a ``Fact``) or None for
nothing to show. The page is public: the same for everyone, so nothing personal, no token and no form that needs one;
and it has six queries in all, so one at most for a section and none for a fact (ask
``catalog.seller_facts``).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    """A block below the product. ``template`` is rendered with ``product`` (the row), ``section`` and ``context``.

    ``name`` is its anchor (``#reviews``); ``count`` stands beside the title. ``structured`` is merged into the
    product's JSON-LD, e.g. ``{"review": [...]}``; the stars come from the product's own ``rating_count``."""

    name: str
    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    count: int | None = None
    structured: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """One line of the table of facts."""

    label: Any
    value: Any


SectionLoader = Callable[[Any, dt.datetime], Section | None]
FactLoader = Callable[[Any, dt.datetime], Fact | None]

_sections: dict[str, tuple[int, SectionLoader]] = {}
_facts: dict[str, tuple[int, FactLoader]] = {}


def register_section(name: str, order: int, load: SectionLoader) -> None:
    """Add a block; lower ``order`` comes first."""
    _sections[name] = (order, load)


def register_fact(name: str, order: int, load: FactLoader) -> None:
    """Add a line to the facts; lower ``order`` comes first."""
    _facts[name] = (order, load)


def sections_of(page, now: dt.datetime) -> list[Section]:
    return _loaded(_sections, page, now)


def facts_of(page, now: dt.datetime) -> list[Fact]:
    return _loaded(_facts, page, now)


def _loaded(register: dict, page, now: dt.datetime) -> list:
    loaders = [load for _order, load in sorted(register.values(), key=lambda entry: entry[0])]
    return [found for load in loaders if (found := load(page, now)) is not None]
