"""The exhibitor's orders: what waits first. Everything is reached through ``request.exhibitor``."""

from functools import cache, partial

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_POST

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.limits import check_rate
from expo.phones import show_phone
from expo.pictures import open_private
from expo.prepared import MOMENT, Count, number_slot
from orders.couriers import COURIERS
from orders.domain.balances import awaits_balance, balance_due, is_in_production
from orders.domain.cancellation import cancel_order
from orders.domain.fulfilment import complete_order, pack_order, ship_order
from orders.domain.history import undelivered_mail
from orders.domain.many import MOST
from orders.domain.payment import confirm_payment, reject_proof
from orders.domain.pickup import require_code
from orders.domain.requests import CANCELLABLE, is_forfeited, is_overdue
from orders.domain.undoing import may_be_undone
from orders.due import until_due, with_due
from orders.forms import ConfirmForm, ReasonForm, ShipmentForm
from orders.forms.aftersale import HandoverForm
from orders.journey import Journey, journey_of
from orders.models import Delivery, Order, Payment, Proof
from orders.parcels import PRINTABLE
from orders.states import ORDER_TRANSITIONS, OrderState, PaymentState
from orders.timeline import time_left, timeline, whatsapp_to_buyer
from orders.views.fees import show_fee
from orders.views.pages import due_first, newest_first
from orders.worklist import QUEUES, Queue, Waiting, action_of, queue_of, waiting_in

TAB = "orders"
CODES_PER_HOUR = 20
REJECTIONS = (
    gettext_lazy("Uangnya belum masuk."),
    gettext_lazy("Jumlahnya tidak sama dengan tagihan."),
    gettext_lazy("Gambarnya tidak terbaca."),
)
PER_PAGE = 30


@cache
def _waiting_query() -> Count:
    return Count(Order.objects.filter(exhibitor=number_slot(1)).waiting(MOMENT), exhibitor=number_slot(1), now=MOMENT)


def waiting(exhibitor) -> int:
    """How many orders wait for this exhibitor to do something: the badge of the tab."""
    return _waiting_query().number(exhibitor=exhibitor.pk, now=timezone.now())


@exhibitor_required
@require_GET
def index(request):
    """One queue at a time, what is due first on top; without a choice whatever has to be done."""
    orders, now = Order.objects.filter(exhibitor=request.exhibitor), timezone.now()
    chosen = request.GET.get("antrean") or "tugas"
    if chosen not in QUEUES:
        raise Http404
    queue = QUEUES[chosen]
    picked = queue.pick(orders).prefetch_related("payments", "lines", "cancellation_requests")
    size = MOST if queue.is_bulk else PER_PAGE
    key = request.GET.get("sebelum", "")
    found = newest_first(picked, key, size) if queue.is_history else due_first(with_due(picked), key, size)
    waits = waiting_in(request.exhibitor, now)
    context = {
        "queue": queue,
        "steps": [step_shown(waits[name], now) for name in waits if QUEUES[name].is_step],
        "others": [
            waits[name]
            for name in waits
            if not QUEUES[name].is_step and (waits[name].count or name in ("tugas", chosen))
        ],
        "history": QUEUES["selesai"],
        "listed": found,
        "cards": [card_of(order, queue, now) for order in found.items],
        "all_picked": request.GET.get("pilih") == "semua",
    }
    return render_dashboard(request, "orders/inbox.html", context, tab=TAB)


def is_offered(waits: Waiting, chosen: str) -> bool:
    """Queues of rarer things are named only while they hold something."""
    return waits.count > 0 or waits.queue.name in ("tugas", chosen)


def step_shown(waits: Waiting, now) -> dict:
    late = waits.first_due is not None and waits.first_due <= now
    return {"waits": waits, "until": until_due(waits.first_due, now) if waits.first_due else "", "is_late": late}


def card_of(order: Order, queue: Queue, now) -> dict:
    """An order in a list, with the one thing to do next."""
    own = queue_of(order, now)
    due = None if queue.is_history else order.due
    return {
        "order": order,
        "payment": order.payment,
        "queue": own,
        "action": "" if queue.is_history else action_of(order, own),
        "until": until_due(due, now) if due else "",
        "is_late": due is not None and due <= now,
    }


def fetch(request, code) -> Order:
    return owned(
        request,
        Order.objects.select_related("exhibitor", "booth", "destination__parent", "edition").prefetch_related(
            "payments__confirmed_by"
        ),
        code=code,
    )


@exhibitor_required
@require_GET
def order(request, code):
    return show(request, fetch(request, code))


def show(request, order: Order, *, status: int = 200, **forms):
    if order.was_never_due:
        return show_fee(request, order, status=status)
    payment, journey = order.payment, journey_of(order, timezone.now())
    context = {
        "order": order,
        "payment": payment,
        "lines": order.lines.all(),
        "journey": journey,
        "proofs": payment.proofs.all(),
        "refunds": order.refunds.all(),
        "undelivered": undelivered_mail(order),
        "balance": balance_due(order),
        "timeline": timeline(order, request=journey.request),
        "phone": show_phone(order.buyer_phone),
        "whatsapp": whatsapp_to_buyer(order),
        "couriers": COURIERS,
        **possible_steps(order, payment, journey),
        **bound(forms),
    }
    return render_dashboard(request, "orders/inbox_order.html", context, tab=TAB, status=status)


def possible_steps(order: Order, payment: Payment, journey: Journey) -> dict:
    """What the exhibitor may or must do with this order now."""
    nexts, now = ORDER_TRANSITIONS[order.state], timezone.now()
    goes_on = not journey.has_open_request and not journey.is_stopped
    settled = goes_on and not is_half_paid(order, payment)
    unpaid = journey.asks_payment
    return {
        "in_production": is_in_production(order, payment) and goes_on,
        "overdue": is_overdue(order, payment, now) and not journey.is_stopped,
        "forfeits": is_forfeited(order),
        "left": time_left(order.pay_before, now) if unpaid else "",
        "unpaid": unpaid,
        "to_confirm": unpaid and payment.state == PaymentState.PROOF_SUBMITTED,
        "rejections": rejections(order) if unpaid and is_said_to_be_paid(payment) else [],
        "can_refuse": order.state in CANCELLABLE and goes_on,
        "can_refund": OrderState.REFUNDED in nexts,
        "can_cancel": journey.can_cancel,
        "can_pack": settled and OrderState.PACKED in nexts,
        "can_ship": settled and OrderState.SHIPPED in nexts and order.delivery == Delivery.SHIP,
        "can_complete": settled and OrderState.COMPLETED in nexts,
        "can_undo": may_be_undone(order, payment),
        "can_print": goes_on and order.state in PRINTABLE,
    }


def is_said_to_be_paid(payment: Payment) -> bool:
    claimed = payment.state == PaymentState.PENDING and payment.claimed_at is not None
    return claimed or payment.state == PaymentState.PROOF_SUBMITTED


def rejections(order: Order) -> list[dict[str, str]]:
    """Reasons that need one tap: as the exhibitor reads them, and as the buyer will."""
    with override(order.language):
        said = [str(reason) for reason in REJECTIONS]
    return [{"label": str(label), "said": text} for label, text in zip(REJECTIONS, said, strict=True)]


def bound(forms: dict) -> dict:
    """The forms of the page: those that were sent and refused as they were, the others empty."""
    reasons = {
        f"{prefix}_form": ReasonForm(prefix=prefix) for prefix in ("decline", "refuse", "reject", "cancel", "undo")
    }
    others = {"handover_form": HandoverForm(), "confirm_form": ConfirmForm(), "ship_form": ShipmentForm()}
    return reasons | others | forms


def is_half_paid(order: Order, payment: Payment) -> bool:
    return is_in_production(order, payment) or awaits_balance(order, payment)


@exhibitor_required
@require_GET
def proof_picture(request, code, pk):
    proof = get_object_or_404(Proof, pk=pk, payment__order__code=code, payment__order__exhibitor=request.exhibitor)
    response = FileResponse(open_private(proof.file), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@exhibitor_required
@require_POST
def confirmation(request, code):
    form = ConfirmForm(request.POST, request.FILES)
    return carry_out(
        request,
        code,
        form,
        lambda order, data: confirm_payment(order, by=request.user, evidence=data["evidence"]),
        _("Pembayaran diterima. Silakan kemas pesanan ini."),
        "confirm_form",
    )


@exhibitor_required
@require_POST
def rejection(request, code):
    done = _("Bukti ditolak. Pembeli sudah diberi tahu.")
    return with_reason(request, code, "reject", reject_proof, done)


@exhibitor_required
@require_POST
def packing(request, code):
    return carry_out(request, code, None, lambda order, data: pack_order(order, by=request.user), _("Pesanan dikemas."))


@exhibitor_required
@require_POST
def shipment(request, code):
    return carry_out(
        request,
        code,
        ShipmentForm(request.POST),
        lambda order, data: ship_order(order, by=request.user, **data),
        _("Pesanan dikirim. Pembeli sudah diberi tahu."),
        "ship_form",
    )


@exhibitor_required
@require_POST
def completion(request, code):
    order = fetch(request, code)
    form = HandoverForm(request.POST) if order.delivery == Delivery.PICKUP else None
    return carry_out(request, code, form, partial(hand_over, by=request.user), _("Pesanan selesai."), "handover_form")


def hand_over(order: Order, data: dict, *, by) -> Order:
    """Complete an order; one that is fetched at the stand with the buyer's code, or knowingly without."""
    if data.get("code"):
        check_rate("pickup", order.code, CODES_PER_HOUR, 3600)
        require_code(order, data["code"])
    return complete_order(order, by=by, reason="" if data.get("code") or not data else _("Diserahkan tanpa kode."))


@exhibitor_required
@require_POST
def cancellation(request, code):
    done = _("Pesanan dibatalkan dan stok kembali. Pembeli sudah diberi tahu.")
    return with_reason(request, code, "cancel", cancel_order, done)


def with_reason(request, code, prefix: str, verb, done: str):
    """Carry out what the buyer is told a reason for: that of the form ``prefix``."""
    form = ReasonForm(request.POST, prefix=prefix)
    return carry_out(
        request,
        code,
        form,
        lambda order, data: verb(order, by=request.user, reason=data["reason"]),
        done,
        f"{prefix}_form",
    )


def carry_out(request, code, form, verb, done: str, form_name: str = ""):
    """Bind, call the domain, and come back to the order with what happened."""
    order = fetch(request, code)
    if form is not None and not form.is_valid():
        return show(request, order, **{form_name: form})
    try:
        verb(order, form.cleaned_data if form is not None else {})
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return back_to_queue(request) or redirect("orders:inbox-order", code)


def back_to_queue(request):
    """To the list from which a button was pressed, if it was one."""
    queue = request.POST.get("antrean", "")
    return redirect(f"{reverse('orders:inbox')}?antrean={queue}") if queue in QUEUES else None
