"""The lobby and the pages of editions."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from catalog.cards import booth_card
from catalog.moments import moments_of, status_of
from catalog.queries import booths
from catalog.queries.editions import editions_by_precedence, halls_of
from catalog.queries.listing import newest_products
from catalog.stage import lineup, slot_at
from expo.models import Edition
from expo.public import public_page

NEWEST = 10


@public_page
def lobby(request):
    now = timezone.now()
    editions = [described(edition, now) for edition in editions_by_precedence(now)]
    halls = halls_of([entry["edition"].pk for entry in editions])
    for entry in editions:
        entry["halls"] = [hall for hall in halls if hall.edition_id == entry["edition"].pk]
    slot = slot_at(now)
    chosen = lineup(slot)
    photos = booths.photos_of(chosen, now)
    context = {
        "section": "lobby",
        "slot": slot,
        "lead": editions[0] if editions else None,
        "others": editions[1:],
        "booths": [booth_card(row, photos.get(row["pk"], ())) for row in booths.rows_by_id(chosen)],
        "products": newest_products(now, NEWEST),
    }
    return render(request, "catalog/lobby.html", context)


@public_page
def edition(request, edition):
    now = timezone.now()
    found = Edition.objects.filter(slug=edition).first()
    if found is None:
        raise Http404
    context = {"section": "lobby", "entry": {**described(found, now), "halls": halls_of([found.pk])}}
    return render(request, "catalog/edition.html", context)


def described(edition: Edition, now) -> dict:
    status, kind = status_of(edition, now)
    return {"edition": edition, "status": status, "status_kind": kind, "moments": moments_of(edition, now)}
