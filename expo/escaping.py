"""Escaping for elements that Python writes: what ``conditional_escape`` gives, at a fifth of its price for texts."""

from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def escaped(value: Any) -> str:
    """Ready to stand in an element or an attribute. An element that is ready stays as it is."""
    kind = type(value)
    if kind is str:
        return escape(value)
    return value if kind is SafeString else conditional_escape(value)
