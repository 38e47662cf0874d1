"""Structured data (JSON-LD) and share cards: what search engines and messengers read of a page."""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from catalog.addresses import booth_url
from catalog.offers import Offers
from catalog.queries.product import ProductPage
from catalog.selling import Availability
from expo.formats import WIB
from expo.models import Picture
from expo.templatetags.pictures import share_size, share_url

IN_STOCK = {
    Availability.READY: "https://schema.org/InStock",
    Availability.TO_ORDER: "https://schema.org/MadeToOrder",
    Availability.SOLD_OUT: "https://schema.org/OutOfStock",
}
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(data: dict | list) -> SafeString:
    """Data for a script element that runs nothing. No text of ours or an exhibitor's can close it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def absolute(address: str) -> str:
    if address[:1] == "/" and address[:2] != "//":
        return settings.SITE_URL + address
    return urljoin(settings.SITE_URL + "/", address)


def product_data(page: ProductPage, offers: Offers, here: str, availability: Availability) -> dict:
    product = page.product
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.display_name,
        "description": product.display_description or product.display_name,
        "url": absolute(here),
        "image": [absolute(share_url(picture)) for picture in page.photos],
        "category": product.category.display_name,
        "brand": {"@type": "Brand", "name": product.exhibitor.name},
        "offers": _offers(page, offers, here, availability),
    }
    if product.sku:
        data["sku"] = product.sku
    if product.display_ingredients:
        data["material"] = product.display_ingredients
    if product.weight_grams:
        data["weight"] = {"@type": "QuantitativeValue", "value": product.weight_grams, "unitCode": "GRM"}
    if product.rating_count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{product.rating_sum / product.rating_count:.1f}",
            "reviewCount": product.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return data


def _offers(page: ProductPage, offers: Offers, here: str, availability: Availability) -> dict:
    """One price, or the range of the variants' prices."""
    seller = {"@type": "Organization", "name": page.product.exhibitor.name}
    if page.placement:
        booth = page.placement.booth
        seller["url"] = absolute(booth_url(booth.edition.slug, booth.slug))
    data = {
        "url": absolute(here),
        "priceCurrency": "IDR",
        "availability": IN_STOCK.get(availability, "https://schema.org/Discontinued"),
        "itemCondition": "https://schema.org/NewCondition",
        "seller": seller,
    }
    if offers.until:
        data["priceValidUntil"] = offers.until.astimezone(WIB).date().isoformat()
    if len(offers.choices) == 1:
        return {"@type": "Offer", "price": offers.lowest, **data}
    prices = {"lowPrice": offers.lowest, "highPrice": offers.highest, "offerCount": len(offers.choices)}
    return {"@type": "AggregateOffer", **prices, **data}


def breadcrumb_data(crumbs: list[tuple[str, str]]) -> dict:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(label), "item": absolute(url)}
            for position, (label, url) in enumerate(crumbs, 1)
        ],
    }


def organization_data(*, name: str, url: str, description: str, regency: str, picture: Picture | None) -> dict:
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": name,
        "url": absolute(url),
        "description": description,
        "address": {"@type": "PostalAddress", "addressLocality": regency, "addressCountry": "ID"},
    }
    return {**data, "image": absolute(share_url(picture))} if picture else data


def share_card(url: str, width: int, height: int) -> dict:
    """Address and size of the picture that a messenger shows."""
    return {"url": absolute(url), "width": width, "height": height}


def picture_card(picture: Picture | None) -> dict | None:
    """The same of a picture alone."""
    return share_card(share_url(picture), *share_size(picture)) if picture else None
