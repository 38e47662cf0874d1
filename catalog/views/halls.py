"""A hall with its floor plan and the equal list beside it."""

from django.http import Http404
from django.shortcuts import render

from catalog.cards import booth_card
from catalog.plan import draw_plan
from catalog.queries.booths import in_hall
from catalog.queries.editions import hall_of, neighbours_of
from expo.models import Hall
from expo.public import public_page


@public_page
def hall(request, hall):
    found = hall_of(hall)
    if found is None:
        raise Http404
    stands = hall_cards(found)
    here = request.GET.get("stan", "")
    context = {
        "section": "booths",
        "hall": found,
        "edition": found.edition,
        "neighbours": neighbours_of(found),
        "stands": stands,
        "here": here,
        "plan": draw_plan(stands, here),
    }
    return render(request, "catalog/hall.html", context)


def hall_cards(hall: Hall) -> list[dict]:
    return [
        {**booth_card(row), "slug": row["slug"], "column": row["column"], "row": row["row"]} for row in in_hall(hall.pk)
    ]
