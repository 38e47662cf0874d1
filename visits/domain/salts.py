"""The secrets behind the visitor hashes: made when first needed, destroyed when their last recap is sealed."""

import datetime as dt
import secrets

from django.db import connection, transaction
from django.utils import timezone

from expo.models import Edition
from visits.domain.counting import RUN, Moments
from visits.models import Salt

KEPT_AFTER = dt.timedelta(days=60)  # a period's end; by then the weekly recaps of a mall have long been sealed


def salt_for(edition_id: int, period: str) -> Salt:
    """The living salt of the period; after its destruction another one with a period name of its own."""
    name, generation = period, 1
    while True:
        salt, _ = Salt.objects.get_or_create(
            edition_id=edition_id, period=name, defaults={"secret": secrets.token_bytes(32)}
        )
        if salt.secret is not None:
            return salt
        generation += 1
        name = f"{period}/{generation}"


def hold_salt(edition_id: int, period: str) -> Salt:
    """The living salt of the period, which nobody destroys until the transaction of the caller ends."""
    while True:
        salt = salt_for(edition_id, period)
        if not is_destroyed(edition_id, salt.period):
            return salt


def is_destroyed(edition_id: int, period: str) -> bool:
    """Whether nobody may be counted under this salt any more. If not, that stays so until the transaction of the
    caller ends; others may ask and count meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT secret IS NULL FROM visits_salt WHERE edition_id = %s AND period = %s FOR SHARE",
            [edition_id, period],
        )
        row = cursor.fetchone()
    return row is not None and row[0]


@transaction.atomic
def destroy_salts(edition, moment: dt.datetime | None = None) -> int:
    """Destroy the salts of ``edition`` whose period was over at ``moment`` (now). Returns how many.

    Called when a recap is sealed whose cut-off lies at or behind the end of the period: no visitor can be recognised
    again after that. Sketches stay, as they hold no visitor.
    """
    moment = moment or timezone.now()
    moments = Moments.of(edition)
    living = Salt.objects.filter(edition=edition, secret__isnull=False)
    over = [salt.pk for salt in living if is_over(salt.period, moments, moment)]
    return Salt.objects.filter(pk__in=over, secret__isnull=False).update(secret=None, destroyed_at=timezone.now())


def destroy_overdue_salts(now: dt.datetime | None = None) -> int:
    """Where nobody seals a recap that ends the period, its salt ends all the same after ``KEPT_AFTER``. Returns how
    many were destroyed."""
    moment = (now or timezone.now()) - KEPT_AFTER
    editions = Edition.objects.filter(pk__in=Salt.objects.filter(secret__isnull=False).values("edition"))
    return sum(destroy_salts(edition, moment) for edition in editions)


def is_over(period: str, moments: Moments, moment: dt.datetime) -> bool:
    """Whether the period of a salt is over at ``moment``; months are in order of their names."""
    if moments.mall_closes_at and moment >= moments.mall_closes_at:
        return True
    name, current = period.partition("/")[0], moments.period_at(moment)
    return current != RUN and (name == RUN or name < current)
