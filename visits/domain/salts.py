"""The secrets behind the visitor hashes: made when first needed, destroyed when their last recap is sealed."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from visits.domain.counting import RUN, Moments
from visits.models import Salt


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


@transaction.atomic
def destroy_salts(edition, moment: dt.datetime | None = None) -> int:
    """Destroy the salts of ``edition`` whose period was over at ``moment`` (now). Returns how many.

    Called when a recap is sealed whose cut-off lies at or behind the end of the period: no visitor can be recognised
    again after that. Sketches stay, as they hold no visitor.
    """
    moment = moment or timezone.now()
    moments = Moments.of(edition)
    living = Salt.objects.filter(edition=edition, secret__isnull=False)
    over = [salt.pk for salt in living if is_over(salt.period, moments.period_at(moment))]
    return Salt.objects.filter(pk__in=over, secret__isnull=False).update(secret=None, destroyed_at=timezone.now())


def is_over(period: str, current: str) -> bool:
    """Whether the period of a salt lies before the ``current`` one; months are in order of their names."""
    name = period.partition("/")[0]
    return current != RUN and (name == RUN or name < current)
