"""The tab "Produk" of the exhibitor dashboard: the list, a new product, and what a product itself says."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.dashboard.forms import (
    ContentForm,
    EnglishForm,
    InventoryForm,
    MakingForm,
    MeasuresForm,
    NewProductForm,
)
from catalog.dashboard.queries import product_page
from catalog.domain.archiving import can_archive, can_delete
from catalog.domain.curation import submit_product
from catalog.domain.free_prices import free_percent
from catalog.domain.products import EDITED_STATES, StockMovedError, add_draft, add_product, change_product, shown_photos
from catalog.domain.proposals import hand_in_change, wanted_values, withdraw_change
from catalog.models import Placement, Product
from catalog.proposals_shown import shown_proposal
from exhibitors.dashboard import render_dashboard
from exhibitors.domain.decisions import latest_decision
from exhibitors.domain.notes import notes_about
from exhibitors.domain.proposals import proposal_notes
from exhibitors.notes_in_forms import attach_notes, attach_waiting
from exhibitors.permissions import exhibitor_required, owned
from exhibitors.states import EDITABLE
from expo.errors import DomainError

PROPOSED = ("category", "name", "name_en", "description", "description_en", "ingredients", "ingredients_en")
OUTCOMES = {
    "saved": gettext_lazy("Perubahan tersimpan."),
    "submitted": gettext_lazy("Tersimpan dan dikirim lagi ke panitia."),
    "proposed": gettext_lazy("Usulan perubahan dikirim ke panitia. Sampai disetujui, produk tampil seperti semula."),
}


@require_safe
@exhibitor_required
def products(request):
    listing = product_page(request.exhibitor, request.GET)
    return render_dashboard(request, "catalog/dashboard/list.html", {"listing": listing}, tab="products")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def new_product(request):
    form = NewProductForm(
        request.POST or None,
        request.FILES or None,
        instance=Product(exhibitor=request.exhibitor, category=request.exhibitor.category, stock=1),
    )
    draft = f"product-new-{request.exhibitor.pk}"
    if request.method == "POST" and form.is_valid():
        product = form.save(commit=False)
        if form.is_draft:
            product, said = add_draft(product), _("Draf tersimpan. Lengkapi kapan saja, lalu kirim ke panitia.")
        else:
            product = add_product(product, by=request.user)
            said = _("Tersimpan dan dikirim ke panitia. Produk tayang setelah disetujui.")
        messages.success(request, said, extra_tags=draft)
        return redirect("catalog:dashboard-product", product.pk)
    context = {"form": form, "draft": draft, "keep": draft}
    return render_dashboard(request, "catalog/dashboard/new.html", context, tab="products")


@require_safe
@exhibitor_required
def product(request, pk):
    found = owned(request, Product.objects.select_related("category", "cover", "change", "change__cover"), pk=pk)
    placements = Placement.objects.filter(product=found, shown_until=None).select_related("booth__edition")
    change = getattr(found, "change", None)
    context = {
        "product": found,
        "change": change,
        "proposal": shown_proposal(change) if change else None,
        "change_notes": proposal_notes(change) if change else [],
        "decision": latest_decision(found),
        "notes": notes_about(found),
        "can_submit": found.state in EDITABLE,
        "can_edit": found.state in EDITED_STATES,
        "can_archive": can_archive(found),
        "can_delete": can_delete(found),
        "placements": placements,
        "photo_count": len(shown_photos(found)),
        "variant_count": found.variants.filter(is_active=True).count(),
        "step_count": found.steps.count(),
        "sale": next((placement for placement in placements if placement.sale_percent), None),
    }
    return render_dashboard(request, "catalog/dashboard/product.html", context, tab="products")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_product(request, pk):
    return _edit(request, pk, ContentForm, _("Nama dan keterangan"), is_text=True)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_english(request, pk):
    return _edit(request, pk, EnglishForm, _("Teks bahasa Inggris"), is_text=True)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_inventory(request, pk):
    return _edit(request, pk, InventoryForm, _("Harga dan stok"))


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_measures(request, pk):
    return _edit(request, pk, MeasuresForm, _("Berat dan ukuran"))


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_making(request, pk):
    return _edit(request, pk, MakingForm, _("Dibuat setelah dipesan"))


@require_POST
@exhibitor_required
def submission(request, pk):
    found = owned(request, Product, pk=pk)
    try:
        submit_product(found, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Terkirim. Panitia memeriksa produk ini; hasilnya kami kirim lewat surel."))
    return redirect("catalog:dashboard-product", found.pk)


@require_POST
@exhibitor_required
def proposal_withdrawal(request, pk):
    found = owned(request, Product, pk=pk)
    if withdraw_change(found, by=request.user):
        messages.success(request, _("Usulan ditarik kembali. Produk tetap tampil seperti semula."))
    return redirect("catalog:dashboard-product", found.pk)


@require_POST
@exhibitor_required
def proposal_submission(request, pk):
    """A returned proposal again, with an answer."""
    found = owned(request, Product, pk=pk)
    try:
        hand_in_change(found, by=request.user, message=request.POST.get("message", "").replace("\0", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Usulan dikirim lagi ke panitia."))
    return redirect("catalog:dashboard-product", found.pk)


def _edit(request, pk: int, form_class, title: str, *, is_text: bool = False):
    """One part of a product. ``is_text``: shoppers read it, so on a product on show it waits for the curators."""
    found = owned(request, Product.objects.select_related("change"), pk=pk)
    name, initial = found.display_name, _proposed(found) if is_text else None
    draft = f"product-{found.pk}-{form_class.__name__}"
    form = form_class(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {field: form.cleaned_data[field] for field in form.changed_data}
        try:
            outcome = change_product(found, by=request.user, seen_stock=getattr(form, "seen_stock", None), **values)
        except StockMovedError as error:
            form.add_error("stock", error.message)
            form.show_stock(error.stock)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, OUTCOMES[outcome], extra_tags=draft)
            return redirect("catalog:dashboard-product", found.pk)
    change, stored = getattr(found, "change", None), Product.objects.select_related("category").get(pk=found.pk)
    if change:
        change.product = stored  # ``found`` holds what was typed
        attach_waiting(form, shown_proposal(change).differences)
    attach_notes(form, proposal_notes(change) if change else notes_about(stored))
    context = {"form": form, "product": found, "product_name": name, "title": title, "is_text": is_text, "keep": draft}
    context |= {"change": change, "free_percent": free_percent(request.exhibitor.pk)}
    return render_dashboard(request, "catalog/dashboard/edit.html", context, tab="products")


def _proposed(found: Product) -> dict:
    """What waits for the curators already: the exhibitor goes on editing that."""
    values = wanted_values(found, getattr(found, "change", None))
    return {name: values[name] for name in PROPOSED}
