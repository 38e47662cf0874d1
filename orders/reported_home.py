"""What reported sales ask for on the start page, and the number on their tab."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.dashboard import Todo
from expo.formats import number
from orders.models import ReportedSale
from orders.states import ReportState


def reported_returned(exhibitor) -> int:
    """Reports of which staff want to see more."""
    return ReportedSale.objects.filter(exhibitor=exhibitor, state=ReportState.RETURNED).count()


def reported_todos(exhibitor) -> list[Todo]:
    count = reported_returned(exhibitor)
    if not count:
        return []
    title = ngettext("Lengkapi %(n)s laporan penjualan", "Lengkapi %(n)s laporan penjualan", count)
    note = _("Panitia meminta bukti yang lebih jelas.")
    return [Todo(title % {"n": number(count)}, reverse("orders:reported-sales"), note, order=3)]
