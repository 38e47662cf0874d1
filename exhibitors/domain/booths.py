"""Giving an exhibitor its place on the floor plan of an edition."""

import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Booth, Exhibitor
from exhibitors.signals import booth_opened
from expo.errors import DomainError
from expo.models import Hall

COLUMNS = 10  # a new row of the plan begins after so many booths


class BoothError(DomainError):
    """The exhibitor can't have this place."""


@transaction.atomic
def open_booth(exhibitor: Exhibitor, hall: Hall) -> Booth:
    """Open a booth with the hall's next number and free place. Raises BoothError if it has one in the edition."""
    hall = Hall.objects.select_for_update(of=("self",)).select_related("edition").get(pk=hall.pk)
    if Booth.objects.filter(edition=hall.edition, exhibitor=exhibitor).exists():
        raise BoothError(
            _("%(exhibitor)s sudah punya stan di %(edition)s.") % {"exhibitor": exhibitor, "edition": hall.edition}
        )
    column, row = _free_place(hall)
    booth = Booth.objects.create(
        edition=hall.edition,
        hall=hall,
        exhibitor=exhibitor,
        slug=_free_slug(hall.edition, exhibitor.slug),
        number=_next_number(hall),
        column=column,
        row=row,
    )
    booth_opened.send(Booth, booth=booth)
    return booth


def _next_number(hall: Hall) -> str:
    numbers = Booth.objects.filter(edition=hall.edition, number__startswith=hall.letter).values_list(
        "number", flat=True
    )
    taken = [int(found[1]) for number in numbers if (found := re.search(r"(\d+)$", number))]
    return f"{hall.letter}{max(taken, default=0) + 1:02}"


def _free_place(hall: Hall) -> tuple[int, int]:
    taken = set(hall.booths.values_list("column", "row"))
    width = max([COLUMNS, *(column + 1 for column, _row in taken)])
    place = next(n for n in range(len(taken) + 1) if (n % width, n // width) not in taken)
    return place % width, place // width


def _free_slug(edition, wanted: str) -> str:
    taken = set(Booth.objects.filter(edition=edition, slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted[:76]}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
