"""`{% load site %}`: the site's own links, and the addresses of a page in its other language."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from expo.middleware import ENGLISH_PREFIX

register = template.Library()

LINKS = {
    "lobby": "catalog:lobby",
    "search": "catalog:search",
    "directory": "catalog:directory",
    "cart": "orders:cart",
    "cart_badge": "orders:cart-badge",
    "statistics": "reports:statistics",
    "verification": "reports:verify",
    "dashboard": "exhibitors:dashboard",
    "sign_in": "account_login",
    "reports": "reports:list",
}


@register.simple_tag
def site_links() -> dict[str, str]:
    return _links(get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=4)
def _links(language: str) -> dict[str, str]:
    """Reversed once per language: a page's frame has ten links, and reversing is slow."""
    return {name: _reverse_or_blank(target) for name, target in LINKS.items()}


def _reverse_or_blank(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def page_addresses(context) -> dict[str, str]:
    """`id`, `en`: absolute addresses of this page without its query; `here` the one being read;
    `other` the path of the other language with the query, for the switch."""
    request = context.get("request")
    path = request.path if request else "/"
    english = path == ENGLISH_PREFIX or path.startswith(ENGLISH_PREFIX + "/")
    bare = (path[len(ENGLISH_PREFIX) :] or "/") if english else path
    query = request.META.get("QUERY_STRING", "") if request and request.method == "GET" else ""
    other = bare if english else ENGLISH_PREFIX + bare
    return {
        "id": settings.SITE_URL + bare,
        "en": settings.SITE_URL + ENGLISH_PREFIX + bare,
        "here": settings.SITE_URL + path,
        "other": f"{other}?{query}" if query else other,
    }
