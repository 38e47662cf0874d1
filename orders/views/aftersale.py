"""What a buyer does after the payment, by the order's secret link."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from expo.errors import DomainError
from expo.limits import check_rate
from expo.pictures import open_private
from expo.private import secret_link
from orders.domain.again import order_again
from orders.domain.requests import request_cancellation, withdraw_request
from orders.forms.aftersale import CancellationForm
from orders.models import Order, Refund
from orders.views.basket import ensure_cart, remember_cart

REQUESTS_PER_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def request_to_cancel(request, token):
    """A page of its own, so that what was typed survives an error."""
    order = get_object_or_404(Order.objects.select_related("exhibitor", "booth__edition"), token=token)
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_rate("cancellation", token, REQUESTS_PER_HOUR, 3600)
            request_cancellation(order, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Permintaan dikirim. Penjual menjawabnya di halaman pesanan ini."))
            return redirect("orders:tracking", token)
    return render(request, "orders/cancellation.html", {"order": order, "form": form})


@require_POST
@secret_link
def withdrawal(request, token):
    order = get_object_or_404(Order, token=token)
    try:
        withdraw_request(order)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Permintaan dicabut. Pesanan Anda dilanjutkan."))
    return redirect("orders:tracking", token)


@require_POST
@secret_link
def again(request, token):
    """The same goods into the cart, at today's prices."""
    order = get_object_or_404(Order, token=token)
    try:
        cart = ensure_cart(request)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("orders:tracking", token)
    for problem in order_again(order, cart):
        messages.warning(request, problem)
    return remember_cart(redirect("orders:cart"), cart)


@require_GET
@secret_link
def refund_picture(request, token, pk):
    """The proof of a refund: its buyer may see it."""
    refund = get_object_or_404(Refund.objects.exclude(proof=""), pk=pk, order__token=token)
    return FileResponse(open_private(refund.proof), content_type="image/jpeg")
