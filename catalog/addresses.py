"""Addresses of rows without reversing each: a list of 24 products would spend more on that than on its query."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language


def product_url(slug: str, edition: str = "") -> str:
    """``edition``: from whose booth the visitor comes; the sale is credited to it."""
    url = f"{_prefix('catalog:product', 1, get_language())}{slug}/"
    return f"{url}?stan={edition}" if edition else url


def booth_url(edition: str, slug: str) -> str:
    return f"{_prefix('catalog:booth', 2, get_language())}{edition}/{slug}/"


def hall_url(slug: str) -> str:
    return f"{_prefix('catalog:hall', 1, get_language())}{slug}/"


def category_url(slug: str) -> str:
    return f"{_prefix('catalog:category', 1, get_language())}{slug}/"


def edition_url(slug: str) -> str:
    return f"{_prefix('catalog:edition', 1, get_language())}{slug}/"


def search_url() -> str:
    return _prefix("catalog:search", 0, get_language())


@lru_cache(maxsize=32)
def _prefix(name: str, parts: int, language: str) -> str:
    return reverse(name, args=["0"] * parts).removesuffix("0/" * parts)
