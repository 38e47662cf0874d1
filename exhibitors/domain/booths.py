"""Giving an exhibitor its place on the floor plan of an edition."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Booth, Exhibitor
from exhibitors.signals import booth_opened
from expo.errors import DomainError
from expo.models import Hall

NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 .\-]{0,7}")
COLUMNS = 10  # a new row of the plan begins after so many booths


class BoothError(DomainError):
    """The exhibitor can't have this place."""


@transaction.atomic
def open_booth(exhibitor: Exhibitor, hall: Hall, *, number: str = "") -> Booth:
    """Open a booth at a free place of the hall, with this number or the hall's next.

    Raises BoothError if the exhibitor has one in the edition, or somebody else has the number.
    """
    hall = Hall.objects.select_for_update(of=("self",)).select_related("edition").get(pk=hall.pk)
    if Booth.objects.filter(edition=hall.edition, exhibitor=exhibitor).exists():
        raise BoothError(
            _("%(exhibitor)s sudah punya stan di %(edition)s.") % {"exhibitor": exhibitor, "edition": hall.edition}
        )
    column, row = _free_place(hall)
    booth = Booth(
        edition=hall.edition,
        hall=hall,
        exhibitor=exhibitor,
        slug=_free_slug(hall.edition, exhibitor.slug),
        number=_free_number(hall, number) if number.strip() else _next_number(hall),
        column=column,
        row=row,
    )
    try:
        with transaction.atomic():
            booth.save()
    except IntegrityError as error:  # in another hall at this very moment
        raise BoothError(_("Nomor %(number)s baru saja dipakai. Coba lagi.") % {"number": booth.number}) from error
    booth_opened.send(Booth, booth=booth)
    return booth


def _free_number(hall: Hall, wanted: str) -> str:
    """``wanted`` in capitals, unless another booth of the edition stands under it, however it is written."""
    wanted = " ".join(wanted.upper().split())
    if not NUMBER.fullmatch(wanted):
        raise BoothError(_("Nomor stan paling banyak 8 huruf dan angka, misalnya A12."))
    for number in Booth.objects.filter(edition=hall.edition).values_list("number", flat=True):
        if _plain(number) == _plain(wanted):
            raise BoothError(_("Nomor %(number)s sudah dipakai stan lain di pameran ini.") % {"number": number})
    return wanted


def _plain(number: str) -> str:
    """``A-07``, ``a 7`` and ``A7`` are one number to who looks for it in a hall."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\s.\-]", "", number.upper()))


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
