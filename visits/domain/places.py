"""What a hit may name: editions and their booths, kept for a minute so that counting asks no database."""

import threading
import time
from dataclasses import dataclass, field

from exhibitors.models import Booth
from expo.models import Edition
from visits.domain.counting import Moments
from visits.domain.salts import salt_for

KEEP = 60.0
REFRESH_AT_MOST_EVERY = 5.0  # a booth nobody knows may be new, or invented by a visitor


@dataclass
class Place:
    """An edition as counting sees it."""

    moments: Moments
    booths: frozenset[int]
    read_at: float
    salts: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def salt(self, period: str) -> tuple[str, bytes]:
        """The name of the salt's period and its secret."""
        if period not in self.salts:
            salt = salt_for(self.moments.edition_id, period)
            self.salts[period] = (salt.period, bytes(salt.secret or b""))
        return self.salts[period]


_places: dict[str, Place | None] = {}
_lock = threading.Lock()


def find_place(slug: str, booth_id: int | None = None) -> Place | None:
    """The edition, or None if there is no such edition or the booth is not one of its booths."""
    place = _kept(slug, KEEP)
    if place and booth_id is not None and booth_id not in place.booths:
        place = _kept(slug, REFRESH_AT_MOST_EVERY)
    if place is None or (booth_id is not None and booth_id not in place.booths):
        return None
    return place


def forget_places() -> None:
    _places.clear()
    _unknown.clear()


_unknown: dict[str, float] = {}


def _kept(slug: str, seconds: float) -> Place | None:
    now = time.monotonic()
    place = _places.get(slug)
    if place and now - place.read_at < seconds:
        return place
    if place is None and now - _unknown.get(slug, -KEEP) < REFRESH_AT_MOST_EVERY:
        return None
    with _lock:
        place = read_place(slug, now)
        if place:
            _places[slug] = place
        else:
            if len(_unknown) > 1000:  # invented names must not fill the memory
                _unknown.clear()
            _unknown[slug] = now
            _places.pop(slug, None)
    return place


def read_place(slug: str, now: float) -> Place | None:
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        return None
    booths = frozenset(Booth.objects.filter(edition=edition).values_list("pk", flat=True))
    return Place(moments=Moments.of(edition), booths=booths, read_at=now)
