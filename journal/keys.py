"""Keys and labels that entries freeze: products, and the places from and to which goods go."""

from dataclasses import dataclass

from babel import Locale

from catalog.models import Product
from expo.models import Region, RegionLevel

HOME = "ID"


@dataclass(frozen=True, slots=True)
class Place:
    """A regency or city by its official code (``33.74``), or a country by its ISO code (``QA``); empty: not known."""

    code: str = ""
    label: str = ""


def product_key(product: Product) -> str:
    """The key under which a product's entries are counted as one product."""
    return f"p{product.pk}"


def country_name(code: str, language: str = "id") -> str:
    return Locale(language).territories.get(code.upper(), code.upper())


def is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code.upper() in Locale("id").territories


def destination(region: Region | None = None, country: str = HOME) -> Place:
    """Where goods go: a regency within Indonesia (a district's regency), otherwise a country; else not known."""
    if country and country.upper() != HOME:
        return Place(country.upper(), country_name(country))
    if region is None:
        return Place()
    while region.level == RegionLevel.DISTRICT and region.parent is not None:
        region = region.parent
    return Place(region.code, region.name)


def took_a_place(source_key: str, reverses_id: int | None) -> bool:
    """Whether an entry with this key stands for itself in the place of the one that it refers to."""
    return source_key.endswith(f":{reverses_id}on")
