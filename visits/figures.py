"""What the dashboard's start page says of visits."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.dashboard import Figure
from expo.formats import number, percent
from visits.shares import BASIS, share_of

DAYS = 30


def stage_figure(exhibitor) -> Figure:
    counts = share_of(exhibitor, timezone.localdate() - dt.timedelta(days=DAYS - 1))
    note = _("Dilihat pengunjung di panggung lobi dalam 30 hari. Semua stan bergiliran.")
    if counts["total"]:
        parts = {
            "share": percent(counts["own"] * BASIS // counts["total"]),
            "fair": percent(BASIS // counts["booths"]),
        }
        note = _("Dilihat di panggung lobi dalam 30 hari: %(share)s dari semuanya, bagian rata %(fair)s.") % parts
    return Figure(_("Tampil di panggung"), number(counts["own"]), note)
