"""What a buyer sees after the checkout. Whoever holds the secret link may look and act: it is the key."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from expo.errors import DomainError
from expo.limits import check_rate
from expo.pictures import open_private
from expo.private import secret_link
from orders.domain.cancellation import cancel_order
from orders.domain.fulfilment import complete_order
from orders.domain.payment import submit_proof
from orders.domain.reviews import reviewed_lines
from orders.forms import ProofForm
from orders.journey import journey_of
from orders.models import Order, Proof
from orders.paying import panel_for
from orders.purchases import orders_of_purchase
from orders.receipts import has_paper
from orders.states import OrderState
from orders.timeline import WATCHED, time_left, timeline, whatsapp_to_exhibitor
from orders.views.fees import render_fee, waits_for_fee

PROOFS_PER_HOUR = 20


def orders():
    return Order.objects.select_related(
        "exhibitor", "booth__edition", "checkout", "destination__parent", "edition"
    ).prefetch_related("payments__qris")


@require_GET
@secret_link
def purchase(request, token):
    """All orders of one checkout, each to be paid on its own."""
    bought = orders_of_purchase(token)
    if not bought:
        raise Http404
    now = timezone.now()
    shown = [
        {
            "order": order,
            "payment": order.payment,
            "panel": None if order.was_never_due else panel_for(order, order.payment, now, with_others=False),
            "left": time_left(order.pay_before, now),
            "lines": order.lines.all(),
        }
        for order in bought
    ]
    placed = [item for item in shown if item["order"].state == OrderState.PLACED]
    unpaid = [item for item in placed if not item["order"].awaits_fee]
    context = {"checkout": bought[0].checkout, "shown": shown, "unpaid": unpaid, "quoted": len(placed) > len(unpaid)}
    return render(request, "orders/purchase.html", context)


@require_GET
@secret_link
def show(request, token):
    order = get_object_or_404(orders(), token=token)
    if request.htmx and "menunggu" in request.GET and not waits_for_fee(order):
        return HttpResponseClientRefresh()  # the page that asked still says that the fee is not known
    return render_order(request, order, ProofForm())


def render_order(request, order: Order, form: ProofForm, *, error: str = "", status: int = 200):
    if order.was_never_due:
        return render_fee(request, order, error=error, status=status)
    payment, now = order.payment, timezone.now()
    journey = journey_of(order, now)
    context = {
        "order": order,
        "payment": payment,
        "lines": order.lines.all(),
        "timeline": timeline(order, request=journey.request, for_buyer=True),
        "journey": journey,
        "step": journey.step(),
        "left": time_left(order.pay_before, now) if journey.asks_payment else "",
        "unpaid": journey.asks_payment,
        "watched": WATCHED,
        "panel": panel_for(order, payment, now),
        "refunds": order.refunds.all() if order.paid_at else [],
        "has_paper": has_paper(order),
        "received_after": settings.RECEIVED_AFTER_DAYS,
        "proofs": payment.proofs.filter(by=None) if payment.proof_at else [],
        "whatsapp": whatsapp_to_exhibitor(order),
        "reviews": reviewed_lines(order, now),
        "form": form,
        "error": error,
    }
    template = "orders/tracking.html" + ("#order-status" if request.htmx else "")
    return render(request, template, context, status=status)


@require_POST
@secret_link
def proof(request, token):
    """Keep a photo of the transfer."""
    order = get_object_or_404(orders(), token=token)
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_order(request, order, form)
    try:
        check_rate("proof", token, PROOFS_PER_HOUR, 3600)
        submit_proof(order, file=form.cleaned_data["file"], note=form.cleaned_data["note"])
    except DomainError as error:
        form.add_error("file", str(error))
        return render_order(request, get_object_or_404(orders(), token=token), form)
    messages.success(request, _("Bukti diterima. Penjual memeriksa rekeningnya, lalu mengonfirmasi."))
    return redirect("orders:tracking", token)


@require_GET
@secret_link
def proof_picture(request, token, pk):
    """A proof that the buyer uploaded. What the exhibitor added stays with the exhibitor."""
    proof = get_object_or_404(Proof, pk=pk, payment__order__token=token, by=None)
    return FileResponse(open_private(proof.file), content_type="image/jpeg")


@require_POST
@secret_link
def cancellation(request, token):
    return act(request, token, cancel_order, _("Pesanan dibatalkan."))


@require_POST
@secret_link
def reception(request, token):
    return act(request, token, complete_order, _("Terima kasih! Pesanan selesai."))


def act(request, token, verb, done: str):
    """Let the buyer do something with the order, and say what came of it."""
    order = get_object_or_404(Order, token=token)
    try:
        verb(order)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("orders:tracking", token)
