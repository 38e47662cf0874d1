"""A shipping fee that is named after the order: the exhibitor's form, the buyer's answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.phones import show_phone
from expo.private import secret_link
from orders.domain.methods import methods_for
from orders.domain.quotes import accept_fee, decline_fee, offer_fee
from orders.forms.fees import AnswerForm, FeeForm
from orders.models import Order
from orders.states import FeeState
from orders.timeline import time_left, timeline, whatsapp_to_buyer, whatsapp_to_exhibitor


def render_fee(request, order: Order, *, error: str = "", status: int = 200):
    """The buyer's page of an order whose fee was not agreed (yet)."""
    now = timezone.now()
    offered = order.awaits_fee and order.fee_state == FeeState.OFFERED
    total = order.goods_total + order.shipping_fee
    context = {
        "order": order,
        "payment": None,
        "lines": order.lines.all(),
        "timeline": timeline(order, for_buyer=True),
        "left": time_left(order.pay_before, now),
        "is_offered": offered,
        "waits_for_fee": waits_for_fee(order),
        "methods": methods_for(order.exhibitor, order.booth, total, order.delivery, now) if offered else [],
        "whatsapp": whatsapp_to_exhibitor(order),
        "error": error,
    }
    template = "orders/fee.html" + ("#order-status" if request.htmx else "")
    return render(request, template, context, status=status)


def waits_for_fee(order: Order) -> bool:
    """The exhibitor has not named it yet; the buyer's page looks now and then whether that changed."""
    return order.awaits_fee and order.fee_state != FeeState.OFFERED


@require_POST
@secret_link
def answer(request, token):
    """The buyer's yes or no."""
    order = get_object_or_404(Order, token=token)
    form = AnswerForm(request.POST)
    try:
        if not form.is_valid():
            raise DomainError(_("Pilih setuju atau tidak."))
        data = form.cleaned_data
        if data["answer"] == "yes":
            accept_fee(order, fee=data["fee"], method=data["method"])
            messages.success(request, _("Ongkos kirim disetujui. Sekarang bayar pesanan Anda."))
        else:
            decline_fee(order)
            messages.success(request, _("Pesanan dibatalkan. Anda tidak perlu membayar apa pun."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("orders:tracking", token)


def show_fee(request, order: Order, *, form: FeeForm | None = None, status: int = 200):
    """The exhibitor's page of such an order."""
    initial = {"fee": order.shipping_fee or None, "service": order.shipping_service, "note": order.fee_note}
    context = {
        "order": order,
        "lines": order.lines.all(),
        "timeline": timeline(order),
        "phone": show_phone(order.buyer_phone),
        "whatsapp": whatsapp_to_buyer(order),
        "left": time_left(order.pay_before, timezone.now()),
        "form": form or FeeForm(initial=initial),
    }
    return render_dashboard(request, "orders/inbox_fee.html", context, tab="orders", status=status)


@exhibitor_required
@require_POST
def quote(request, code):
    """The exhibitor names the fee."""
    orders = Order.objects.select_related("exhibitor", "booth__edition", "destination__parent", "edition")
    order = owned(request, orders.prefetch_related("payments"), code=code)
    form = FeeForm(request.POST)
    if not form.is_valid():
        return show_fee(request, order, form=form) if order.awaits_fee else redirect("orders:inbox-order", code)
    try:
        offer_fee(order, by=request.user, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ongkos kirim dikirim ke pembeli. Pesanan menunggu persetujuannya."))
    return redirect("orders:inbox-order", code)
