"""Before a recap is mailed it is counted again from the entries alone.

Sealing adds up rollups, so that it takes no longer in an old edition than in a young one. Rollups can be wrong; a mail
cannot be called back. So whoever is about to send a recap has its figures added up from the entries first, once. What
differs is not sent: those who answer for the figures are told, rollups are compared and made anew, and the recap stays
marked until a revision supersedes it (docs/adr/0170).
"""

import logging

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from journal.rollups.check import check_all
from reports.canonical import CanonicalError
from reports.consistent import consistent_reading
from reports.errors import RecapError
from reports.models import Recap, Recount
from reports.queries import figures_of
from reports.recompute import first_difference, recompute

logger = logging.getLogger(__name__)
RECOUNT_LOCK = 0x554B4D43  # "UKMC", beside the recap's key


def require_recounted(recap: Recap) -> None:
    """RecapError unless the entries give what was sealed. Counts again what was found to differ before."""
    if not is_recounted(recap, again=True):
        raise RecapError(
            _("Hitung ulang rekap %(number)s dari catatan jurnal tidak memberi angka yang sama; jangan dikirim.")
            % {"number": recap.number}
        )


def is_recounted(recap: Recap, *, again: bool = False) -> bool:
    """Whether the entries give what was sealed; counts them if nobody has. False, too, while another worker counts."""
    known = Recount.objects.filter(recap=recap).first()
    if known and (known.holds or not again):
        return known.holds
    with consistent_reading():
        if not _alone(recap):
            return False
        differs = _difference(recap)
    found, _created = Recount.objects.update_or_create(
        recap=recap, defaults={"differs": differs[:250], "at": timezone.now()}
    )
    if differs:
        logger.critical("recap %s is not what its entries give: %s", recap.number, differs)
        _raise_alarm(recap, found)
        # The likely cause. It keeps the rows that differ, makes their days anew and tells of them.
        check_all()
    return found.holds


def _alone(recap: Recap) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [RECOUNT_LOCK, recap.pk])
        return cursor.fetchone()[0]


def _difference(recap: Recap) -> str:
    try:
        sealed, again = figures_of(recap), recompute(recap, from_entries=True)
    except (CanonicalError, ValueError) as error:
        return f"unreadable: {error}"
    return "" if again.to_json().decode() == recap.figures else first_difference(sealed, again)


def _raise_alarm(recap: Recap, found: Recount) -> None:
    for user in answering_for_figures():
        queue_mail(
            to=user.email,
            template="reports/mail/recount_differs",
            context={"recap": recap, "differs": found.differs},
            language=user.language,
            key=f"recount:{recap.pk}:{user.pk}",
        )
