"""Invoices and receipts as PDF, for the buyer by the secret link and for the exhibitor."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from exhibitors.permissions import exhibitor_required, owned
from expo.limits import RateExceededError, check_rate
from expo.private import personal, secret_link
from orders.models import Order
from orders.receipts import has_paper, receipt_pdf

PAPERS_PER_HOUR = 30


def orders():
    return Order.objects.select_related(
        "exhibitor__regency", "booth__edition", "destination__parent", "edition"
    ).prefetch_related("payments", "lines", "refunds")


@require_safe
@secret_link
def receipt(request, token):
    order = get_object_or_404(orders(), token=token)
    try:
        check_rate("paper", token, PAPERS_PER_HOUR, 3600)
    except RateExceededError as error:
        return HttpResponse(str(error), status=429, content_type="text/plain; charset=utf-8")
    return pdf(order)


@exhibitor_required
@require_safe
@personal
def exhibitor_receipt(request, code):
    return pdf(owned(request, orders(), code=code))


def pdf(order: Order) -> HttpResponse:
    if not has_paper(order):
        raise Http404
    response = HttpResponse(receipt_pdf(order, timezone.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{order.code}.pdf"'
    return response
