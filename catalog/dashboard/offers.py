"""Variants, prices for many pieces and sales of one product, each on a page of its own."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.dashboard.forms_offers import SaleForm, StepForm, VariantForm
from catalog.dashboard.views import OUTCOMES
from catalog.domain.assortment import add_variant, change_variant, put_on_sale, take_off_sale, wanted_texts
from catalog.domain.free_prices import free_percent
from catalog.domain.offers import add_step, end_sale, remove_step, start_sale, take_back
from catalog.domain.products import EDITED_STATES, StockMovedError
from catalog.domain.waiting_offers import sales_in, steps_in
from catalog.models import Placement, PriceStep, Product, ProductChange, Variant
from catalog.proposals_shown import differences_of
from exhibitors.dashboard import render_dashboard
from exhibitors.notes_in_forms import attach_waiting
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.formats import WIB

FAR_STEP = gettext_lazy("Harga grosir ini jauh di bawah harga yang disetujui: panitia meninjaunya dahulu.")
FAR_SALE = gettext_lazy("Potongan sebesar ini ditinjau panitia dahulu. Sampai disetujui, harga sekarang yang berlaku.")


def shown(request, template: str, product: Product, **context):
    context |= {"product": product, "product_name": product.display_name, "can_edit": product.state in EDITED_STATES}
    return render_dashboard(request, f"catalog/dashboard/{template}.html", context, tab="products")


@require_safe
@exhibitor_required
def variants(request, pk):
    found = owned(request, Product, pk=pk)
    rows = found.variants.select_related("picture", "change", "change__picture")
    return shown(request, "variants", found, variants=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def new_variant(request, pk):
    found = owned(request, Product, pk=pk)
    draft = f"variant-new-{found.pk}"
    form = VariantForm(request.POST or None, request.FILES or None, initial={"price": found.price, "stock": 1})
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "seen_stock"}
        try:
            outcome = add_variant(found, by=request.user, **values)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, OUTCOMES[outcome], extra_tags=draft)
            return redirect("catalog:dashboard-variants", found.pk)
    return shown(request, "variant", found, form=form, variant=None, draft=draft, keep=draft)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def variant(request, pk, variant):
    found = owned(request, Product, pk=pk)
    row = get_object_or_404(Variant.objects.select_related("picture"), pk=variant, product=found)
    draft = f"variant-{row.pk}"
    texts = wanted_texts(row)
    initial = {
        **{name: getattr(texts, name) for name in ("name", "name_en", "picture")},
        **{name: getattr(row, name) for name in ("stock", "sku")},
        "price": texts.price or row.price,
        "seen_stock": row.stock,
    }
    form = VariantForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("seen_stock")
        if values["stock"] == seen:  # not touched here: what is sold meanwhile stays sold
            del values["stock"]
        try:
            outcome = change_variant(row, by=request.user, seen_stock=seen, **values)
        except StockMovedError as error:
            form.add_error("stock", error.message)
            form.show_stock(error.stock)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, OUTCOMES[outcome], extra_tags=draft)
            return redirect("catalog:dashboard-variants", found.pk)
    if texts is not row:
        attach_waiting(form, differences_of(texts))
    return shown(request, "variant", found, form=form, variant=row, keep=draft)


@require_POST
@exhibitor_required
def variant_sale(request, pk, variant):
    """``on``: 1 sells it, 0 takes it off sale."""
    found = owned(request, Product, pk=pk)
    row = get_object_or_404(Variant.objects.select_related("product"), pk=variant, product=found)
    verb = put_on_sale if request.POST.get("on") == "1" else take_off_sale
    return tried(request, lambda: verb(row, by=request.user), "variants", found)


def tried(request, verb, page: str, product: Product, done: str = ""):
    """Do what one button asks for, say what came of it, and go back to the page of ``product``."""
    try:
        outcome = verb()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done or OUTCOMES[outcome])
    return redirect(f"catalog:dashboard-{page}", product.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def steps(request, pk):
    found = owned(request, Product, pk=pk)
    form = StepForm(request.POST or None, product=found)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = add_step(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Harga grosir berlaku sekarang.") if outcome == "saved" else FAR_STEP)
            return redirect("catalog:dashboard-steps", found.pk)
    rows = found.steps.select_related("variant").order_by("variant__position", "variant", "minimum_quantity")
    waiting = steps_in(_waiting(found))
    names = {variant.pk: variant.display_name for variant in found.variants.all()} if waiting else {}
    context = {"waiting": [(step, names.get(step.variant, "")) for step in waiting]}
    return shown(
        request, "steps", found, form=form, steps=rows, free_percent=free_percent(found.exhibitor_id), **context
    )


@require_POST
@exhibitor_required
def step_removal(request, pk, step):
    found = owned(request, Product, pk=pk)
    row = get_object_or_404(PriceStep.objects.select_related("product"), pk=step, product=found)
    return tried(request, lambda: remove_step(row, by=request.user), "steps", found, _("Harga grosir dihapus."))


@require_safe
@exhibitor_required
def sales(request, pk):
    found = owned(request, Product, pk=pk)
    rows = Placement.objects.filter(product=found, shown_until=None).select_related("booth__edition")
    waiting = {sale.placement: sale for sale in sales_in(_waiting(found))}
    placements = [(row, waiting.get(row.pk)) for row in rows]
    return shown(request, "sales", found, placements=placements, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def sale(request, pk, placement):
    found, row = _placement(request, pk, placement)
    form = SaleForm(request.POST or None, initial=_period(row))
    if request.method == "POST" and form.is_valid():
        start, end = form.period()
        try:
            percent = form.cleaned_data["percent"]
            outcome = start_sale(row, percent=percent, start=start, end=end, by=request.user)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Potongan harga tersimpan.") if outcome == "saved" else FAR_SALE)
            return redirect("catalog:dashboard-sales", found.pk)
    wanted = next((sale for sale in sales_in(_waiting(found)) if sale.placement == row.pk), None)
    return shown(request, "sale", found, form=form, placement=row, wanted=wanted)


@require_POST
@exhibitor_required
def sale_end(request, pk, placement):
    found, row = _placement(request, pk, placement)
    return tried(request, lambda: end_sale(row, by=request.user), "sales", found, _("Potongan harga diakhiri."))


@require_POST
@exhibitor_required
def waiting_end(request, pk):
    """Take back a price for many pieces or a sale that waits for the curators, named by its ``key``."""
    found, key = owned(request, Product, pk=pk), request.POST.get("key", "")[:60].replace("\0", "")
    page = "sales" if key.startswith("sale-") else "steps"
    if take_back(found, key, by=request.user):
        messages.success(request, _("Ditarik kembali. Yang berlaku sekarang tetap berlaku."))
    return redirect(f"catalog:dashboard-{page}", found.pk)


def _waiting(product: Product) -> dict:
    """What waits of its prices for many pieces and its sales."""
    return ProductChange.objects.filter(product=product).values_list("offers", flat=True).first() or {}


def _placement(request, pk: int, placement: int) -> tuple[Product, Placement]:
    found = owned(request, Product, pk=pk)
    rows = Placement.objects.filter(product=found, shown_until=None).select_related("booth__edition", "product")
    return found, get_object_or_404(rows, pk=placement)


def _period(placement: Placement) -> dict:
    today = timezone.now().astimezone(WIB).date()
    if not placement.sale_percent:
        return {"start": today, "until": today + dt.timedelta(days=7)}
    last = placement.sale_until - dt.timedelta(microseconds=1)
    return {
        "percent": placement.sale_percent,
        "start": placement.sale_from.astimezone(WIB).date(),
        "until": last.astimezone(WIB).date(),
    }
