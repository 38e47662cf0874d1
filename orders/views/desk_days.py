"""The end of a day at the stand: counting the drawer, and settling pieces that the stock did not have."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required
from expo.errors import DomainError
from expo.formats import WIB, rupiah
from orders.cashdesk.signing import open_sheets, sheet_of, sign_day
from orders.cashdesk.stock import conflicts_of, rivals_of, settle_conflict
from orders.forms.desk import SettlementForm, SignOffForm
from orders.models import CashSignOff, StandLine
from orders.views.desk import TAB, read_day

SIGNED_SHOWN = 30


@require_safe
@exhibitor_required
def index(request):
    signed = CashSignOff.objects.filter(exhibitor=request.exhibitor).select_related("signed_by")
    context = {
        "sheets": open_sheets(request.exhibitor),
        "signed": signed[:SIGNED_SHOWN],
        "today": timezone.localdate(timezone=WIB),
    }
    return render_dashboard(request, "orders/desk/days.html", context, tab=TAB)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def day(request, day):
    """Count the drawer of one day."""
    moment = read_day(day)
    sheet = sheet_of(request.exhibitor, moment)
    form = SignOffForm(request.POST or None, initial={"seen": sheet.stamp})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            signed = sign_day(
                request.exhibitor,
                moment,
                seen=given["seen"],
                opening=given["opening"] or 0,
                counted=given["counted"],
                note=given["note"],
                by=request.user,
            )
        except DomainError as error:
            if not sheet.has_anything:
                messages.error(request, str(error))
                return redirect("orders:desk-days")
            form.add_error(None, str(error))
            form.data = form.data.copy()
            form.data["seen"] = sheet.stamp
        else:
            messages.success(request, signed_sentence(signed))
            return redirect("orders:desk-days")
    signed = CashSignOff.objects.filter(exhibitor=request.exhibitor, day=moment).select_related("signed_by")
    context = {"sheet": sheet, "form": form, "day": moment, "signed": signed}
    return render_dashboard(request, "orders/desk/day.html", context, tab=TAB)


def signed_sentence(signed: CashSignOff) -> str:
    amount = rupiah(signed.total)
    if signed.difference:
        said = {"amount": amount, "difference": rupiah(signed.difference)}
        return _("Kas ditutup: %(amount)s dihitung dalam omzet. Selisih laci %(difference)s dicatat.") % said
    return _("Kas ditutup dan cocok: %(amount)s dihitung dalam omzet.") % {"amount": amount}


@require_safe
@exhibitor_required
def conflicts(request):
    return show_conflicts(request)


def show_conflicts(request, wrong: int | None = None, form=None):
    lines = list(conflicts_of(request.exhibitor))
    rivals = rivals_of(lines)
    context = {
        "rows": [
            {
                "line": line,
                "rivals": rivals.get((line.product_id, line.variant_id), []),
                "form": form if line.pk == wrong else SettlementForm(auto_id=f"id_%s_{line.pk}"),
            }
            for line in lines
        ]
    }
    return render_dashboard(request, "orders/desk/conflicts.html", context, tab=TAB)


@require_POST
@exhibitor_required
def settlement(request, pk):
    found = owned_line(request, pk)
    form = SettlementForm(request.POST, auto_id=f"id_%s_{found.pk}")
    if not form.is_valid():
        return show_conflicts(request, found.pk, form)
    try:
        settle_conflict(found, by=request.user, settlement=form.cleaned_data["settlement"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Selisih stok dicatat selesai."))
    return redirect("orders:desk-conflicts")


def owned_line(request, pk) -> StandLine:
    """A line of one of this exhibitor's sales, else 404."""
    return get_object_or_404(StandLine, sale__exhibitor=request.exhibitor, pk=pk)
