"""What reported sales ask for on the start page, and the number on their tab."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.dashboard import Todo
from expo.formats import number
from expo.prepared import Count, number_slot
from orders.models import ReportedSale
from orders.states import ReportState


def reported_returned(exhibitor) -> int:
    """Reports of which staff want to see more."""
    return _returned_query().number(exhibitor=exhibitor.pk)


@cache
def _returned_query() -> Count:
    exhibitor = number_slot(1)
    return Count(ReportedSale.objects.filter(exhibitor=exhibitor, state=ReportState.RETURNED), exhibitor=exhibitor)


def reported_todos(exhibitor) -> list[Todo]:
    count = reported_returned(exhibitor)
    if not count:
        return []
    title = ngettext("Lengkapi %(n)s laporan penjualan", "Lengkapi %(n)s laporan penjualan", count)
    note = _("Panitia meminta bukti yang lebih jelas.")
    return [Todo(title % {"n": number(count)}, reverse("orders:reported-sales"), note, order=3)]
