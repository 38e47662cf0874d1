"""The products of one exhibitor that wait, all on one page: what is in order is approved with one click."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.domain.curation import approve_product, content_of_product
from catalog.models import Product
from exhibitors.desk_claims import give_back, taken_in_order
from exhibitors.domain.second_eyes import is_approved_once
from expo.errors import DomainError

AT_ONCE = 24
AHEAD = 200


def batch_view(model_admin, request):
    """GET shows the exhibitor whose product waits longest; POST approves what is ticked, as it was seen."""
    model_admin.require_curator(request)
    if not request.user.has_perm("exhibitors.view_exhibitor"):
        raise PermissionDenied
    if request.method == "POST":
        approve_ticked(model_admin, request)
        return redirect(leading_past(request, passed_over(request.POST)))
    passed = passed_over(request.GET)
    products = next_batch(model_admin, request, passed)
    if not products:
        messages.success(request, _("Tidak ada lagi produk yang menunggu."))
        return redirect("admin:index")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": str(products[0].exhibitor),
        "exhibitor": products[0].exhibitor,
        "rows": [(product, content_of_product(product)) for product in products],
        "passed": [*passed, products[0].exhibitor_id],
        "next_url": leading_past(request, [*passed, products[0].exhibitor_id]),
    }
    return TemplateResponse(request, "admin/curation/batch.html", context)


def passed_over(data) -> list[int]:
    """Whose products were left for later in this sitting."""
    return [int(pk) for pk in data.getlist("lewati")[-AHEAD:] if pk.isdecimal() and len(pk) < 19]


def leading_past(request, passed: list[int]) -> str:
    return request.path + ("?" + urlencode({"lewati": passed}, doseq=True) if passed else "")


def next_batch(model_admin, request, passed: list[int]) -> list[Product]:
    """What waits of the exhibitor whose turn it is; one that a colleague has open is led past."""
    waiting = model_admin.waiting(request)
    order = (F("submitted_at").asc(nulls_last=True), "pk")
    turns = dict.fromkeys(waiting.order_by(*order).values_list("exhibitor", flat=True)[:AHEAD])
    keys = {pk: f"curating:batch:{pk}" for pk in turns if pk not in passed}
    for pk in taken_in_order(keys, request.user.pk):
        rows = waiting.filter(exhibitor=pk).order_by(*order)
        rows = rows.select_related("exhibitor__regency", "category", "cover").defer("search")
        if products := list(rows.prefetch_related("photos__picture", "variants")[:AT_ONCE]):
            return products
        give_back(keys[pk], request.user.pk)  # decided between looking and taking
    return []


def approve_ticked(model_admin, request) -> None:
    ids = [pk for pk in request.POST.getlist("pk")[:AT_ONCE] if pk.isdecimal()]
    done = 0
    for product in Product.objects.filter(pk__in=ids).order_by("pk"):
        try:
            approve_product(product, by=request.user, seen=request.POST.get(f"seen_{product.pk}", ""))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            done += 1
            if is_approved_once(product):
                text = _("“%(subject)s”: persetujuan pertama dicatat, menunggu mata kedua.")
                messages.info(request, text % {"subject": product})
    if done:
        text = ngettext("%(n)s produk disetujui.", "%(n)s produk disetujui.", done)
        messages.success(request, text % {"n": done})
