"""The addresses of the dashboard, found in the address book itself."""

from django.urls import get_resolver

from exhibitors.checks import routes
from tests.exhibitors.belongings import EVERYBODYS, PARAMETER


def key_word(route: str) -> str:
    """The word before the last parameter of a route."""
    *_, last = PARAMETER.finditer(route)
    return route[: last.start()].rstrip("/").rpartition("/")[2]


EVERY = sorted(set(routes(get_resolver().url_patterns)), key=lambda found: found[0])
DASHBOARD = [(route, view) for route, view in EVERY if route.startswith("dasbor/")]
OF_OTHERS = [(route, view) for route, view in DASHBOARD if view.access.startswith("exhibitor")]
WITH_KEYS = [route for route, _view in OF_OTHERS if PARAMETER.search(route) and key_word(route) not in EVERYBODYS]
