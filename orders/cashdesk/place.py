"""Which edition a stand sale is credited to, and whether the exhibitor may sell at all (ADR 0088)."""

import datetime as dt

from django.utils.translation import gettext as _

from exhibitors.models import Booth, Exhibitor
from exhibitors.states import CurationState
from expo.models import Phase
from orders.cashdesk.errors import DeskError

ORDER = (Phase.DURING, Phase.MALL, Phase.BEFORE)


def booth_at(exhibitor: Exhibitor, moment: dt.datetime) -> Booth | None:
    """The exhibitor's booth in the edition that runs at ``moment``; otherwise in the mall that closed its doors last,
    otherwise in one that sells before its opening. None where nothing of its is on sale.
    """
    booths = Booth.objects.filter(exhibitor=exhibitor).select_related("edition")
    places = [(booth.edition.phase_at(moment), booth) for booth in booths]
    for phase in ORDER:
        found = [booth for lies, booth in places if lies == phase]
        if found:
            return max(found, key=lambda booth: (booth.edition.opens_at, booth.pk))
    return None


def require_booth(exhibitor: Exhibitor, moment: dt.datetime) -> Booth:
    """DeskError where the exhibitor has no booth on sale at ``moment``."""
    booth = booth_at(exhibitor, moment)
    if booth is None:
        raise DeskError(_("Anda tidak punya stan di pameran yang berjualan pada saat itu."))
    return booth


def refusal_to_sell(exhibitor: Exhibitor) -> str:
    """Why this exhibitor can't sell at a stand now; "" when it can."""
    if exhibitor.state == CurationState.SUSPENDED:
        return _("Stan Anda sedang ditangguhkan panitia. Hubungi petugas.")
    if exhibitor.state != CurationState.APPROVED:
        return _("Pendaftaran Anda belum disetujui. Penjualan dapat dicatat setelah itu.")
    return ""
