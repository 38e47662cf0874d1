"""Addresses that are keys (links of mails, pages of orders) stay out of the logs: whoever reads those has no key."""

import logging
import re
from functools import cache

from django.apps import apps
from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.utils import translation

HIDDEN = "***"
LONG = re.compile(r"/[^/\s?\"']{16,}")
PARAMETER = re.compile(r"[^<]*<(?:\w+:)?(?:token|key|uidb36)>")  # the first of its route


class Discreet(logging.Filter):
    """Writes ``***`` for each key."""

    def filter(self, record):
        said = record.getMessage()
        told = hide(said)
        if told != said:
            record.msg, record.args = told, ()
        return True


def hide(text: str) -> str:
    if not LONG.search(text) or not apps.ready:
        return text
    return _keys().sub(rf"\1{HIDDEN}", text)


def key_prefixes() -> list[str]:
    """What stands before the key, in each route whose parameter is a token or key."""
    with translation.override(settings.LANGUAGE_CODE):
        return sorted(set(_prefixes(get_resolver().url_patterns, "")))


@cache
def _keys() -> re.Pattern:
    return re.compile(rf"(/(?:{'|'.join(map(re.escape, key_prefixes()))}))[^/\s?\"']{{16,}}")


def _prefixes(patterns, before: str):
    for entry in patterns:
        route = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _prefixes(entry.url_patterns, route)
        elif PARAMETER.match(route):
            yield route.partition("<")[0].removesuffix("(?P")
