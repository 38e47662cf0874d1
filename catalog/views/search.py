"""Search and categories: one list of products, narrowed by what the address says."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from catalog.addresses import category_url
from catalog.cards import booth_card
from catalog.criteria import SORTS, Criteria, read_criteria
from catalog.queries.booths import named
from catalog.queries.choices import Choice, choices
from catalog.queries.listing import cards, product_page
from catalog.queries.spelling import corrected
from catalog.views.booths import page_links
from expo.public import public_page


@public_page
def search(request):
    criteria = read_criteria(request.GET)
    return _list(request, criteria, reverse("catalog:search"), None)


@public_page
def category(request, category):
    criteria = read_criteria(request.GET, category=category)
    return _list(request, criteria, category_url(category), category)


def _list(request, criteria: Criteria, base: str, category: str | None):
    now = timezone.now()
    options = choices(now)
    chosen = _named(options.categories, criteria.category)
    if category is not None and chosen is None:
        raise Http404
    words = criteria.words
    rows, has_next = product_page(criteria, now, words)
    spelled, stalls = [], []
    if words and criteria.page == 1 and not criteria.is_filtered:
        stalls = [booth_card(row) for row in named(words, now)]
    if words and not rows and not stalls:
        better = corrected(words)
        if better != words:
            rows, has_next = product_page(criteria, now, better)
            spelled = better if rows else []

    found = replace(criteria, text=" ".join(spelled)) if spelled else criteria

    def address(number: int) -> str:
        return _address(base, found, in_path=category is not None, page=number)

    context = {
        "section": "products",
        "search_text": criteria.text,
        "criteria": criteria,
        "category": chosen if category is not None else None,
        "heading": _name(chosen) if category is not None and chosen else "",
        "base": base,
        "categories": [
            (_name(choice), choice.key == criteria.category, _category_address(criteria, choice))
            for choice in options.categories
            if not choice.parent or choice.parent == criteria.category or choice.key == criteria.category
        ],
        "everything": _address(reverse("catalog:search"), criteria, category=""),
        "regencies": options.regencies,
        "edition": options.edition,
        "sorts": [
            (key, label, key == criteria.order) for key, label in SORTS.items() if criteria.text or key != "relevan"
        ],
        "spelled": " ".join(spelled),
        "cards": cards(rows, now),
        "booths": stalls,
        "pages": page_links(criteria.page, has_next, address),
        "without_filters": _address(reverse("catalog:search"), Criteria(text=criteria.text)),
        "errors": criteria.errors,
        "is_bare": not (criteria.text or request.GET),
    }
    return render(request, "catalog/list.html", context)


def _address(base: str, criteria: Criteria, *, in_path: bool = False, **changes) -> str:
    """``in_path``: the category is part of ``base`` and not repeated in the query."""
    if in_path:
        changes["category"] = ""
    query = criteria.query(**changes)
    return f"{base}?{query}" if query else base


def _category_address(criteria: Criteria, choice: Choice) -> str:
    """A category without words to search has a page of its own."""
    if criteria.text:
        return _address(reverse("catalog:search"), criteria, category=choice.key)
    return _address(category_url(choice.key), criteria, in_path=True)


def _named(options: list[Choice], key: str) -> Choice | None:
    return next((choice for choice in options if choice.key == key), None)


def _name(choice: Choice) -> str:
    return choice.name_en if get_language() == "en" and choice.name_en else choice.name
