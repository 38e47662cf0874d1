"""A proposed change beside what is on show, for its owner and for the curators."""

from dataclasses import dataclass, field
from typing import Any

from expo.models import Picture


@dataclass(frozen=True)
class Difference:
    """``moved``: what stands there now is not what stood there when it was proposed."""

    name: str
    label: Any
    now: Any
    wanted: Any
    moved: bool = False


@dataclass(frozen=True)
class ShownProposal:
    """``photos_wanted`` is empty when they stay; ``variants`` are catalog's, with theirs."""

    differences: list[Difference]
    photos_now: list[Picture] = field(default_factory=list)
    photos_wanted: list[Picture] = field(default_factory=list)
    variants: list = field(default_factory=list)


def pictures_of(ids) -> list[Picture]:
    """These pictures in this order; what is gone is left out."""
    found = Picture.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
