"""One product."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.addresses import booth_url, category_url, product_url
from catalog.cards import one_of_kind, place_text
from catalog.product_sections import Section, facts_of, sections_of
from catalog.queries.product import ProductPage, product_page
from catalog.selling import BUYABLE, Availability
from catalog.structured import absolute, breadcrumb_data, json_ld, product_data, share_card
from catalog.views.booths import booth_products
from catalog.whatsapp import whatsapp_url
from expo.public import public_page

MORE = 5


@public_page
def product(request, product):
    now = timezone.now()
    page = product_page(product, request.GET.get("stan", ""), now)
    if page is None:
        raise Http404
    item = page.product
    availability = page.placement.availability_at(now) if page.placement else Availability.NOT_SHOWN
    here = product_url(item.slug)
    sections = sections_of(page, now)
    crumbs = [(item.category.display_name, category_url(item.category.slug)), (item.display_name, here)]
    context = {
        "section": "products",
        "product": item,
        "exhibitor": item.exhibitor,
        "photos": page.photos,
        "availability": availability,
        "is_buyable": availability in BUYABLE and item.exhibitor.takes_transfers,
        "no_account": availability in BUYABLE and not item.exhibitor.takes_transfers,
        "limit": None if item.made_to_order else item.stock,
        "crumbs": crumbs,
        "here": here,
        "share": share_card(item.cover),
        "whatsapp": _whatsapp(item, here),
        "facts": facts_of(page, now),
        "sections": sections,
        "structured": [json_ld(breadcrumb_data(crumbs)), json_ld(_structured(page, here, availability, sections))],
        **_standing(page, now),
    }
    return render(request, "catalog/product.html", context)


def _standing(page: ProductPage, now) -> dict:
    """The booth it is sold from, its other booths, and what else stands there."""
    if page.placement is None:
        return {"placement": None, "booth": None, "others": [], "more": []}
    booth = page.placement.booth
    exhibitor = page.product.exhibitor
    more, _has_next = booth_products(booth, now, 1, MORE + 1)
    own = product_url(page.product.slug, booth.edition.slug)
    return {
        "placement": page.placement,
        "booth": booth,
        "edition": booth.edition,
        "booth_url": booth_url(booth.edition.slug, booth.slug),
        "place": place_text(one_of_kind(exhibitor.kind), exhibitor.regency.name if exhibitor.regency else ""),
        "others": [
            (placement.booth.edition, product_url(page.product.slug, placement.booth.edition.slug))
            for placement in page.placements
            if placement is not page.placement
        ],
        "more": [card for card in more if card["url"] != own][:MORE],
    }


def _whatsapp(item, here: str) -> str:
    text = _("Halo, saya tertarik dengan %(product)s: %(address)s")
    return whatsapp_url(item.exhibitor.whatsapp, text % {"product": item.display_name, "address": absolute(here)})


def _structured(page: ProductPage, here: str, availability, sections: list[Section]) -> dict:
    data = product_data(
        name=page.product.display_name,
        description=page.product.display_description,
        url=here,
        pictures=page.photos,
        price=page.product.price,
        availability=availability,
        seller=page.product.exhibitor.name,
    )
    for section in sections:
        data |= section.structured
    return data
