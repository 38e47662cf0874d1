"""One product."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.addresses import booth_url, category_url, product_url
from catalog.cards import place_text
from catalog.offers import Offers, offers_of
from catalog.product_sections import Section, facts_of, sections_of
from catalog.queries.listing import beside
from catalog.queries.product import ProductPage, product_page
from catalog.selling import BUYABLE, Availability
from catalog.share_cards import SIZE as CARD_SIZE
from catalog.share_cards import ShareCard, card_file
from catalog.structured import absolute, breadcrumb_data, json_ld, product_data
from catalog.structured import share_card as share_card_data
from exhibitors.models import Kind
from expo.formats import dimensions, rupiah
from expo.media import FOR_EVER
from expo.models import Picture
from expo.public import public_page
from expo.whatsapp import whatsapp_url

MORE = 5


@public_page
def product(request, product):
    now = timezone.now()
    page = product_page(product, request.GET.get("stan", ""), now)
    if page is None:
        raise Http404
    return render(request, "catalog/product.html", context_of(page, now))


def context_of(page: ProductPage, now: dt.datetime, *, previewed: bool = False) -> dict[str, Any]:
    """What the page says. ``previewed``: what would be available if it stood there, and nothing to buy or to share."""
    item = page.product
    offers = offers_of(page, now)
    availability = _if_shown(item, offers) if previewed else _availability(page, offers, now)
    here = product_url(item.slug)
    sections = sections_of(page, now)
    crumbs = _crumbs(item, here)
    structured = _structured(page, offers, here, availability, sections)
    card = None if previewed else _share_card(page, offers)
    return {
        "section": "products",
        "is_preview": previewed,
        "product": item,
        "exhibitor": item.exhibitor,
        "photos": _captioned(page),
        "offers": offers,
        "certificates": page.certificates,
        "is_not_halal": page.is_not_halal,
        "availability": availability,
        "is_buyable": availability in BUYABLE,
        "no_payment": availability == Availability.NO_PAYMENT,
        "limit": None if item.made_to_order else max(offer.stock for offer in offers.choices),
        "crumbs": crumbs,
        "here": here,
        "summary": _summary(item, offers),
        "share": share_card_data(card.url, *CARD_SIZE) if card else None,
        "whatsapp": _whatsapp(item, here),
        "size": dimensions(item.length_mm, item.width_mm, item.height_mm),
        "facts": facts_of(page, now),
        "sections": sections,
        "structured": [json_ld(breadcrumb_data(crumbs)), json_ld(structured)],
        **_standing(page, now),
    }


def _captioned(page: ProductPage) -> list[tuple[Picture, str]]:
    """Each photo with what it shows, in the reader's language if that was written; "" where nobody said."""
    english = get_language() == "en"
    texts = {pk: (text.alt_en if english else "") or text.alt or text.alt_en for pk, text in page.texts.items()}
    return [(photo, texts.get(photo.pk, "")) for photo in page.photos]


@require_safe
def share_card(request, product, key):
    """The picture for messengers. Another version's address leads to the one of now."""
    now = timezone.now()
    page = product_page(product, "", now)
    card = _share_card(page, offers_of(page, now)) if page else None
    if card is None:
        raise Http404
    if card.key != key:
        return redirect(card.url)
    return HttpResponse(card_file(card), content_type="image/jpeg", headers={"Cache-Control": FOR_EVER})


def _share_card(page: ProductPage, offers: Offers) -> ShareCard | None:
    item = page.product
    if item.cover is None:
        return None
    booth = page.placement.booth if page.placement else None
    return ShareCard(
        slug=item.slug,
        name=item.display_name,
        price=price_text(offers.lowest, offers.highest),
        was=price_text(*offers.listed) if offers.is_lowered else "",
        booth=booth.number if booth else "",
        seller=item.exhibitor.name,
        place=_place(item.exhibitor),
        photo=item.cover,
    )


def price_text(low: int, high: int) -> str:
    return rupiah(low) if low == high else f"{rupiah(low)}–{rupiah(high)}"


def _place(exhibitor) -> str:
    return place_text(Kind(exhibitor.kind).of_one, exhibitor.regency.name if exhibitor.regency else "")


def _availability(page: ProductPage, offers: Offers, now) -> Availability:
    """Of the placement; sold out as well when no single variant is enough for the smallest purchase."""
    if page.placement is None:
        return Availability.NOT_SHOWN
    found = page.placement.availability_at(now)
    return Availability.SOLD_OUT if found in BUYABLE and offers.chosen.is_sold_out else found


def _if_shown(item, offers: Offers) -> Availability:
    """Of a product that may stand nowhere yet."""
    if offers.chosen.is_sold_out:
        return Availability.SOLD_OUT
    return Availability.TO_ORDER if item.made_to_order else Availability.READY


def _crumbs(item, here: str) -> list[tuple[str, str]]:
    categories = [item.category.parent, item.category] if item.category.parent else [item.category]
    steps = [(category.display_name, category_url(category.slug)) for category in categories]
    return [*steps, (item.display_name, here)]


def _standing(page: ProductPage, now) -> dict:
    """The booth it is sold from, its other booths, what else stands there and what others make of the kind."""
    if page.placement is None:
        return {"placement": None, "booth": None, "others": [], "more": [], "alike": []}
    booth = page.placement.booth
    more, alike = beside(page.placement, now, MORE)
    return {
        "placement": page.placement,
        "booth": booth,
        "edition": booth.edition,
        "booth_url": booth_url(booth.edition.slug, booth.slug),
        "place": _place(page.product.exhibitor),
        "others": [
            (placement.booth.edition, product_url(page.product.slug, placement.booth.edition.slug))
            for placement in page.placements
            if placement is not page.placement
        ],
        "more": more,
        "alike": alike,
    }


def _whatsapp(item, here: str) -> str:
    text = _("Halo, saya tertarik dengan %(product)s: %(address)s")
    return whatsapp_url(item.exhibitor.whatsapp, text % {"product": item.display_name, "address": absolute(here)})


def _summary(item, offers: Offers) -> str:
    """What a messenger shows below the name."""
    price = price_text(offers.lowest, offers.highest)
    return " · ".join(part for part in (price, item.exhibitor.name, item.display_description) if part)


def _structured(page: ProductPage, offers: Offers, here: str, availability, sections: list[Section]) -> dict:
    data = product_data(page, offers, here, availability)
    for section in sections:
        data |= section.structured
    return data
