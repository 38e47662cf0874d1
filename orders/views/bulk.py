"""Many orders at once: packed, or shipped with a number each. What stayed as it was is shown again with the reason."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required
from expo.formats import number
from orders.couriers import COURIERS
from orders.domain.many import MOST, Outcome, pack_many, ship_many
from orders.forms.fulfilment import ParcelForm
from orders.models import Delivery, Order
from orders.views.picking import picked_codes

TAB = "orders"


def picked_orders(request, codes: list[str]) -> list[Order]:
    """Those of this exhibitor, in the order in which they were ticked."""
    orders = Order.objects.filter(exhibitor=request.exhibitor, code__in=codes)
    found = {order.code: order for order in orders.select_related("destination").prefetch_related("payments", "lines")}
    return [found[code] for code in codes if code in found]


def shown_at_once(request, orders: list[Order]) -> list[Order]:
    """The first of them, and a word on how many there is no room for."""
    if left := len(orders[MOST:]):
        said = _("Paling banyak %(most)s pesanan sekaligus: %(n)s lainnya belum ada di sini dan tidak berubah.")
        messages.warning(request, said % {"most": number(MOST), "n": number(left)})
    return orders[:MOST]


def sendable(request, orders: list[Order]) -> set[int]:
    """Ids of those that are paid and wait to be packed or shipped."""
    mine = Order.objects.filter(exhibitor=request.exhibitor, pk__in=[order.pk for order in orders])
    return set(mine.to_send().values_list("pk", flat=True))


def nothing_picked(request):
    messages.error(request, _("Pilih dahulu pesanannya."))
    return redirect("orders:inbox")


@exhibitor_required
@require_http_methods(["GET", "HEAD", "POST"])
def packing(request):
    """A list to pack by; one button says that all of it is packed."""
    codes = picked_codes(request.POST if request.method == "POST" else request.GET)
    problems = {}
    if request.method == "POST":
        outcomes = pack_many(request.exhibitor, codes, by=request.user)
        tell_done(request, outcomes, "packed")
        problems = {outcome.order.code: outcome.problem for outcome in outcomes if not outcome.is_done}
        if outcomes and not problems:
            return redirect(f"{reverse('orders:inbox')}?antrean=kirim")
        codes = list(problems)
    orders = shown_at_once(request, picked_orders(request, codes))
    if not orders:
        return nothing_picked(request)
    rows = [{"order": order, "problem": problems.get(order.code, "")} for order in orders]
    return render_dashboard(request, "orders/packing_many.html", {"rows": rows}, tab=TAB)


@exhibitor_required
@require_http_methods(["GET", "HEAD", "POST"])
def shipments(request):
    """A table of parcels: courier and number of each. Rows that are left empty stay as they are."""
    data = request.POST if request.method == "POST" else None
    orders = picked_orders(request, picked_codes(request.GET if data is None else data))
    if not orders:
        return nothing_picked(request)
    forms = {order.code: parcel_form(order, data) for order in orders}
    problems = {}
    if data is not None:
        parcels = {code: form.parcel() for code, form in forms.items() if form.is_valid() and form.is_filled}
        outcomes = ship_many(request.exhibitor, parcels, by=request.user)
        tell_done(request, outcomes, "shipped")
        problems = {outcome.order.code: outcome.problem for outcome in outcomes if not outcome.is_done}
        done = {outcome.order.code for outcome in outcomes if outcome.is_done}
        orders = [order for order in orders if order.code not in done]
        if done and not orders:
            return redirect(f"{reverse('orders:inbox')}?antrean=dikirim")
        if not outcomes and not any(form.errors for form in forms.values()):
            messages.error(request, _("Isi dahulu nomor resinya, atau centang tanpa resi."))
    orders = shown_at_once(request, orders)
    open_ones = sendable(request, orders)
    rows = [shipment_row(order, forms[order.code], open_ones, problems) for order in orders]
    context = {"rows": rows, "couriers": COURIERS, "is_open": any(row["is_open"] for row in rows)}
    return render_dashboard(request, "orders/shipments.html", context, tab=TAB)


def parcel_form(order: Order, data) -> ParcelForm:
    return ParcelForm(data, prefix=order.code, initial={"courier": order.shipping_service}, auto_id="id_%s")


def shipment_row(order: Order, form: ParcelForm, open_ones: set[int], problems: dict[str, str]) -> dict:
    """``is_open``: it can be shipped now; otherwise its state says why not."""
    is_open = order.pk in open_ones and order.delivery == Delivery.SHIP
    problem = problems.get(order.code, "")
    if not is_open and not problem:
        fetched = order.delivery == Delivery.PICKUP
        problem = _("Diambil di stan, tidak dikirim.") if fetched else _("Belum atau tidak dapat dikirim.")
    return {"order": order, "form": form, "is_open": is_open, "problem": problem}


def tell_done(request, outcomes: list[Outcome], step: str) -> None:
    done, failed = sum(one.is_done for one in outcomes), sum(not one.is_done for one in outcomes)
    if done:
        said = (
            ngettext("%(n)s pesanan dikemas.", "%(n)s pesanan dikemas.", done)
            if step == "packed"
            else ngettext(
                "%(n)s pesanan dikirim. Pembelinya sudah diberi tahu.",
                "%(n)s pesanan dikirim. Pembelinya sudah diberi tahu.",
                done,
            )
        )
        messages.success(request, said % {"n": number(done)})
    if failed:
        said = ngettext(
            "%(n)s pesanan tidak berubah; sebabnya tertulis di bawah.",
            "%(n)s pesanan tidak berubah; sebabnya tertulis di bawah.",
            failed,
        )
        messages.error(request, said % {"n": number(failed)})
