"""The cart: shown, filled, changed."""

from functools import cache

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Placement, Variant
from expo.errors import DomainError
from expo.prepared import MOMENT, PreparedObjects, number_slot
from expo.private import personal
from orders.domain.cart import add_to_cart, change_quantity
from orders.domain.content import full_name, line_key, read_cart
from orders.domain.words import booth_words, keep_words
from orders.forms import AddForm, QuantityForm, WordsForm
from orders.models import CartLine
from orders.origin import own_origin_required
from orders.views.basket import count_in_cart, ensure_cart, find_cart, remember_cart


@require_GET
@personal
def show(request):
    cart = find_cart(request)
    content = read_cart(cart)
    context = {"content": content, "words": booth_words(cart), "added": added_line(request, content)}
    return render(request, "orders/cart.html", context)


def added_line(request, content):
    """The line that the visitor just added without JavaScript, to say so."""
    wanted = request.GET.get("baru", "")
    lines = (line for part in content.parts for line in part.lines)
    return next((line for line in lines if line.key == wanted), None)


@require_GET
@personal
def badge(request):
    """How many pieces are in the visitor's cart: the one personal bit of public pages."""
    return render(request, "components/cart_count.html", {"count": count_in_cart(request)})


@require_POST
@own_origin_required
@personal
def add(request):
    """Put a placement into the cart. htmx: a notice and the badge; otherwise on to the cart."""
    placement = _placement_query().first(pk=posted_id(request, "placement"), now=timezone.now())
    if placement is None:
        raise Http404
    form = AddForm(request.POST)
    variant = chosen_variant(request, placement)
    if variant is None and placement.product.has_variants:
        return ask_for_variant(request, placement)
    try:
        if not form.is_valid():
            raise DomainError(form.errors["quantity"][0])
        cart = ensure_cart(request)
        pieces = add_to_cart(cart, placement, form.cleaned_data["quantity"], variant=variant)
    except DomainError as error:
        return refuse_adding(request, placement, error)
    if not request.htmx:
        return remember_cart(redirect(f"{reverse('orders:cart')}?baru={line_key(placement, variant)}"), cart)
    context = {"name": full_name(placement.product, variant), "count": pieces}
    return remember_cart(render(request, "orders/added.html", context), cart)


@cache
def _placement_query() -> PreparedObjects:
    placements = Placement.objects.filter(pk=number_slot(1)).with_payable(MOMENT).order_by()
    related = ("product", "product__exhibitor", "booth", "booth__edition", "booth__exhibitor")
    return PreparedObjects(placements, *related, extras=("is_payable",), pk=number_slot(1), now=MOMENT)


def posted_id(request, name: str) -> int:
    number = request.POST.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0


def chosen_variant(request, placement: Placement) -> Variant | None:
    pk = posted_id(request, "variant")
    return Variant.objects.filter(pk=pk, product=placement.product_id).first() if pk else None


def ask_for_variant(request, placement: Placement) -> HttpResponse:
    """The visitor chose a product, but not which one of it: the same form again, with its variants."""
    variants = placement.product.variants.filter(is_active=True)
    context = {"placement": placement, "product": placement.product, "quantity": request.POST.get("quantity", "")}
    if request.htmx:
        return render(request, "orders/added.html", {**context, "error": _("Pilih variannya dahulu.")})
    return render(request, "orders/variant.html", {**context, "variants": variants})


def refuse_adding(request, placement, error: DomainError) -> HttpResponse:
    if request.htmx:
        return render(request, "orders/added.html", {"product": placement.product, "error": error})
    messages.error(request, f"{placement.product.display_name}: {error}")
    return redirect("orders:cart")


@require_POST
@personal
def line(request, pk):
    """Change a line of one's own cart; 0 pieces take it out."""
    line = get_object_or_404(CartLine.objects.select_related("cart"), pk=pk, cart=find_cart(request))
    form = QuantityForm(request.POST)
    if form.is_valid():
        change_quantity(line.cart, line.pk, form.cleaned_data["quantity"])
        if not request.htmx:
            return redirect("orders:cart")
    template = "orders/cart.html" + ("#cart-lines" if request.htmx else "")
    error = form.errors["quantity"][0] if form.errors else ""
    context = {"content": read_cart(line.cart), "words": booth_words(line.cart), "wrong_line": line.pk, "error": error}
    return render(request, template, {**context, "badge": True})


@require_POST
@personal
def words(request, pk):
    """Keep a note and a voucher's code for one booth of one's own cart."""
    cart, form = find_cart(request), WordsForm(request.POST)
    if cart is not None and form.is_valid():
        keep_words(cart, pk, **form.cleaned_data)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect("orders:cart")
