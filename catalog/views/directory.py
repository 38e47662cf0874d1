"""The directory of booths, and the tree of categories."""

from django.shortcuts import render
from django.utils import timezone

from catalog.addresses import category_url
from catalog.cards import booth_card
from catalog.criteria import Criteria
from catalog.directory import BY_NAME, BY_REGION, PAGE, choices_of, grouped, narrowed, ordered, read_asked
from catalog.filters import Option
from catalog.queries.booths import rows_by_id
from catalog.queries.choices import Choices, choices
from catalog.queries.directory import entries
from catalog.queries.facets import facets_of
from catalog.queries.matching import match_of
from catalog.search.terms import Terms
from catalog.views.booths import page_links
from expo.public import public_page


@public_page
def directory(request):
    """Every exhibitor once, by regency or by name."""
    now = timezone.now()
    asked = read_asked(request.GET)
    everyone = entries(now)
    found = ordered(narrowed(everyone, asked), asked.order)
    shown = found[(asked.page - 1) * PAGE : asked.page * PAGE]
    cards = {row["pk"]: booth_card(row) for row in rows_by_id([entry.pk for entry in shown])}
    offered = choices_of(everyone, asked)
    context = {
        "section": "booths",
        "asked": asked,
        "total": len(found),
        "groups": grouped([(entry, cards[entry.pk]) for entry in shown if entry.pk in cards], asked.order),
        "offered": offered,
        "regency_name": next((option.label for option in offered["regency"] if option.is_on), ""),
        "orders": [(BY_REGION, asked.url(order=BY_REGION)), (BY_NAME, asked.url(order=BY_NAME))],
        "pages": page_links(asked.page, len(found) > asked.page * PAGE, lambda number: asked.url(page=number)),
        "without_initial": asked.url(initial=""),
        "edition": choices().edition,
    }
    return render(request, "catalog/directory.html", context)


@public_page
def categories(request):
    """The tree of categories, each with the number of products on show."""
    now = timezone.now()
    options = choices()
    counts = facets_of(match_of(Criteria(), Terms(), options, now)).counts.get("category", {})
    context = {"section": "categories", "tree": _branches(options, counts, None), "edition": options.edition}
    return render(request, "catalog/categories.html", context)


def _branches(options: Choices, counts: dict[str, int], parent: str | None) -> list[tuple[Option, list]]:
    """A category with what is below it, and so on; empty ones are left out."""
    found = []
    for choice in options.children(parent):
        number = sum(counts.get(str(pk), 0) for pk in options.within(choice.key))
        if number:
            option = Option(choice.label, choice.key, number, False, category_url(choice.key))
            found.append((option, _branches(options, counts, choice.key)))
    return found
