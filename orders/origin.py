"""Who may add to the cart: pages of this very site. Public pages carry no token, so the browser's word decides."""

from functools import wraps
from urllib.parse import urlsplit

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt


def own_origin_required(view):
    """Refuse a request that another site made in the visitor's browser, with a page that says so."""

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not comes_from_own_site(request):
            return render(request, "orders/foreign.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def comes_from_own_site(request) -> bool:
    """Sec-Fetch-Site decides; browsers without it send Origin, very old ones at least a Referer."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    if source := request.headers.get("Origin") or request.headers.get("Referer"):
        parts = urlsplit(source)
        return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
    return False
