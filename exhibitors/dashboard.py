"""The frame of the exhibitor dashboard: apps contribute their tab, views render inside the frame.

An app registers in ``AppConfig.ready``::

    register_tab("orders", _("Pesanan"), "receipt", "orders:inbox", order=20, badge=orders_waiting)

and its views call ``render_dashboard(request, "orders/dashboard/list.html", {...}, tab="orders")``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from exhibitors.permissions import memberships_of

Badge = Callable[[Any], int]


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


_tabs: dict[str, Tab] = {}


def register_tab(name: str, label, icon: str, url_name: str, order: int, badge: Badge | None = None) -> None:
    """Add a tab. ``badge(exhibitor)`` is the number of things waiting there: one cheap query, 0 for none."""
    _tabs[name] = Tab(name, label, icon, url_name, order, badge)


def tabs_for(exhibitor, current: str) -> list[ShownTab]:
    return [
        ShownTab(
            name=tab.name,
            label=tab.label,
            icon=tab.icon,
            url=reverse(tab.url_name),
            count=tab.badge(exhibitor) if tab.badge else 0,
            is_current=tab.name == current,
        )
        for tab in sorted(_tabs.values(), key=lambda tab: tab.order)
    ]


def render_dashboard(
    request: HttpRequest, template: str, context: dict | None = None, *, tab: str, status: int = 200
) -> HttpResponse:
    """Render a page or a partial (``template#name``) for the current exhibitor; the frame is added to pages only."""
    frame: dict[str, Any] = {"exhibitor": request.exhibitor, "membership": request.membership}
    if "#" not in template:
        frame["tabs"] = tabs_for(request.exhibitor, tab)
        frame["memberships"] = memberships_of(request)
    response = render(request, template, {**frame, **(context or {})}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
