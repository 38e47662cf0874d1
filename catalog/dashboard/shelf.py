"""A product as a whole: seen as shoppers see it, copied, put away, brought back, deleted."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.domain.archiving import archive_product, bring_back, can_archive, can_delete, delete_product
from catalog.domain.copies import duplicate_product
from catalog.models import Product
from catalog.preview import preview_page
from catalog.states import ProductState
from catalog.views.products import context_of
from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.private import personal


@require_safe
@personal
@exhibitor_required
def preview(request, pk):
    found = owned(request, Product.objects.select_related("change"), pk=pk)
    now = timezone.now()
    context = context_of(preview_page(found, now), now, previewed=True)
    context |= {"is_shown": found.state == ProductState.APPROVED, "has_change": hasattr(found, "change")}
    return render(request, "catalog/dashboard/preview.html", context)


@require_POST
@exhibitor_required
def copy(request, pk):
    made = duplicate_product(owned(request, Product, pk=pk))
    messages.success(request, _("Salinan dibuat sebagai draf tanpa stok. Ubah yang berbeda, lalu kirim ke panitia."))
    return redirect("catalog:dashboard-product", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def archive(request, pk):
    found = owned(request, Product, pk=pk)
    if request.method == "POST":
        if _done(request, lambda: archive_product(found, by=request.user)):
            messages.success(
                request, _("Produk masuk arsip dan tidak tampil lagi. Anda dapat mengeluarkannya kapan saja.")
            )
            return redirect("catalog:dashboard-products")
        return redirect("catalog:dashboard-product", found.pk)
    context = {
        "product": found,
        "product_name": found.display_name,
        "can_archive": can_archive(found),
        "is_shown": found.state == ProductState.APPROVED,
    }
    return render_dashboard(request, "catalog/dashboard/archive.html", context, tab="products")


@require_POST
@exhibitor_required
def archive_end(request, pk):
    found = owned(request, Product, pk=pk)
    if _done(request, lambda: bring_back(found, by=request.user)):
        found.refresh_from_db()
        shown = found.state == ProductState.APPROVED
        messages.success(request, _("Produk tayang lagi.") if shown else _("Produk keluar dari arsip."))
    return redirect("catalog:dashboard-product", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def removal(request, pk):
    found = owned(request, Product, pk=pk)
    if request.method == "POST":
        name = str(found)
        if _done(request, lambda: delete_product(found, by=request.user)):
            messages.success(request, _("“%(product)s” dihapus.") % {"product": name})
            return redirect("catalog:dashboard-products")
        return redirect("catalog:dashboard-product", found.pk)
    context = {"product": found, "product_name": found.display_name, "can_delete": can_delete(found)}
    return render_dashboard(request, "catalog/dashboard/removal.html", context, tab="products")


def _done(request, verb) -> bool:
    """Do it; otherwise say why not."""
    try:
        verb()
    except DomainError as error:
        messages.error(request, error.message)
        return False
    return True
