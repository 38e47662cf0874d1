"""A recap counted again from the entries alone: before it is mailed, and on every walk along the chain (``walk.py``).

Sealing adds up rollups, so that it takes no longer in an old edition than in a young one. Rollups can be wrong; a mail
cannot be called back. So whoever is about to send a recap has its figures added up from the entries first, once. What
differs is not sent: those who answer for the figures are told, rollups are compared and made anew, and the recap is in
doubt, on public pages too, until a later count finds it whole or a revision supersedes it (docs/adr/0170, 0184).
"""

import datetime as dt
import logging

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from journal.rollups.check import ask_for_check
from reports.book.altered import look_behind
from reports.errors import BusyError, RecapError
from reports.models import AlteredRow, Recap, RecapEvent, Recount
from reports.verify import differences_of, in_context

logger = logging.getLogger(__name__)
RECOUNT_LOCK = 0x554B4D43  # "UKMC", beside the recap's key
# What staff send was counted within this time, or is counted again.
FRESH = dt.timedelta(days=1)


def require_recounted(recap: Recap) -> None:
    """RecapError unless the recap is found as it was sealed; counted again if that is not known since a day.

    BusyError while another worker counts it.
    """
    recount = recounted(recap, fresh=True)
    if recount is None:
        raise BusyError(_("Rekap %(number)s sedang dihitung ulang. Coba sebentar lagi.") % {"number": recap.number})
    if not recount.holds:
        raise RecapError(
            _("Hitung ulang rekap %(number)s dari catatan jurnal tidak memberi angka yang sama; jangan dikirim.")
            % {"number": recap.number}
        )


def recounted(recap: Recap, *, fresh: bool = False) -> Recount | None:
    """What is known of a recap; it is counted if nothing is. None while another worker counts it.

    ``fresh``: counted also if it was in doubt, or if that was more than a day ago.
    """
    if known := _known(recap, fresh):
        return known
    with transaction.atomic():
        if not alone_with(recap):
            return None
        # Another worker may have been quicker: until the lock was ours, or before it was asked for.
        return _known(recap, fresh) or count_again(recap)


def count_again(recap: Recap, *, walking: bool = False) -> Recount:
    """Hold a recap against entries, chain and book, and keep what differs. In a transaction that is ``alone_with`` it.

    A new doubt is mailed; who is ``walking`` along the chain tells of all that was found together.
    """
    if not walking:  # who walks has looked at everything
        look_behind(recap)
    altered = AlteredRow.objects.filter(edition__in=recap.editions.all())
    return keep_doubt(recap, "; ".join(differences_of(in_context().get(pk=recap.pk), altered)), walking=walking)


def keep_doubt(recap: Recap, differs: str, *, walking: bool) -> Recount:
    """Keep what ``differs`` in a recap, or that nothing does. In a transaction that is ``alone_with`` it."""
    differs = differs[:250]
    recount = Recount.objects.filter(recap=recap).first() or Recount(recap=recap)
    before, recount.differs, recount.at = recount.differs, differs, timezone.now()
    if differs and not before:
        recount.doubted_at, recount.restored_at = recount.at, None
    elif before and not differs:
        recount.restored_at = recount.at
    recount.save()
    if differs != before:
        _note_turn(recap, recount, is_new=not before, walking=walking)
    return recount


def alone_with(recap: Recap) -> bool:
    """Whether nobody else counts it, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [RECOUNT_LOCK, recap.pk])
        return cursor.fetchone()[0]


def _known(recap: Recap, fresh: bool) -> Recount | None:
    known = Recount.objects.filter(recap=recap).first()
    if known and fresh and (not known.holds or known.at < timezone.now() - FRESH):
        return None
    return known


def _note_turn(recap: Recap, recount: Recount, *, is_new: bool, walking: bool) -> None:
    what = RecapEvent.What.WHOLE if recount.holds else RecapEvent.What.DOUBTED
    event = RecapEvent.objects.create(recap=recap, what=what, reason=recount.differs)
    if recount.holds or not is_new:
        return
    logger.critical("recap %s is not what was sealed: %s", recap.number, recount.differs)
    # The likely cause. The check keeps the rows that differ, makes their days anew and tells of them.
    ask_for_check()
    if not walking:
        _raise_alarm(recap, recount, event)


def _raise_alarm(recap: Recap, recount: Recount, event: RecapEvent) -> None:
    for user in answering_for_figures():
        queue_mail(
            to=user.email,
            template="reports/mail/recount_differs",
            context={"recap": recap, "differs": recount.differs},
            language=user.language,
            key=f"recount:{event.pk}:{user.pk}",
        )
