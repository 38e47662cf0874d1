"""A booth with what stands in it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.addresses import booth_url, edition_url, hall_url
from catalog.cards import booth_card, place_text, product_card
from catalog.criteria import LAST_PAGE, PAGE
from catalog.moments import status_of
from catalog.queries.booths import in_hall, open_booth
from catalog.queries.listing import booth_rows, own
from catalog.structured import breadcrumb_data, json_ld, organization_data, picture_card
from exhibitors.models import Kind
from expo.public import public_page
from expo.whatsapp import whatsapp_url


@public_page
def booth(request, edition, booth):
    now = timezone.now()
    found = open_booth(edition, booth)
    if found is None:
        raise Http404
    page = page_number(request)
    products, has_next = booth_products(found, now, page)
    previous, following = neighbours(found)
    status, status_kind = status_of(found.edition, now)
    exhibitor = found.exhibitor
    regency = exhibitor.regency.name if exhibitor.regency else ""
    here = booth_url(found.edition.slug, found.slug)
    crumbs = [
        (found.edition.display_name, edition_url(found.edition.slug)),
        (found.hall.display_name, hall_url(found.hall.slug)),
        (exhibitor.name, here),
    ]
    context = {
        "section": "booths",
        "booth": found,
        "edition": found.edition,
        "hall": found.hall,
        "exhibitor": exhibitor,
        "place": place_text(Kind(exhibitor.kind).of_one, regency),
        "status": status,
        "status_kind": status_kind,
        "products": products,
        "pages": page_links(page, has_next, lambda number: f"{here}?hal={number}" if number > 1 else here),
        "previous": previous,
        "next": following,
        "crumbs": crumbs,
        "here": here,
        "plan_url": f"{hall_url(found.hall.slug)}?stan={found.slug}#denah",
        "whatsapp": whatsapp_url(exhibitor.whatsapp, _("Halo, saya dari UKM Virtual Expo, stan %s.") % found.number),
        "share": picture_card(exhibitor.banner),
        "structured": [json_ld(breadcrumb_data(crumbs)), json_ld(_organization(exhibitor, here, regency))],
    }
    return render(request, "catalog/booth.html", context)


def booth_products(booth, now, page: int, size: int = PAGE) -> tuple[list[dict], bool]:
    found = booth_rows(booth.pk, now, limit=size + 1, offset=(page - 1) * size)
    cards = [product_card(own(row), row, now, from_booth=True) for row in found[:size]]
    return cards, len(found) > size


def neighbours(booth) -> tuple[dict | None, dict | None]:
    """The booths to the left and right on a stroll through the hall."""
    stroll = in_hall(booth.hall_id)
    position = next((index for index, row in enumerate(stroll) if row["pk"] == booth.pk), None)
    if position is None:
        return None, None
    before = booth_card(stroll[position - 1]) if position else None
    after = booth_card(stroll[position + 1]) if position + 1 < len(stroll) else None
    return before, after


def page_number(request) -> int:
    typed = request.GET.get("hal", "")
    return min(max(1, int(typed)), LAST_PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def page_links(page: int, has_next: bool, address) -> dict:
    return {
        "previous": address(page - 1) if page > 1 else "",
        "next": address(page + 1) if has_next else "",
        "here": _("Halaman %d") % page if page > 1 or has_next else "",
    }


def _organization(exhibitor, here: str, regency: str) -> dict:
    return organization_data(
        name=exhibitor.name,
        url=here,
        description=exhibitor.display_story,
        regency=regency,
        picture=exhibitor.banner,
    )
