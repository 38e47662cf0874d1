"""What orders and the journal say on the start page of the exhibitor dashboard."""

import datetime as dt

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.dashboard import Figure, Todo
from exhibitors.models import Booth
from exhibitors.paying import has_way, payable
from exhibitors.states import CurationState, StepState
from exhibitors.steps import Progress
from expo.formats import WIB, number, rupiah
from expo.models import Edition
from journal.models import Entry, Evidence, Measure
from orders.models import Order, QrisCode, QrisState


def realised_on(exhibitor, day: dt.date) -> int:
    """Turnover (rupiah) of a WIB day as recorded by now: paid sales minus refunds, without mere claims (grade D)."""
    start = dt.datetime.combine(day, dt.time(), WIB)
    entries = Entry.objects.filter(
        exhibitor=exhibitor,
        measure=Measure.REALISED,
        occurred_at__gte=start,
        occurred_at__lt=start + dt.timedelta(days=1),
    ).exclude(evidence=Evidence.D)
    return entries.aggregate(total=Sum("amount"))["total"] or 0


def turnover_figure(exhibitor) -> Figure:
    today = timezone.now().astimezone(WIB).date()
    return Figure(
        _("Omzet hari ini"),
        rupiah(realised_on(exhibitor, today)),
        _("Pembayaran terkonfirmasi, tanpa ongkos kirim, dikurangi pengembalian."),
    )


def orders_figure(exhibitor) -> Figure:
    orders = Order.objects.filter(exhibitor=exhibitor)
    waiting = orders.waiting().count()
    return Figure(_("Pesanan menunggu Anda"), number(waiting), url=reverse("orders:inbox"))


def payment_todos(exhibitor) -> list[Todo]:
    """What keeps buyers from paying an approved exhibitor."""
    if exhibitor.state != CurationState.APPROVED:
        return []
    now, page = timezone.now(), reverse("orders:payment-settings")
    if not has_way(exhibitor, now):
        waits = QrisCode.objects.filter(exhibitor=exhibitor, state=QrisState.WAITING).exists()
        note = _("Konfirmasi QRIS Anda lewat surel pemilik.") if waits else _("Isi rekening, atau pasang QRIS.")
        return [Todo(_("Pembeli belum dapat membayar Anda"), page, note, order=1)]
    selling = Booth.objects.filter(exhibitor=exhibitor, is_open=True, edition__in=Edition.objects.selling_at(now))
    unpaid = selling.exclude(payable(now, exhibitor="exhibitor__", booth="")).values_list("number", flat=True)
    if numbers := ", ".join(sorted(unpaid)):
        title = _("Pembeli belum dapat membayar di stan %(numbers)s") % {"numbers": numbers}
        note = _("Tunai hanya berlaku selama pameran di gedung. Isi rekening, atau pasang QRIS.")
        return [Todo(title, page, note, order=1)]
    return []


def order_todos(exhibitor) -> list[Todo]:
    orders = Order.objects.filter(exhibitor=exhibitor)
    todos = []
    if paid := orders.awaiting_confirmation().count():
        title = ngettext("Periksa %(n)s bukti pembayaran", "Periksa %(n)s bukti pembayaran", paid)
        todos.append(Todo(title % {"n": number(paid)}, reverse("orders:inbox") + "?antrean=konfirmasi", order=1))
    if quotes := orders.awaiting_quote().count():
        title = ngettext("Tetapkan ongkos kirim %(n)s pesanan", "Tetapkan ongkos kirim %(n)s pesanan", quotes)
        todos.append(Todo(title % {"n": number(quotes)}, reverse("orders:inbox") + "?antrean=ongkir", order=1))
    if send := orders.to_send().count():
        title = ngettext("Kirim %(n)s pesanan", "Kirim %(n)s pesanan", send)
        queue = "kemas" if orders.to_pack().exists() else "kirim"
        todos.append(Todo(title % {"n": number(send)}, reverse("orders:inbox") + f"?antrean={queue}", order=2))
    if asked := orders.cancellation_asked().count():
        title = ngettext("Jawab %(n)s permintaan pembatalan", "Jawab %(n)s permintaan pembatalan", asked)
        todos.append(Todo(title % {"n": number(asked)}, reverse("orders:inbox") + "?antrean=batal", order=1))
    if late := orders.balance_overdue(timezone.now()).count():
        title = ngettext("Putuskan %(n)s pelunasan yang lewat", "Putuskan %(n)s pelunasan yang lewat", late)
        todos.append(Todo(title % {"n": number(late)}, reverse("orders:inbox") + "?antrean=lunas", order=2))
    if owed := orders.to_refund().count():
        title = ngettext("Kembalikan dana %(n)s pesanan", "Kembalikan dana %(n)s pesanan", owed)
        todos.append(Todo(title % {"n": number(owed)}, reverse("orders:inbox") + "?antrean=kembalikan", order=2))
    return todos


def payment_progress(exhibitor) -> Progress:
    """The step of the registration: buyers need one way to pay. A QRIS code counts once its owner has confirmed it."""
    codes = set(QrisCode.objects.filter(exhibitor=exhibitor).values_list("state", flat=True))
    if has_way(exhibitor, timezone.now()) or QrisState.CONFIRMED in codes:
        ways = [
            exhibitor.bank_name if exhibitor.takes_transfers else "",
            "QRIS" if QrisState.CONFIRMED in codes else "",
        ]
        return Progress(StepState.DONE, hint=" · ".join(way for way in ways if way))
    if QrisState.WAITING in codes:
        return Progress(StepState.PARTIAL, (_("konfirmasi QRIS lewat surel pemilik"),))
    return Progress(StepState.EMPTY, (_("rekening bank atau QRIS"),))
