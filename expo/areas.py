"""Finding a place in Indonesia from what a buyer types: a postcode, or the name of a village, district or regency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from expo.models import Region, RegionLevel, Village
from expo.prepared import PreparedObjects, text_slot

MOST = 12
CODE = re.compile(r"\d\d\.\d\d(\.\d\d(\.\d{4})?)?", re.ASCII)
POSTCODE = re.compile(r"\d{5}", re.ASCII)
WORD = re.compile(r"[^\W_]+")
ABBREVIATED = {"kab": "kabupaten", "kec": "", "kecamatan": "", "kel": "", "kelurahan": "", "desa": "", "jateng": "jawa"}


@dataclass(frozen=True, slots=True)
class Area:
    """A place to send to by its official codes, as exact as it is known: a village, a district, at least a regency."""

    regency: Region
    district: Region | None = None
    village: Village | None = None
    postcode: str = ""

    @property
    def code(self) -> str:
        return (self.village or self.district or self.regency).pk

    @property
    def label(self) -> str:
        """As on an envelope; a village is often called like its district."""
        district = f"Kec. {self.district.name}" if self.district else ""
        names = [self.village.name if self.village else "", district, self.regency.name]
        if self.regency.parent:
            names.append(self.regency.parent.name)
        return f"{', '.join(name for name in names if name)} {self.postcode}".strip()


def find_area(code: str) -> Area | None:
    """The place of an official code (``33.74``, ``33.74.11`` or ``33.74.11.1005``)."""
    if not CODE.fullmatch(code):
        return None
    if len(code) == 13:
        village = Village.objects.select_related("district__parent__parent").filter(pk=code).first()
        return area_of_village(village) if village else None
    region = _region_query().first(code=code)
    if region is None:
        return None
    return Area(region) if region.level == RegionLevel.REGENCY else area_of_district(region)


@cache
def _region_query() -> PreparedObjects:
    regions = Region.objects.filter(pk=text_slot("code")).order_by()
    return PreparedObjects(regions, "parent", "parent__parent", code=text_slot("code"))


def search_areas(text: str, most: int = MOST) -> list[Area]:
    """What ``text`` may mean, the best first: districts before villages, both before a whole regency.

    Every word must be found in the names from the place up to its province, the first in the place's own name. A
    postcode leads to its villages. One to three queries.
    """
    text = text.strip()[:80]
    if POSTCODE.fullmatch(text):
        return villages_like(Q(postcode=text), most)
    words = words_of(text)
    if not words or len(words[0]) < 3:
        return []
    found = districts_like(words, most)
    if len(found) < most:
        taken = {area.code for area in found}
        villages = villages_like(
            own_name(words[0]) & all_of(words, "name", "district__name", "district__parent__name"), most - len(found)
        )
        found += [area for area in villages if area.code not in taken]
    return found + regencies_like(words, most - len(found))


def words_of(text: str) -> list[str]:
    words = (ABBREVIATED.get(word, word) for word in WORD.findall(text.casefold()))
    return [word for word in words if word]


def own_name(word: str) -> Q:
    return Q(name__istartswith=word) | Q(name__icontains=f" {word}")


def all_of(words: Iterable[str], *fields: str) -> Q:
    found = Q()
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        found &= anywhere
    return found


def districts_like(words: list[str], most: int) -> list[Area]:
    matching = all_of(words, "name", "parent__name", "parent__parent__name")
    rows = Region.objects.filter(own_name(words[0]) & matching, level=RegionLevel.DISTRICT)
    rows = rows.select_related("parent__parent").order_by("name", "code")[: most * 3]
    return [area_of_district(row) for row in exact_first(rows, words[0])][:most]


def regencies_like(words: list[str], most: int) -> list[Area]:
    if most <= 0:
        return []
    rows = Region.objects.filter(all_of(words, "name", "parent__name"), own_name(words[0]), level=RegionLevel.REGENCY)
    return [Area(row) for row in rows.select_related("parent").order_by("name")[:most]]


def villages_like(matching: Q, most: int) -> list[Area]:
    rows = Village.objects.filter(matching).select_related("district__parent__parent").order_by("name", "code")
    return [area_of_village(row) for row in rows[:most]]


def area_of_village(village: Village) -> Area:
    return area_of_district(village.district, village)


def area_of_district(district: Region, village: Village | None = None) -> Area:
    if district.parent is None:
        raise ValueError(f"{district.pk} lies in no regency")
    return Area(district.parent, district, village, village.postcode if village else "")


def exact_first(rows: Iterable[Region], word: str) -> list[Region]:
    return sorted(rows, key=lambda row: (row.name.casefold() != word, not row.name.casefold().startswith(word)))
