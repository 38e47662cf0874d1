"""The tab "Produk" of the exhibitor dashboard."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.dashboard.forms import ContentForm, InventoryForm, NewProductForm
from catalog.dashboard.queries import product_page
from catalog.domain.curation import submit_product
from catalog.domain.products import add_product, change_product
from catalog.models import Placement, Product
from exhibitors.dashboard import render_dashboard
from exhibitors.domain.decisions import latest_decision
from exhibitors.permissions import exhibitor_required, owned
from exhibitors.states import EDITABLE, CurationState
from expo.errors import DomainError


@require_safe
@exhibitor_required
def products(request):
    listing = product_page(request.exhibitor, request.GET)
    return render_dashboard(request, "catalog/dashboard/list.html", {"listing": listing}, tab="products")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def new_product(request):
    form = NewProductForm(
        request.POST or None, request.FILES or None, instance=Product(exhibitor=request.exhibitor, stock=1)
    )
    if request.method == "POST" and form.is_valid():
        product = add_product(form.save(commit=False), by=request.user)
        messages.success(request, _("Tersimpan dan dikirim ke panitia. Produk tayang setelah disetujui."))
        return redirect("catalog:dashboard-product", product.pk)
    return render_dashboard(request, "catalog/dashboard/new.html", {"form": form}, tab="products")


@require_safe
@exhibitor_required
def product(request, pk):
    found = owned(request, Product.objects.select_related("category", "cover", "change", "change__cover"), pk=pk)
    context = {
        "product": found,
        "decision": latest_decision(found),
        "can_submit": found.state in EDITABLE,
        "can_edit": found.state in {*EDITABLE, CurationState.SUBMITTED, CurationState.APPROVED},
        "placements": Placement.objects.filter(product=found, shown_until=None).select_related("booth__edition"),
    }
    return render_dashboard(request, "catalog/dashboard/product.html", context, tab="products")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_product(request, pk):
    found = owned(request, Product.objects.select_related("change"), pk=pk)
    initial = _proposed(found)
    return _edit(request, found, ContentForm, "catalog/dashboard/edit.html", initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_inventory(request, pk):
    return _edit(request, owned(request, Product, pk=pk), InventoryForm, "catalog/dashboard/inventory.html")


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


OUTCOMES = {
    "saved": gettext_lazy("Perubahan tersimpan."),
    "submitted": gettext_lazy("Tersimpan dan dikirim lagi ke panitia."),
    "proposed": gettext_lazy("Usulan perubahan dikirim ke panitia. Sampai disetujui, produk tampil seperti semula."),
}


def _edit(request, found, form_class, template, *, initial=None):
    name = found.name
    form = form_class(request.POST or None, request.FILES or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {field: form.cleaned_data[field] for field in form.changed_data}
        try:
            outcome = change_product(found, by=request.user, **values)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, OUTCOMES[outcome])
            return redirect("catalog:dashboard-product", found.pk)
    context = {"form": form, "product": found, "product_name": name}
    return render_dashboard(request, template, context, tab="products")


def _proposed(found: Product) -> dict:
    """What waits for the curators already: the exhibitor goes on editing that."""
    change = getattr(found, "change", None)
    if change is None:
        return {}
    return {
        "cover": change.cover_id,
        "category": change.category_id,
        **{name: getattr(change, name) for name in ("name", "name_en", "description", "description_en")},
    }
