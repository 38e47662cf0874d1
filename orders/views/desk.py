"""The cash desk's pages: selling without JavaScript, what was sold, receipts, mistakes, goods brought back."""

import datetime as dt

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.formats import WIB, rupiah
from orders.cashdesk.goods import goods_of
from orders.cashdesk.place import booth_at, refusal_to_sell
from orders.cashdesk.receipts import share_address
from orders.cashdesk.returns import may_be_returned, take_goods_back
from orders.cashdesk.sales import may_be_voided, record_sale, void_sale
from orders.cashdesk.signing import overdue_sheets
from orders.cashdesk.stock import conflicts_of
from orders.forms.desk import DeskForm, GoodsBackForm, VoidForm
from orders.models import StandDiscard, StandReturn, StandSale, Way

TAB = "desk"
LATEST = 5
MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def desk(request):
    """Sell. With JavaScript the page becomes the app of ``static/js/desk*.js``; without it this form is enough."""
    now = timezone.now()
    booth = booth_at(request.exhibitor, now)
    goods = goods_of(request.exhibitor, booth, now)
    form = DeskForm(request.POST or None, goods=goods)
    if request.method == "POST" and form.is_valid():
        try:
            found = record_sale(request.exhibitor, form.sale(), by=request.user, now=now)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(found.sale)
    return show(request, form, booth, now)


def show(request, form, booth, now):
    today = now.astimezone(WIB).date()
    sales = StandSale.objects.filter(exhibitor=request.exhibitor, day=today).prefetch_related("lines")
    context = {
        "booth": booth,
        "form": form,
        "owner": owner_of(request),
        "refusal": refusal_to_sell(request.exhibitor) or ("" if booth else no_booth()),
        "latest": sales[:LATEST],
        "overdue": overdue_sheets(request.exhibitor, now),
        "conflicts": conflicts_of(request.exhibitor).count(),
    }
    return render_dashboard(request, "orders/desk/desk.html", context, tab=TAB)


def owner_of(request) -> str:
    """Whose queue a device keeps: this person's for this exhibitor."""
    return f"{request.user.pk}-{request.exhibitor.pk}"


def no_booth() -> str:
    return _("Anda belum punya stan di pameran atau mal yang sedang berjualan.")


@require_safe
@exhibitor_required
def sales(request):
    """What was sold on one WIB day (``hari``), today unless the address says otherwise."""
    today = timezone.localdate(timezone=WIB)
    day = read_day(request.GET["hari"]) if request.GET.get("hari") else today
    found = StandSale.objects.filter(exhibitor=request.exhibitor, day=day).select_related("sold_by")
    backs = StandReturn.objects.filter(sale__exhibitor=request.exhibitor, day=day).aggregate(sum=Sum("amount"))
    sums = dict(found.filter(voided_at=None).order_by().values_list("way").annotate(Sum("amount")))
    discards = StandDiscard.objects.filter(exhibitor=request.exhibitor, day=day)
    context = {
        "day": day,
        "sales": found.prefetch_related("lines")[:MOST],
        "totals": [(way.label, sums.get(way, 0)) for way in Way],
        "returned": backs["sum"] or 0,
        "discards": discards.select_related("discarded_by")[:MOST],
        "total": sum(sums.values()) - (backs["sum"] or 0),
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1) if day < today else None,
    }
    return render_dashboard(request, "orders/desk/sales.html", context, tab=TAB)


def read_day(text: str) -> dt.date:
    """A day of an address; 404 for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not 2000 <= day.year < 2200:
        raise Http404
    return day


@require_safe
@exhibitor_required
def sale(request, pk):
    return show_sale(request, pk, VoidForm())


def show_sale(request, pk, form, status=200):
    related = StandSale.objects.select_related("booth", "edition", "sold_by", "voided_by", "sign_off", "exhibitor")
    found = owned(request, related.prefetch_related("lines"), pk=pk)
    context = {
        "sale": found,
        "form": form,
        "share": share_address(found),
        "may_be_voided": may_be_voided(found, timezone.now()),
        "may_be_returned": may_be_returned(found),
        "returns": found.returns.select_related("by").prefetch_related("lines__line"),
    }
    return render_dashboard(request, "orders/desk/sale.html", context, tab=TAB, status=status)


@require_POST
@exhibitor_required
def void(request, pk):
    found = owned(request, StandSale, pk=pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return show_sale(request, pk, form)
    try:
        void_sale(found, by=request.user, reason=form.cleaned_data["reason"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Penjualan dibatalkan. Stoknya kembali dan catatannya dikoreksi."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def goods_back(request, pk):
    """Something of a sale was brought back. The second click of two finds the first one's return."""
    sales = StandSale.objects.select_related("booth", "edition", "exhibitor").prefetch_related("lines")
    found = owned(request, sales, pk=pk)
    form = GoodsBackForm(request.POST or None, sale=found)
    if request.method == "POST" and form.is_valid():
        try:
            back = take_goods_back(found, by=request.user, **form.goods())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            done = _("Barang kembali dicatat. Berikan %(amount)s kepada pembeli.")
            messages.success(request, done % {"amount": rupiah(back.amount)})
            return redirect(found)
    if request.method != "POST" and not may_be_returned(found):
        return redirect(found)
    return render_dashboard(request, "orders/desk/goods_back.html", {"sale": found, "form": form}, tab=TAB)
