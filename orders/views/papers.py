"""Papers as PDF: invoices and receipts (for the buyer by the secret link), labels and packing slips of parcels."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.limits import RateExceededError, check_rate
from expo.private import personal, secret_link
from orders.domain.many import MOST
from orders.forms.labels import LabelSenderForm
from orders.models import LabelSender, Order
from orders.parcels import PRINTABLE, labels_pdf, slips_pdf
from orders.receipts import has_paper, receipt_pdf
from orders.views.picking import picked_codes

PAPERS_PER_HOUR = 30
PARCEL_PAPERS_PER_HOUR = 200


def orders():
    return Order.objects.select_related(
        "exhibitor__regency", "booth__edition", "destination__parent", "edition"
    ).prefetch_related("payments", "lines", "refunds")


def parcels():
    return Order.objects.select_related(
        "exhibitor__regency", "exhibitor__district", "exhibitor__label_sender", "booth__edition", "destination__parent"
    ).prefetch_related("lines__product", "lines__variant")


@require_safe
@secret_link
def receipt(request, token):
    order = get_object_or_404(orders(), token=token)
    try:
        check_rate("paper", token, PAPERS_PER_HOUR, 3600)
    except RateExceededError as error:
        return too_many(error)
    return pdf(order)


@exhibitor_required
@require_safe
@personal
def exhibitor_receipt(request, code):
    return pdf(owned(request, orders(), code=code))


def pdf(order: Order) -> HttpResponse:
    if not has_paper(order):
        raise Http404
    return answer(receipt_pdf(order, timezone.now()), order.code)


@exhibitor_required
@require_safe
@personal
def label(request, code):
    """The label of one parcel."""
    return parcel_paper(request, labels_pdf, _("label"), [owned(request, parcels(), code=code)])


@exhibitor_required
@require_safe
@personal
def slip(request, code):
    """The packing slip of one parcel."""
    return parcel_paper(request, slips_pdf, _("isi-paket"), [owned(request, parcels(), code=code)])


@exhibitor_required
@require_safe
@personal
def labels(request):
    """The labels of all orders that were ticked (``pesanan``), in one file."""
    return parcel_paper(request, labels_pdf, _("label"), picked_parcels(request))


@exhibitor_required
@require_safe
@personal
def slips(request):
    return parcel_paper(request, slips_pdf, _("isi-paket"), picked_parcels(request))


def picked_parcels(request) -> list[Order]:
    """In the order in which they were ticked, which is that of the list. All of them: too many are refused, not cut."""
    codes = picked_codes(request.GET)
    found = {order.code: order for order in parcels().filter(exhibitor=request.exhibitor, code__in=codes)}
    return [found[code] for code in codes if code in found]


def parcel_paper(request, make: Callable[..., bytes], name: str, found: list[Order]) -> HttpResponse:
    """The file; or back to the list, saying what can't be printed: then nothing is, as nobody would notice a gap."""
    if refused := [order.code for order in found if order.state not in PRINTABLE]:
        said = {"codes": ", ".join(refused)}
        messages.error(
            request, _("Label dan isi paket hanya untuk pesanan yang dibayar. Lepas dahulu: %(codes)s") % said
        )
        return redirect("orders:inbox")
    if not found:
        messages.error(request, _("Pilih dahulu pesanannya."))
        return redirect("orders:inbox")
    if len(found) > MOST:
        said = _("Paling banyak %(most)s pesanan dalam satu berkas. Lepas beberapa centang dahulu.")
        messages.error(request, said % {"most": MOST})
        return redirect("orders:inbox")
    try:
        check_rate("parcel-paper", str(request.exhibitor.pk), PARCEL_PAPERS_PER_HOUR, 3600)
    except RateExceededError as error:
        return too_many(error)
    of = found[0].code if len(found) == 1 else f"{len(found)}"
    return answer(make(found, timezone.now()), f"{name}-{of}")


def answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def too_many(error: RateExceededError) -> HttpResponse:
    return HttpResponse(str(error), status=429, content_type="text/plain; charset=utf-8")


@exhibitor_required
@require_http_methods(["GET", "HEAD", "POST"])
def label_sender(request):
    """Who stands on the labels as the sender, and what the courier is told."""
    sender = LabelSender.objects.filter(exhibitor=request.exhibitor).first()
    form = LabelSenderForm(request.POST or None, instance=sender or LabelSender(exhibitor=request.exhibitor))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Pengirim di label disimpan."))
        return redirect("orders:label-sender")
    return render_dashboard(request, "orders/label_sender.html", {"form": form}, tab="shipping")
