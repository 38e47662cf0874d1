"""People counted at the gate of the hall: written down with how and by whom, corrected by a new row."""

import datetime as dt
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.documents import store_document
from expo.errors import DomainError
from expo.formats import WIB
from expo.models import Edition
from visits.models import GateCount

MOST = 1_000_000
FOLDER = "gates"


class GateError(DomainError):
    """The count can't be right; says why."""


@transaction.atomic
def record_count(
    edition: Edition,
    day: dt.date,
    people: int,
    *,
    source: str,
    evidence: str,
    note: str = "",
    file: IO[bytes] | None = None,
    by,
) -> GateCount:
    """Write down a day's count. For a day that has one it is a correction and needs a reason.

    ``evidence`` says where it is to be found; ``file`` is the sheet itself, a photo or a PDF, kept in private storage.
    """
    if day > timezone.now().astimezone(WIB).date():
        raise GateError(_("Hari ini belum tiba."))
    # The closing moment is outside: an edition that closes at midnight ends the day before.
    last_moment = edition.closes_at - dt.timedelta(microseconds=1)
    first, last = edition.opens_at.astimezone(WIB).date(), last_moment.astimezone(WIB).date()
    if not first <= day <= last:
        raise GateError(_("Pameran ini tidak berlangsung pada hari itu."))
    if people > MOST:
        raise GateError(_("Jumlah orang ini terlalu besar untuk satu hari."))
    if not evidence.strip() and file is None:
        raise GateError(_("Tulis di mana buktinya, atau lampirkan berkasnya."))
    # Whoever corrects the same day at the same time comes after.
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if GateCount.objects.filter(edition=edition, day=day).exists() and not note.strip():
        raise GateError(_("Hari itu sudah ada hitungannya: tulis alasan koreksinya."))
    return GateCount.objects.create(
        edition=edition,
        day=day,
        people=people,
        source=source,
        evidence=evidence.strip()[:250],
        document=store_document(file, FOLDER) if file else "",
        note=note.strip()[:250],
        recorded_by=by,
    )
