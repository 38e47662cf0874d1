"""The frame of the exhibitor dashboard: apps contribute their tab, views render inside the frame.

An app registers in ``AppConfig.ready``::

    register_tab("orders", _("Pesanan"), "receipt", "orders:inbox", order=20, badge=orders_waiting)

and its views call ``render_dashboard(request, "orders/dashboard/list.html", {...}, tab="orders")``. What the start page
says comes from the apps as well: ``register_figure`` for today's figures, ``register_todos`` for what to do next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from exhibitors.permissions import memberships_of

Badge = Callable[[Any], int]

ON_PHONES = 4  # tabs beside "Lainnya"; more do not fit at 360 pixels


@dataclass(frozen=True)
class Tab:
    name: str
    label: Any
    icon: str
    url_name: str
    order: int
    badge: Badge | None = None


@dataclass(frozen=True)
class ShownTab:
    name: str
    label: Any
    icon: str
    url: str
    count: int
    is_current: bool
    is_folded: bool = False  # on phones found under "Lainnya"


@dataclass(frozen=True)
class Figure:
    """A figure of the start page: ``value`` as shown, ``note`` its definition in a sentence."""

    label: Any
    value: Any
    note: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Todo:
    """One thing to do next, with the address where it is done. Lower ``order`` is more urgent."""

    title: Any
    url: str
    note: Any = ""
    order: int = 50


_tabs: dict[str, Tab] = {}
_figures: dict[str, tuple[int, Callable[[Any], Figure]]] = {}
_todos: dict[str, Callable[[Any], list[Todo]]] = {}


def register_tab(name: str, label, icon: str, url_name: str, order: int, badge: Badge | None = None) -> None:
    """Add a tab. ``badge(exhibitor)`` is the number of things waiting there: one cheap query, 0 for none."""
    _tabs[name] = Tab(name, label, icon, url_name, order, badge)


def register_figure(name: str, order: int, load: Callable[[Any], Figure]) -> None:
    """Add a figure to the start page; ``load(exhibitor)`` costs one query."""
    _figures[name] = (order, load)


def register_todos(name: str, load: Callable[[Any], list[Todo]]) -> None:
    """Add a source of things to do; ``load(exhibitor)`` returns those of now."""
    _todos[name] = load


def figures_for(exhibitor) -> list[Figure]:
    return [load(exhibitor) for _order, load in sorted(_figures.values(), key=lambda pair: pair[0])]


def todos_for(exhibitor) -> list[Todo]:
    return sorted((todo for load in _todos.values() for todo in load(exhibitor)), key=lambda todo: todo.order)


def tabs_for(exhibitor, current: str) -> list[ShownTab]:
    tabs = sorted(_tabs.values(), key=lambda tab: tab.order)
    return [
        ShownTab(
            name=tab.name,
            label=tab.label,
            icon=tab.icon,
            url=reverse(tab.url_name),
            count=tab.badge(exhibitor) if tab.badge else 0,
            is_current=tab.name == current,
            is_folded=len(tabs) > ON_PHONES + 1 and position >= ON_PHONES,
        )
        for position, tab in enumerate(tabs)
    ]


def more_tab(folded: list[ShownTab], is_current: bool) -> ShownTab | None:
    """The tab "Lainnya" of phones, standing for those that it folds away."""
    if not folded:
        return None
    return ShownTab(
        name="more",
        label=_("Lainnya"),
        icon="more",
        url=reverse("exhibitors:more"),
        count=sum(tab.count for tab in folded),
        is_current=is_current or any(tab.is_current for tab in folded),
    )


def render_dashboard(
    request: HttpRequest, template: str, context: dict | None = None, *, tab: str, status: int = 200
) -> HttpResponse:
    """Render a page or a partial (``template#name``) for the current exhibitor; the frame is added to pages only."""
    frame: dict[str, Any] = {"exhibitor": request.exhibitor, "membership": request.membership}
    if "#" not in template:
        frame["tabs"] = tabs_for(request.exhibitor, tab)
        frame["folded_tabs"] = [shown for shown in frame["tabs"] if shown.is_folded]
        frame["more_tab"] = more_tab(frame["folded_tabs"], tab == "more")
        frame["memberships"] = memberships_of(request)
    response = render(request, template, {**frame, **(context or {})}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
