"""One page from the cart to the orders."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from expo.areas import search_areas
from expo.errors import DomainError
from expo.limits import RateExceededError, check_rate
from expo.private import personal
from orders.converters import clean_token
from orders.domain import snapshot
from orders.domain.checkout import find_checkout, place_orders
from orders.domain.content import CartContent, read_cart
from orders.domain.deposits import deposit_rules, rule_sentence
from orders.domain.errors import CartChangedError
from orders.domain.offers import Offer, Wishes, make_offers
from orders.domain.vouchers import clean_code
from orders.domain.words import booth_words
from orders.forms import CheckoutForm
from orders.models import Cart, Checkout
from orders.views.basket import find_cart, whose_cart
from orders.views.remembering import forget, recall, remember

# A town may share one address of a mobile network, a family a telephone: these stop machines, not shoppers.
PER_ADDRESS, ADDRESS_SECONDS = 600, 600
PER_PHONE, PHONE_SECONDS = 30, 3600
PER_EMAIL = 30  # an hour: what we write to an address that somebody else typed must not fill a mailbox
# Different codes in an hour: they can't be guessed by trying. A code that half a town uses counts once.
CODES_PER_CART, CODES_PER_ADDRESS = 12, 100


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
    initial = {**recall(request), **words_of(cart), "key": secrets.token_urlsafe(32)}
    form = CheckoutForm(initial=initial, content=content)
    return show(request, form, content)


def words_of(cart: Cart) -> dict[str, str]:
    """Notes and vouchers that were written in the cart, as the form's fields name them."""
    return {
        f"{name}_{booth}": getattr(words, name)
        for booth, words in booth_words(cart).items()
        for name in ("note", "voucher")
    }


def already_placed(request, cart: Cart | None) -> Checkout | None:
    """What an earlier submission of the same page made: a double click leads to the same orders."""
    key = clean_token(request.POST.get("key", ""))
    found = find_checkout(key) if cart and key else None
    return found if cart and found and found.cart_id == cart.pk else None


def submit(request, cart: Cart, content: CartContent):
    form = CheckoutForm(request.POST, content=content)
    if "hitung" in request.POST or not form.is_valid():
        return calculate(request, form, content)
    try:
        limit(request, form)
        made = place_orders(
            cart,
            key=form.cleaned_data["key"],
            seen=snapshot.decode(form.cleaned_data["seen"]),
            buyer=form.buyer(),
            wishes=wishes_of(request, form),
        )
    except CartChangedError as error:
        return ask_again(request, error)
    except DomainError as error:
        form.add_error(None, str(error))
        limited = isinstance(error, RateExceededError)
        offers = offers_for(request, form, content, phone="" if limited else form.cleaned_data["phone"])
        return show(request, form, content, offers=offers, status=429 if limited else 200)
    return remember(request, redirect("orders:purchase", made.token), form)


def limit(request, form: CheckoutForm) -> None:
    address, data = request.META["REMOTE_ADDR"], form.cleaned_data
    check_rate("checkout", address, PER_ADDRESS, ADDRESS_SECONDS)
    check_rate("checkout-phone", data["phone"], PER_PHONE, PHONE_SECONDS)
    if data["email"]:
        check_rate("checkout-email", data["email"].lower(), PER_EMAIL, PHONE_SECONDS)


def calculate(request, form: CheckoutForm, content: CartContent):
    """The page with what was typed, its mistakes, and today's figures: nothing is ordered."""
    if not content.payable:
        return redirect("orders:cart")
    offers = offers_for(request, form, content)
    before = snapshot.decode(request.POST.get("seen", ""))
    changes = [] if snapshot.is_first_fee(before, content, offers) else snapshot.changes_since(before, content, offers)
    asked = "hitung" in request.POST
    if asked:
        form = without_errors(request, content)
    return show(request, form, content, offers=offers, changes=[] if asked else changes)


def without_errors(request, content: CartContent) -> CheckoutForm:
    """What was typed, not judged yet: the buyer only asked what shipping costs."""
    return CheckoutForm(initial=request.POST.dict(), content=content)


def ask_again(request, error: CartChangedError):
    """Show the page with today's figures, what was typed, and what has changed."""
    content, offers = error.content, error.offers
    form = CheckoutForm(request.POST, content=content)
    form.is_valid()
    if not content.payable:
        return render(request, "orders/cart.html", {"content": content, "changes": error.changes}, status=409)
    first = snapshot.is_first_fee(snapshot.decode(request.POST.get("seen", "")), content, offers)
    status = 200 if first else 409
    return show(request, form, content, offers=offers, changes=error.changes, is_first_fee=first, status=status)


def offers_for(request, form: CheckoutForm, content: CartContent, phone: str = "") -> list[Offer]:
    """What the page shows. ``phone`` after ordering was tried: what its owner has ordered is no part of it before."""
    return make_offers(content, form.place, wishes_of(request, form), timezone.now(), phone=phone)


def wishes_of(request, form: CheckoutForm) -> Wishes:
    """What is chosen. After too many different codes none is looked up for a while, wrong or right."""
    wishes = form.wishes()
    codes = sorted({clean_code(code) for code in wishes.vouchers.values()} - {""})
    try:
        for code in codes:
            check_rate("voucher-cart", whose_cart(request), CODES_PER_CART, 3600, attempt=code)
            check_rate("voucher", request.META["REMOTE_ADDR"], CODES_PER_ADDRESS, 3600, attempt=code)
    except RateExceededError as error:
        return replace(wishes, no_vouchers=str(error))
    return wishes


def show(request, form, content, *, offers=None, changes=(), is_first_fee=False, status=200):
    offers = offers_for(request, form, content) if offers is None else offers
    context = {
        **figures(form, content, offers),
        "changes": changes,
        "is_first_fee": is_first_fee,
        "is_remembered": bool(recall(request, only_device=True)),
    }
    return render(request, "orders/checkout.html", context, status=status)


def figures(form: CheckoutForm, content: CartContent, offers: Sequence[Offer]) -> dict:
    due = [offer for offer in offers if not offer.to_confirm]
    rules = deposit_rules(offer.booth.exhibitor_id for offer in offers if offer.deposit)
    return {
        "form": form,
        "content": content,
        "seen": snapshot.encode(offers),
        "parts": [shown_offer(form, offer, rules) for offer in offers],
        "areas": form.found,
        "area": form.area,
        "place": form.area.regency.name if form.area else "",
        "total": sum(offer.total for offer in offers),
        "first": sum(offer.deposit or offer.total for offer in due) if rules else 0,
        "due": len(due),
        "quoted": len(offers) - len(due),
        "is_unknown": any(offer.is_unknown and not offer.problem for offer in offers),
        "can_fetch": any(offer.part.allows_pickup for offer in offers),
        "saved": sum(offer.discount + offer.shipping_discount for offer in offers) + content.saved,
    }


def shown_offer(form: CheckoutForm, offer: Offer, rules: Mapping[int, str]) -> dict:
    pk, deposit = offer.booth.pk, offer.deposit
    return {
        "offer": offer,
        "part": offer.part,
        "deposit": deposit,
        "balance": offer.total - deposit,
        "deposit_rule": rule_sentence(rules[offer.booth.exhibitor_id]) if deposit else "",
        "voucher": form[f"voucher_{pk}"],
        "note": form[f"note_{pk}"],
        "has_choice": len(offer.choices) + offer.part.allows_pickup > 1,
    }


@require_POST
@personal
def summary(request):
    """The figures for what is chosen so far (htmx)."""
    content = read_cart(find_cart(request))
    if not content.payable:
        return HttpResponse(headers={"HX-Redirect": reverse("orders:cart")})
    form = CheckoutForm(request.POST, content=content)
    context = figures(form, content, offers_for(request, form, content))
    return render(request, "orders/checkout.html#checkout-booths", {**context, "swapped": True})


@require_GET
def areas(request):
    """Places that what was typed may mean (htmx). The same for everybody."""
    text = request.GET.get("area", "")
    context = {"areas": search_areas(text), "text": text.strip()[:80]}
    response = render(request, "orders/checkout.html#areas", context)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_POST
@personal
def forgetting(request):
    """Forget name and address on this device."""
    return forget(redirect("orders:checkout"))
