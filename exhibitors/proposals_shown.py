"""A proposed change beside what is on show, for its owner and for the curators."""

from dataclasses import dataclass, field
from typing import Any

from exhibitors.domain.notes import as_read
from exhibitors.domain.profile_changes import as_wanted, change_of, changed_columns
from exhibitors.domain.proposals import proposal_notes, raw
from exhibitors.models import Exhibitor, ExhibitorChange
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


def shown_profile(change: ExhibitorChange) -> ShownProposal:
    """What a proposal changes about its exhibitor."""
    exhibitor, wish = change.exhibitor, as_wanted(change.exhibitor, change)
    names = changed_columns(change)
    differences = [
        Difference(
            name,
            Exhibitor._meta.get_field(name).verbose_name,
            as_read(exhibitor, name),
            as_read(wish, name),
            raw(exhibitor, name) != change.base.get(name),
        )
        for name in names
        if name != "banner"
    ]
    if "banner" not in names:
        return ShownProposal(differences)
    now, wanted = ([one.banner_id] if one.banner_id else [] for one in (exhibitor, wish))
    return ShownProposal(differences, pictures_of(now), pictures_of(wanted))


def waiting_of_form(change: ExhibitorChange) -> list[Difference]:
    """The same under the names that the fields have in forms: regency and district are one there."""
    found = {one.name: one for one in shown_profile(change).differences}
    places = [found.pop(name) for name in ("district", "regency") if name in found]
    if places:
        parts = zip(*((one.now, one.wanted) for one in places), strict=True)
        now, wanted = (", ".join(str(part) for part in side if part) for side in parts)
        found["place"] = Difference("place", places[0].label, now, wanted)
    return list(found.values())


def proposal_context(exhibitor: Exhibitor) -> dict[str, Any]:
    """What the exhibitor's own pages say about its waiting change, if there is one."""
    change = change_of(exhibitor)
    if change is None:
        return {}
    return {"change": change, "proposal": shown_profile(change), "change_notes": proposal_notes(change)}
