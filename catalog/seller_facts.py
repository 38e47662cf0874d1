"""What apps above the catalogue know of a seller, for every page of its goods: how soon it answers, what it sends for.
Each is one value of one remembered query, however many apps ask.

An app registers in ``AppConfig.ready``::

    register_seller_fact("lowest-fee", lowest_fee)

``lowest_fee()`` returns an expression over ``Exhibitor`` (a ``Subquery`` with ``OuterRef("pk")``); the moment of asking
is ``Value(MOMENT)``. What it gives is a number, a text or None.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.cache import cache as store
from django.utils import timezone

from exhibitors.models import Exhibitor
from expo.memo import remembered
from expo.prepared import MOMENT, Prepared, number_slot

KEPT = 600  # seconds; a page that all visitors share need not be newer
KEPT_HERE = 30  # and so long in a process that has just asked, as browsers may keep the page

_facts: dict[str, Callable[[], Any]] = {}


def register_seller_fact(name: str, expression: Callable[[], Any]) -> None:
    _facts[name] = expression


def seller_fact(exhibitor_id: int, name: str) -> Any:
    """As of the last ten minutes; one query for all facts of a seller, seldom."""
    return _kept(exhibitor_id)[name]


def forget_seller(exhibitor_id: int) -> None:
    """The seller has just changed one of them: other processes hear of it within half a minute."""
    store.delete(_key(exhibitor_id))
    _kept.forget(exhibitor_id)


@remembered(KEPT_HERE)
def _kept(exhibitor_id: int) -> dict[str, Any]:
    return store.get_or_set(_key(exhibitor_id), lambda: ask_seller_facts(exhibitor_id), KEPT)


def _key(exhibitor_id: int) -> str:
    """With the names of the facts: another version of the code asks for others."""
    return f"catalog:seller:{exhibitor_id}:{'.'.join(sorted(_facts))}"


def ask_seller_facts(exhibitor_id: int, now=None) -> dict[str, Any]:
    """As of now, or of ``now``; None for what is not known, and for whom nobody knows."""
    names = tuple(sorted(_facts))
    rows = _query(names).dicts(names, exhibitor=exhibitor_id, now=now or timezone.now())
    return rows[0] if rows else dict.fromkeys(names)


@cache
def _query(names: tuple[str, ...]) -> Prepared:
    sellers = Exhibitor.objects.filter(pk=number_slot(1)).order_by()
    told = sellers.annotate(**{f"fact_{index}": _facts[name]() for index, name in enumerate(names)})
    fields = [f"fact_{index}" for index in range(len(names))]
    return Prepared(told.values_list(*fields), exhibitor=number_slot(1), now=MOMENT)
