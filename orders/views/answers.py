"""What an exhibitor decides about paid orders: balances, requests to cancel, refunds, the rule for deposits."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.seller_facts import forget_seller
from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_owner_required, exhibitor_required
from expo.errors import DomainError
from expo.formats import rupiah
from expo.pictures import open_private
from orders.domain.balances import ask_balance
from orders.domain.refund import record_refund
from orders.domain.requests import accept_request, decline_request, refuse_order
from orders.forms.aftersale import DepositTermsForm
from orders.forms.refunds import ReturnForm
from orders.models import DepositTerms, Refund
from orders.states import ORDER_TRANSITIONS, OrderState
from orders.views.inbox import TAB, carry_out, fetch, with_reason


@exhibitor_required
@require_POST
def balance(request, code):
    done = _("Pelunasan diminta. Pembeli sudah diberi tahu.")
    return carry_out(request, code, None, lambda order, data: ask_balance(order, by=request.user), done)


@exhibitor_required
@require_POST
def acceptance(request, code):
    done = _("Pembatalan disetujui. Kembalikan uangnya, lalu catat dengan bukti.")
    return carry_out(request, code, None, lambda order, data: accept_request(order, by=request.user), done)


@exhibitor_required
@require_POST
def declination(request, code):
    done = _("Permintaan ditolak. Pembeli membaca alasan Anda; pesanan dilanjutkan.")
    return with_reason(request, code, "decline", decline_request, done)


@exhibitor_required
@require_POST
def refusal(request, code):
    done = _("Pesanan dibatalkan. Pembeli sudah diberi tahu.")
    return with_reason(request, code, "refuse", refuse_order, done)


@exhibitor_required
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request, code):
    """Money that was given back, with its proof. The second click of two finds the first one's refund."""
    order = fetch(request, code)
    if order.refunds.filter(key=request.POST.get("key", "").replace("\0", "")).exists():
        return redirect("orders:inbox-order", code)
    if OrderState.REFUNDED not in ORDER_TRANSITIONS[order.state]:
        messages.error(request, _("Pada pesanan ini tidak ada dana yang dapat dikembalikan."))
        return redirect("orders:inbox-order", code)
    form = ReturnForm(request.POST or None, request.FILES or None, order=order)
    if request.method == "POST" and form.is_valid():
        try:
            given = record_refund(order, by=request.user, **form.refund())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            done = _("Pengembalian %(total)s dicatat. Pembeli sudah diberi tahu.")
            messages.success(request, done % {"total": rupiah(given.total)})
            return redirect("orders:inbox-order", code)
    latest = order.cancellation_requests.first()
    return render_dashboard(request, "orders/refund.html", {"order": order, "form": form, "wish": latest}, tab=TAB)


@exhibitor_required
@require_GET
def refund_picture(request, code, pk):
    found = get_object_or_404(
        Refund.objects.exclude(proof=""), pk=pk, order__code=code, order__exhibitor=request.exhibitor
    )
    response = FileResponse(open_private(found.proof), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@exhibitor_owner_required
@require_http_methods(["GET", "HEAD", "POST"])
def deposit_terms(request):
    """The rule for deposits of new orders; earlier ones keep what their buyers saw."""
    terms = DepositTerms.objects.filter(exhibitor=request.exhibitor).first()
    form = DepositTermsForm(request.POST or None, instance=terms or DepositTerms(exhibitor=request.exhibitor))
    if request.method == "POST" and form.is_valid():
        form.save()
        forget_seller(request.exhibitor.pk)
        messages.success(request, _("Ketentuan uang muka disimpan."))
        return redirect("orders:deposit-terms")
    return render_dashboard(request, "orders/deposit_terms.html", {"form": form}, tab="payments")
