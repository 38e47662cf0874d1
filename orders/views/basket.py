"""Whose cart it is: of the cookie for a guest, of the account for somebody who is signed in."""

import datetime as dt
from functools import cache

from django.conf import settings

from expo.limits import check_rate
from expo.prepared import PreparedObjects, text_slot
from orders.converters import clean_token
from orders.domain.cart import count_pieces, merge_carts, new_cart
from orders.models import Cart, CartLine

COOKIE = settings.CART_COOKIE_NAME
KEPT = dt.timedelta(days=30)
# A whole town may share one address of a mobile network: these stop machines, not people.
NEW_CARTS_PER_HOUR = 2000


def cart_token(request) -> str:
    return clean_token(request.COOKIES.get(COOKIE, ""))


def signed_in(request) -> bool:
    """Asked only of visitors who have a session at all: guests cost no query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def find_cart(request) -> Cart | None:
    """The account's cart when signed in; else the cookie's, unless it belongs to an account by now."""
    if signed_in(request):
        return Cart.objects.filter(user=request.user).first()
    token = cart_token(request)
    return _guest_query().first(token=token) if token else None


@cache
def _guest_query() -> PreparedObjects:
    return PreparedObjects(Cart.objects.filter(token=text_slot("token"), user=None), token=text_slot("token"))


def whose_cart(request) -> str:
    """Tells this visitor's cart from others."""
    return f"user {request.user.pk}" if signed_in(request) else cart_token(request)


def count_in_cart(request) -> int:
    """Pieces for the badge: one query for a guest."""
    if signed_in(request):
        return sum(CartLine.objects.filter(cart__user=request.user).values_list("quantity", flat=True))
    token = cart_token(request)
    return count_pieces(token) if token else 0


def ensure_cart(request) -> Cart:
    """The visitor's cart, or a new one."""
    if cart := find_cart(request):
        return cart
    check_rate("cart-new", request.META["REMOTE_ADDR"], NEW_CARTS_PER_HOUR, 3600)
    return new_cart(request.user if signed_in(request) else None)


def remember_cart(response, cart: Cart):
    """Keep a guest's cart for another 30 days on this device. The cart of an account needs no cookie."""
    if cart.user_id is None:
        response.set_cookie(COOKIE, cart.token, max_age=KEPT, httponly=True, samesite="Lax", secure=not settings.DEMO)
    return response


def bring_cart(request, user) -> None:
    """At sign-in what was put into the cart before joins the account's cart."""
    token = cart_token(request)
    if token and (cart := Cart.objects.filter(token=token, user=None).first()):
        merge_carts(cart, user)
