"""What the cash desk asks for on the start page, and the number on its tab."""

import datetime as dt
from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.dashboard import Todo
from expo.formats import WIB, number, tanggal
from expo.prepared import Count, number_slot
from orders.cashdesk.signing import overdue_sheets
from orders.cashdesk.stock import conflicts_of
from orders.models import StandSale


def desk_waiting(exhibitor) -> int:
    """Days of the cash desk that nobody signed off, and pieces that the stock did not have."""
    today = timezone.localdate(timezone=WIB)
    days, conflicts = _waiting_queries()
    return days.number(exhibitor=exhibitor.pk, today=today) + conflicts.number(exhibitor=exhibitor.pk)


@cache
def _waiting_queries() -> tuple[Count, Count]:
    exhibitor, today = number_slot(1), dt.date.min
    unsigned = StandSale.objects.filter(exhibitor=exhibitor, day__lt=today).unsigned()
    return (
        Count(unsigned, distinct="day", exhibitor=exhibitor, today=today),
        Count(conflicts_of(exhibitor), exhibitor=exhibitor),
    )


def desk_todos(exhibitor) -> list[Todo]:
    todos = [
        Todo(
            _("Tutup kas %(day)s") % {"day": tanggal(sheet.day)},
            reverse("orders:desk-day", args=[sheet.day.isoformat()]),
            _("Penjualan di stan baru dihitung dalam omzet setelah kasnya ditutup."),
            order=2,
        )
        for sheet in overdue_sheets(exhibitor, timezone.now())[:3]
    ]
    if short := conflicts_of(exhibitor).count():
        title = ngettext("Periksa %(n)s selisih stok dari stan", "Periksa %(n)s selisih stok dari stan", short)
        todos.append(Todo(title % {"n": number(short)}, reverse("orders:desk-conflicts"), order=2))
    return todos
