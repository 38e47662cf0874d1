"""What a buyer does on the way to having paid, through the order's secret link."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from expo.errors import DomainError
from expo.limits import check_rate
from expo.private import secret_link
from orders.domain.destinations import change_method
from orders.domain.payment import claim_payment, is_asked
from orders.models import Method, Order, Payment, QrisState
from orders.paying import qr_picture

CHANGES_PER_HOUR = 20
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_POST
@secret_link
def method(request, token):
    """Pay in another way."""
    order = get_object_or_404(Order, token=token)
    chosen = request.POST.get("method", "")
    if chosen not in Method.values:
        raise Http404

    def change() -> None:
        check_rate("method", token, CHANGES_PER_HOUR, 3600)  # each change is kept in the order's history
        change_method(order, chosen)

    return act(request, order, change, _("Cara pembayaran diganti."))


@require_POST
@secret_link
def claim(request, token):
    """ "Saya sudah membayar", without a proof."""
    order = get_object_or_404(Order, token=token)
    done = _("Penjual kami beri tahu dan akan memeriksa rekeningnya. Unggah bukti agar lebih cepat.")
    return act(request, order, lambda: claim_payment(order), done)


def act(request, order, verb, done: str):
    try:
        verb()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("orders:tracking", order.token)


@require_GET
@secret_link
def qris_picture(request, token, kind):
    """The QR code of an unpaid order; a code that staff have blocked is not shown any more."""
    payment = get_object_or_404(
        Payment.objects.select_related("qris", "order").exclude(qris__state=QrisState.BLOCKED),
        order__token=token,
        is_current=True,
        method=Method.QRIS,
    )
    if payment.confirmed_at or not is_asked(payment.order, payment):
        raise Http404
    response = HttpResponse(qr_picture(payment.qris_text, kind), content_type=TYPES[kind])
    if kind == "png":
        response.headers["Content-Disposition"] = f'attachment; filename="QRIS-{payment.order.code}.png"'
    return response
