"""Structured data (JSON-LD) and share cards: what search engines and messengers read of a page."""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from catalog.selling import Availability
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
    return urljoin(settings.SITE_URL + "/", address)


def product_data(*, name, description, url, pictures: list[Picture], price: int, availability, seller: str) -> dict:
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "description": description,
        "url": absolute(url),
        "image": [absolute(share_url(picture)) for picture in pictures],
        "offers": {
            "@type": "Offer",
            "url": absolute(url),
            "price": price,
            "priceCurrency": "IDR",
            "availability": IN_STOCK.get(availability, "https://schema.org/Discontinued"),
            "seller": {"@type": "Organization", "name": seller},
        },
    }


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


def share_card(picture: Picture | None) -> dict | None:
    """Address and size of the picture that a messenger shows."""
    if picture is None:
        return None
    width, height = share_size(picture)
    return {"url": absolute(share_url(picture)), "width": width, "height": height}
