"""Staff ask to have a recap sent; a worker counts it again and sends it. What came of it stays on the row."""

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.dispatch import send_to_missing
from reports.errors import BusyError, RecapError
from reports.models import Recap, RecapState, Sending

logger = logging.getLogger(__name__)
MOST_TRIES = 5


def ask_to_send(recap: Recap, *, by) -> Sending:
    """Have a recap sent to whom it has not reached. Asked twice while it waits it is sent once.

    RecapError for one that is not valid any more.
    """
    from reports.tasks import send_recaps

    if recap.state != RecapState.CURRENT:
        raise RecapError(_("Rekap ini tidak berlaku lagi; kirim penggantinya."))
    sending, _created = Sending.objects.get_or_create(recap=recap, finished_at=None, defaults={"asked_by": by})
    # If the queue is down, the minute's tick finds the row.
    transaction.on_commit(send_recaps.delay, robust=True)
    return sending


def send_asked() -> int:
    """Send what was asked for; the number of mails. One that cannot be sent now is tried again by the next tick."""
    return sum(_send(sending) for sending in Sending.objects.filter(finished_at=None).order_by("pk"))


def _send(sending: Sending) -> int:
    by = sending.asked_by
    try:
        with translation.override(by.language):
            return send_to_missing(sending.recap, by=by, asked=sending)
    except BusyError:
        return 0
    except RecapError as error:
        _refuse(sending, str(error))
    except Exception as error:
        logger.exception("recap %s could not be sent", sending.recap.number)
        Sending.objects.filter(pk=sending.pk).update(tries=F("tries") + 1)
        if sending.tries + 1 >= MOST_TRIES:
            _refuse(sending, f"{type(error).__name__}: {error}")
    return 0


def _refuse(sending: Sending, why: str) -> None:
    open_one = Sending.objects.filter(pk=sending.pk, finished_at=None)
    open_one.update(finished_at=timezone.now(), refusal=why[:500])
