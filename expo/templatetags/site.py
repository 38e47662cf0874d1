"""`{% load site %}`: the site's own links, and the addresses of a page in its other language."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from expo.middleware import ENGLISH_PREFIX

register = template.Library()

LINKS = {
    "lobby": "catalog:lobby",
    "search": "catalog:search",
    "suggestions": "catalog:suggestions",
    "directory": "catalog:directory",
    "categories": "catalog:categories",
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
    # One slash: after "/en//example.org/" the switch must not lead to another site.
    bare = "/" + (path[len(ENGLISH_PREFIX) :] if english else path).lstrip("/")
    query = request.META.get("QUERY_STRING", "") if request and request.method == "GET" else ""
    other = bare if english else ENGLISH_PREFIX + bare
    return {
        "id": settings.SITE_URL + bare,
        "en": settings.SITE_URL + ENGLISH_PREFIX + bare,
        "here": settings.SITE_URL + path,
        "other": f"{other}?{query}" if query else other,
    }


# The frame around a page depends on little; rendered once per language and section, it costs a page nothing.
SEARCH_TEXT, OTHER_ADDRESS = "\x01search\x01", "\x01other\x01"


@register.simple_tag(takes_context=True)
def site_header(context) -> SafeString:
    frame = _header(get_language() or settings.LANGUAGE_CODE, context.get("section", ""))
    text, other = context.get("search_text", ""), context["page"]["other"]
    return mark_safe(frame.replace(SEARCH_TEXT, escape(text)).replace(OTHER_ADDRESS, escape(other)))  # noqa: S308


@register.simple_tag
def site_footer(leave_out: str = "") -> SafeString:
    """``leave_out`` names a link that its reader may not follow."""
    return _footer(get_language() or settings.LANGUAGE_CODE, leave_out)


@register.simple_tag
def site_head() -> SafeString:
    return _head()


@lru_cache(maxsize=32)
def _header(language: str, section: str) -> str:
    values = {
        "links": _links(language),
        "LANGUAGE_CODE": language,
        "section": section,
        "search_text": SEARCH_TEXT,
        "page": {"other": OTHER_ADDRESS},
    }
    return render_to_string("components/header.html", values)


@lru_cache(maxsize=8)
def _footer(language: str, leave_out: str) -> SafeString:
    links = {name: address for name, address in _links(language).items() if name != leave_out}
    return mark_safe(render_to_string("components/footer.html", {"links": links}))  # noqa: S308


@lru_cache(maxsize=1)
def _head() -> SafeString:
    return mark_safe(render_to_string("components/head.html"))  # noqa: S308
