"""What the owner is asked to do next about products."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product, ProductChange
from exhibitors.dashboard import Todo
from exhibitors.models import ProposalState
from exhibitors.states import CurationState


def product_todos(exhibitor) -> list[Todo]:
    states = list(Product.objects.filter(exhibitor=exhibitor).values_list("state", flat=True)[:1])
    if not states:
        return [Todo(_("Tambahkan produk pertama"), reverse("catalog:dashboard-new-product"), order=30)]
    returned = Product.objects.filter(exhibitor=exhibitor, state=CurationState.RETURNED).count()
    empty = Product.objects.filter(
        exhibitor=exhibitor, state=CurationState.APPROVED, stock=0, made_to_order=False
    ).count()
    todos = []
    for change in ProductChange.objects.filter(product__exhibitor=exhibitor, state=ProposalState.RETURNED)[:3]:
        title = _("Perbaiki usulan perubahan “%(product)s”") % {"product": change.name}
        todos.append(Todo(title, reverse("catalog:dashboard-product", args=[change.product_id]), order=20))
    if returned:
        title = ngettext("Perbaiki %(n)s produk", "Perbaiki %(n)s produk", returned) % {"n": returned}
        todos.append(Todo(title, reverse("catalog:dashboard-products") + "?status=returned", order=20))
    if empty:
        title = ngettext("Isi stok %(n)s produk yang habis", "Isi stok %(n)s produk yang habis", empty) % {"n": empty}
        todos.append(Todo(title, reverse("catalog:dashboard-products") + "?status=empty", order=60))
    return todos
