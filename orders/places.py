"""Places that a buyer chooses from: regencies grouped by province, countries."""

from functools import cache

from babel import Locale
from django.utils.choices import BaseChoiceIterator

from expo.formats import current_language
from expo.memo import remembered
from expo.models import Edition, Region, RegionLevel

# Codes of groups and of places that are no country.
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


@remembered(60)
def regency_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Regencies and cities by province: the province of the newest expo first, then by name.

    Two queries a minute: the form asks both when it is shown and when it is sent."""
    rows = Region.objects.filter(level=RegionLevel.REGENCY).values_list("code", "name", "parent_id", "parent__name")
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for code, name, province, province_name in rows:
        groups.setdefault((province, province_name), []).append((code, name))
    first = Edition.objects.exclude(province=None).order_by("-opens_at").values_list("province_id", flat=True).first()
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] != first, item[0][1]))
    return [(name, sorted(regencies, key=lambda pair: pair[1])) for (_code, name), regencies in ordered]


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the reader's language, Indonesia first."""
    return _countries(current_language())


class Countries(BaseChoiceIterator):
    """The same as choices of a field, which it need not look through each time a form is made."""

    def __iter__(self):
        yield from country_choices()


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    names = Locale(language).territories
    countries = sorted(
        ((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY),
        key=lambda pair: pair[1],
    )
    return [("ID", names["ID"]), *(pair for pair in countries if pair[0] != "ID")]
