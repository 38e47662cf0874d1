"""The cart's cookie."""

import datetime as dt

from django.conf import settings

from expo.limits import check_rate
from orders.converters import clean_token
from orders.domain.cart import new_cart
from orders.models import Cart

COOKIE = settings.CART_COOKIE_NAME
KEPT = dt.timedelta(days=30)
# A whole town may share one address of a mobile network: these stop machines, not people.
NEW_CARTS_PER_HOUR = 2000


def cart_token(request) -> str:
    return clean_token(request.COOKIES.get(COOKIE, ""))


def find_cart(request) -> Cart | None:
    token = cart_token(request)
    return Cart.objects.filter(token=token).first() if token else None


def ensure_cart(request) -> Cart:
    """The visitor's cart, or a new one."""
    if cart := find_cart(request):
        return cart
    check_rate("cart-new", request.META["REMOTE_ADDR"], NEW_CARTS_PER_HOUR, 3600)
    return new_cart()


def remember_cart(response, cart: Cart):
    """Keep the cart for another 30 days on this device."""
    response.set_cookie(COOKIE, cart.token, max_age=KEPT, httponly=True, samesite="Lax", secure=not settings.DEMO)
    return response
