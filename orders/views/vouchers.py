"""The exhibitor's vouchers."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from orders.forms.vouchers import VoucherForm
from orders.models import Voucher

TAB = "vouchers"


@exhibitor_required
@require_GET
def index(request):
    return render_dashboard(request, "orders/vouchers.html", {"vouchers": request.exhibitor.vouchers.all()}, tab=TAB)


@exhibitor_required
@require_http_methods(["GET", "POST"])
def voucher(request, pk=None):
    """Make or change one. What was taken with it stays; to end it take it out of use."""
    fresh = Voucher(exhibitor=request.exhibitor, created_by=request.user)
    found = owned(request, Voucher, pk=pk) if pk else fresh
    form = VoucherForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Voucher %(code)s disimpan.") % {"code": found.code})
        return redirect("orders:vouchers")
    return render_dashboard(request, "orders/voucher_form.html", {"form": form, "voucher": found}, tab=TAB)
