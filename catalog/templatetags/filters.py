"""Choices of filters, written by Python: there may be a hundred, and each is the same few elements."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from catalog.filters import Options
from expo.escaping import escaped
from expo.formats import number

register = template.Library()

CHOICE = '<li><label class="option"><input type="{type}" name="{name}" id="{id}" value="{value}"{checked}>\
<span class="option__label">{label}</span> <span class="option__count">{count}</span></label></li>'
LINK = '<li><a class="option option--{depth}" href="{url}"{current}><span class="option__label">{label}</span> \
<span class="option__count">{count}</span></a></li>'


@register.simple_tag
def choices_list(options: Options, name: str, radio: bool = False) -> SafeString:
    """Boxes to tick, or with ``radio`` one to choose, each with its count."""
    if options.written is not None:
        return options.written
    items = (
        CHOICE.format(
            type="radio" if radio else "checkbox",
            name=name,
            id=f"{name}-{escaped(option.value)}",
            value=escaped(option.value),
            checked=" checked" if option.is_on else "",
            label=escaped(option.label),
            count=number(option.count),
        )
        for option in options
    )
    return _keep(options, items)


@register.simple_tag
def links_list(options: Options) -> SafeString:
    """Links, deeper ones set in, the chosen one marked."""
    if options.written is not None:
        return options.written
    items = (
        LINK.format(
            depth=min(option.depth, 3),
            url=escaped(option.url),
            current=' aria-current="true"' if option.is_on else "",
            label=escaped(option.label),
            count=number(option.count),
        )
        for option in options
    )
    return _keep(options, items)


def _keep(options: Options, items: Iterable[str]) -> SafeString:
    """The same choices stand in one place of one language's page only."""
    options.written = format_html('<ul class="options">{}</ul>', mark_safe("".join(items)))  # noqa: S308
    return options.written
