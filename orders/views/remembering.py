"""Whom the checkout recognises, and by what proof: see docs/adr/0048.

A telephone number or an address that is merely typed recognises nobody. What proves it is a signed cookie that this
very browser was given when its owner ticked the box, or being signed in with an e-mail address that was verified.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse

from expo.phones import show_phone
from orders.views.mine import orders_of

COOKIE = "buyer"
KEPT = dt.timedelta(days=180)
SALT = "orders.buyer"
FIELDS = ("name", "phone", "email", "country", "area", "area_code", "address", "postcode")


def recall(request, *, only_device: bool = False) -> dict[str, str]:
    """What to fill the checkout with: what this device remembers, else the last order of a verified address."""
    if text := request.COOKIES.get(COOKIE, ""):
        try:
            kept = signing.loads(text, salt=SALT, max_age=KEPT)
            return {**{name: str(kept[name]) for name in FIELDS if name in kept}, "remember": "on"}
        except (signing.BadSignature, TypeError, ValueError, KeyError):
            pass
    if only_device or settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return {}
    return last_order_of(request.user)


def last_order_of(user) -> dict[str, str]:
    """The last order that is certainly theirs: with an address that they have verified, and paid or placed by their own
    account. Anybody can order with another's e-mail address; what they type must not be filled in for its owner."""
    theirs = Q(paid_at__isnull=False) | Q(checkout__cart__user=user)
    orders = orders_of(user).filter(theirs).select_related("destination")
    order = orders.order_by("-placed_at").first()
    if order is None:
        return {}
    code = order.village_code or order.district_code or order.destination_id or ""
    return {
        "name": order.buyer_name,
        "phone": show_phone(order.buyer_phone),
        "email": order.buyer_email,
        "country": order.country,
        "area": order.district or (order.destination.name if order.destination else ""),
        "area_code": code,
        "address": order.address,
        "postcode": order.postcode,
    }


def remember(request, response, form):
    """Keep what was typed on this device if its owner wants it, else forget it."""
    if not form.cleaned_data["remember"]:
        return forget(response) if COOKIE in request.COOKIES else response
    kept = {name: form.cleaned_data[name] for name in FIELDS}
    if form.area:
        kept |= {"area": (form.area.district or form.area.regency).name, "area_code": form.area.code}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=KEPT,
        path=cookie_path(),
        httponly=True,
        samesite="Lax",
        secure=not settings.DEMO,
    )
    return response


def forget(response):
    response.delete_cookie(COOKIE, path=cookie_path(), samesite="Lax")
    return response


def cookie_path() -> str:
    """Only the cart and the checkout get the cookie; in each language its own."""
    return reverse("orders:cart")
