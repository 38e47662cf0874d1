"""Cash at the stand, and taking a mistaken confirmation back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from orders.domain.cash import hand_over
from orders.domain.undoing import undo_confirmation
from orders.forms import ReasonForm
from orders.models import Order


@exhibitor_required
@require_POST
def handover(request, code):
    """Paid in cash and taken, in one press."""
    order = owned(request, Order, code=code)
    return act(request, code, lambda: hand_over(order, by=request.user), _("Dibayar tunai dan diserahkan. Selesai."))


@exhibitor_required
@require_POST
def undoing(request, code):
    order = owned(request, Order, code=code)
    form = ReasonForm(request.POST, prefix="undo")
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya: pembeli membacanya."))
        return redirect("orders:inbox-order", code)
    reason = form.cleaned_data["reason"]
    done = _("Penerimaan dibatalkan. Pesanan menunggu pembayaran lagi, dan pembeli diberi tahu.")
    return act(request, code, lambda: undo_confirmation(order, by=request.user, reason=reason), done)


def act(request, code, verb, done: str):
    try:
        verb()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("orders:inbox-order", code)
