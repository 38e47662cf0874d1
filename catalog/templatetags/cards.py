"""Cards of lists, written by Python: two dozen of them through the template engine take longer than their page's
queries. The pattern stands here once; values are escaped unless they are elements already."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from catalog.plan import Plan, Stand
from expo.escaping import escaped
from expo.formats import tenths

register = template.Library()

PRODUCT = """<li class="card">
<div class="card__photo">{photo}{badges}</div>
<p class="price">{price}</p>
<h3 class="card__name"><a href="{url}">{name}</a></h3>{stars}{place}
</li>
"""
BADGE = '<span class="badge badge--{}">{}</span>'
FROM = '<span class="price__unit">{}</span> {}'
WAS = '{} <s class="price__was">{}</s>'
STARS = '<span class="stars" role="img" aria-label="{}">★ {} ({})</span>'
PLACE = '\n<p class="card__place"><b>{}</b> {}</p>'

STAND = """<li class="stands__item{here}" data-stand="{pk}"><a href="{url}"{current}>\
<span class="stands__number">{number}</span><span class="stands__name">{name}</span>\
<span class="stands__place">{place}{note}<span data-seen hidden> · {seen}</span></span></a></li>
"""
PLAN_STAND = """<a class="plan__stand{here}" href="{url}" aria-label="{label}" data-stand="{pk}"{current}>\
<title>{label}</title><rect x="{x}" y="{y}" width="64" height="50"/>\
<rect class="plan__edge" x="{x}" y="{edge_y}" width="64" height="7"/>\
<text x="{middle_x}" y="{middle_y}" font-size="15">{number}</text>\
<path class="plan__tick" transform="translate({x} {y})" d="m46 20 4 4 8-9 2 2-10 11-6-6z"/></a>
"""
CURRENT = ' aria-current="location"'


@register.simple_tag
def product_cards(cards: Iterable[dict], wide: bool = False, name: str = "", joined: bool = False) -> SafeString:
    """``cards``: of ``catalog.cards.product_card``. ``wide``: five to a row. ``joined``: to the end of the list that
    is called ``name``, in an answer to htmx."""
    items = "".join(_product(card) for card in cards)
    known = f' hx-swap-oob="beforeend:#{name}"' if joined else f' id="{name}"' if name else ""
    return mark_safe(f'<ul class="cards{" cards--wide" if wide else ""}"{known}>\n{items}</ul>')  # noqa: S308


def _product(card: dict) -> str:
    place = PLACE.format(escaped(card["number"]), escaped(card["place"])) if card["number"] else ""
    return PRODUCT.format(
        photo=escaped(card["photo"]),
        badges=_badges(card["badges"]),
        price=_price(card),
        stars=f"\n<p>{stars(*card['stars'])}</p>" if card["stars"][1] else "",
        url=escaped(card["url"]),
        name=escaped(card["name"]),
        place=place,
    )


def _badges(badges: list[tuple[str, str]]) -> str:
    if not badges:
        return ""
    shown = [BADGE.format(escaped(kind), escaped(text)) for kind, text in badges]
    return f'<span class="card__badges">{"".join(shown)}</span>'


def _price(card: dict) -> str:
    price = escaped(card["price"])
    if card["is_range"]:
        price = FROM.format(escaped(pgettext("harga", "mulai")), price)
    return WAS.format(price, escaped(card["was"])) if card["was"] else price


@register.simple_tag
def stars(total: int, count: int, href: str = "") -> SafeString:
    """The mean of ``count`` ratings that add up to ``total``; ``href``: where they can be read."""
    return _stars(total, count, href, get_language())


@lru_cache(maxsize=2048)
def _stars(total: int, count: int, href: str, _language: str) -> SafeString:
    """Most products share a few means of a few ratings."""
    mean = tenths(total, count)
    label = ngettext("%(mean)s dari 5 bintang, %(count)s ulasan", "%(mean)s dari 5 bintang, %(count)s ulasan", count)
    shown = format_html(STARS, label % {"mean": mean, "count": count}, mean, count)
    return format_html('<a class="stars-link" href="{}">{}</a>', href, shown) if href else shown


@register.simple_tag
def plan_stands(plan: Plan) -> SafeString:
    """The stands of a floor plan, inside its svg."""
    return mark_safe("".join(_plan_stand(stand) for stand in plan.stands))  # noqa: S308


def _plan_stand(stand: Stand) -> str:
    middle_x, middle_y = stand.middle
    return PLAN_STAND.format(
        here=" plan__stand--here" if stand.is_here else "",
        current=CURRENT if stand.is_here else "",
        url=escaped(stand.url),
        label=escaped(stand.label),
        number=escaped(stand.number),
        pk=stand.pk,
        x=stand.x,
        y=stand.y,
        edge_y=stand.edge_y,
        middle_x=middle_x,
        middle_y=middle_y,
    )


@register.simple_tag
def stand_list(stands: Iterable[dict], here: str) -> SafeString:
    """The same stands as a list; ``here``: slug of the one the visitor stands in."""
    seen, note = _("sudah dikunjungi"), format_html(" · <b>{}</b>", _("Anda di sini"))
    items = [
        STAND.format(
            here=" stands__item--here" if stand["slug"] == here else "",
            current=CURRENT if stand["slug"] == here else "",
            note=note if stand["slug"] == here else "",
            seen=seen,
            pk=stand["pk"],
            **{key: escaped(stand[key]) for key in ("url", "number", "name", "place")},
        )
        for stand in stands
    ]
    return mark_safe(f'<ol class="stands stands--scroll">\n{"".join(items)}</ol>')  # noqa: S308
