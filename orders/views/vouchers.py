"""The exhibitor's vouchers."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from orders.forms.vouchers import VoucherForm
from orders.models import Voucher

TAB = "vouchers"
USUAL_PERIOD = dt.timedelta(days=30)


@exhibitor_required
@require_GET
def index(request):
    return render_dashboard(request, "orders/vouchers.html", {"vouchers": request.exhibitor.vouchers.all()}, tab=TAB)


def fresh_voucher(request) -> Voucher:
    """As most begin: now, for a month."""
    now = timezone.now().replace(second=0, microsecond=0)
    period = {"valid_from": now, "valid_until": now + USUAL_PERIOD}
    return Voucher(exhibitor=request.exhibitor, created_by=request.user, **period)


@exhibitor_required
@require_http_methods(["GET", "POST"])
def voucher(request, pk=None):
    """Make or change one. What was taken with it stays; to end it take it out of use."""
    found = owned(request, Voucher, pk=pk) if pk else fresh_voucher(request)
    form = VoucherForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Voucher %(code)s disimpan.") % {"code": found.code})
        return redirect("orders:vouchers")
    return render_dashboard(request, "orders/voucher_form.html", {"form": form, "voucher": found}, tab=TAB)
