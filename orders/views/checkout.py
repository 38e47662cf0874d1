"""One page from the cart to the orders."""

import re
import secrets

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from expo.errors import DomainError
from expo.limits import RateExceededError, check_rate
from orders.converters import clean_token
from orders.domain import snapshot
from orders.domain.checkout import place_orders
from orders.domain.content import CartContent, read_cart
from orders.domain.errors import CartChangedError
from orders.forms import CheckoutForm
from orders.models import Cart, Checkout, Delivery
from orders.places import districts_of
from orders.views.basket import find_cart
from orders.views.private import personal

# A town may share one address of a mobile network, a family a telephone: these stop machines, not shoppers.
PER_ADDRESS, ADDRESS_SECONDS = 600, 600
PER_PHONE, PHONE_SECONDS = 30, 3600
PER_EMAIL = 30  # an hour: what we write to an address that somebody else typed must not fill a mailbox
REGENCY_CODE = re.compile(r"\d\d\.\d\d", re.ASCII)


@require_http_methods(["GET", "POST"])
@personal
def checkout(request):
    cart = find_cart(request)
    if request.method == "POST" and (known := already_placed(request, cart)):
        return redirect("orders:purchase", known.token)
    content = read_cart(cart)
    if request.method == "POST" and cart is not None:
        return submit(request, cart, content)
    if not content.payable:
        return redirect("orders:cart")
    form = CheckoutForm(initial={"key": secrets.token_urlsafe(32)}, content=content)
    return show(request, form, content)


def already_placed(request, cart: Cart | None) -> Checkout | None:
    """What an earlier submission of the same page made: a double click leads to the same orders."""
    key = clean_token(request.POST.get("key", ""))
    return Checkout.objects.filter(key=key, cart=cart).first() if cart and key else None


def submit(request, cart: Cart, content: CartContent):
    form = CheckoutForm(request.POST, content=content)
    if not form.is_valid():
        changes = snapshot.changes_since(snapshot.decode(request.POST.get("seen", "")), content)
        return show(request, form, content, changes=changes) if content.payable else redirect("orders:cart")
    try:
        check_rate("checkout", request.META["REMOTE_ADDR"], PER_ADDRESS, ADDRESS_SECONDS)
        check_rate("checkout-phone", form.cleaned_data["phone"], PER_PHONE, PHONE_SECONDS)
        if email := form.cleaned_data["email"]:
            check_rate("checkout-email", email.lower(), PER_EMAIL, PHONE_SECONDS)
        made = place_orders(
            cart,
            key=form.cleaned_data["key"],
            seen=snapshot.decode(form.cleaned_data["seen"]),
            buyer=form.buyer(),
            wishes=form.wishes(),
        )
    except CartChangedError as error:
        return ask_again(request, cart, error)
    except DomainError as error:
        form.add_error(None, str(error))
        return show(request, form, content, status=429 if isinstance(error, RateExceededError) else 200)
    return redirect("orders:purchase", made.token)


def ask_again(request, cart: Cart, error: CartChangedError):
    """Show the page with today's figures, what was typed, and what has changed."""
    content = read_cart(cart)
    form = CheckoutForm(request.POST, content=content)
    form.is_valid()
    if not content.payable:
        return render(request, "orders/cart.html", {"content": content, "changes": error.changes}, status=409)
    return show(request, form, content, changes=error.changes, status=409)


def show(request, form: CheckoutForm, content: CartContent, *, changes=(), status=200):
    context = {
        "form": form,
        "content": content,
        "seen": snapshot.encode(content),
        "changes": changes,
        "parts": shown_parts(form, content),
        "total": total_of(form, content),
        "districts": shown_districts(form),
    }
    return render(request, "orders/checkout.html", context, status=status)


def shown_districts(form: CheckoutForm) -> list[str]:
    code = str(form["regency"].value() or "")
    return districts_of(code) if REGENCY_CODE.fullmatch(code) else []


def shown_parts(form: CheckoutForm, content: CartContent) -> list[dict]:
    return [
        {
            "part": part,
            "fields": form.booth_fields(part),
            "fee": fee_of(form, part),
            "picked_up": form.chosen_delivery(part) == Delivery.PICKUP,
        }
        for part in content.payable
    ]


def fee_of(form: CheckoutForm, part) -> int:
    return 0 if form.chosen_delivery(part) == Delivery.PICKUP else part.shipping_fee


def total_of(form: CheckoutForm, content: CartContent) -> int:
    return sum(part.goods_total + fee_of(form, part) for part in content.payable)


@require_POST
@personal
def summary(request):
    """The figures for what is chosen so far (htmx)."""
    content = read_cart(find_cart(request))
    form = CheckoutForm(request.POST, content=content)
    context = {"content": content, "parts": shown_parts(form, content), "total": total_of(form, content)}
    return render(request, "orders/checkout.html#checkout-summary", context)


@require_GET
def districts(request):
    """Suggestions for the district once the regency is chosen (htmx). The same for everybody."""
    code = request.GET.get("regency", "")
    code = code if REGENCY_CODE.fullmatch(code) else ""
    response = render(request, "orders/checkout.html#districts", {"districts": districts_of(code) if code else []})
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
