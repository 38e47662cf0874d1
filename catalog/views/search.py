"""Search and categories: one list of products, narrowed by what the address says."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from catalog.addresses import category_url, search_url
from catalog.cards import booth_card
from catalog.criteria import MAX_TEXT, MOST_PAGES, SORTS, SUPPLIES, Criteria, read_criteria, whole_number
from catalog.filters import Chip, list_url, page_url, panel_of, related, results_text
from catalog.queries.booths import matching_booths
from catalog.queries.choices import Choices, choices
from catalog.queries.facets import Facets, facets_of
from catalog.queries.listing import cards
from catalog.queries.matching import match_of
from catalog.queries.popular import popular_booths
from catalog.queries.results import Results, results_page
from catalog.search.suggestions import suggest
from catalog.search.terms import Terms, terms_of
from catalog.search.understanding import Understood, understand
from expo.public import public_page

STALLS = 4


@public_page
def search(request):
    return _list(request, read_criteria(request.GET), None)


@public_page
def category(request, category):
    return _list(request, read_criteria(request.GET, category=category), category)


def _list(request, criteria: Criteria, category: str | None):
    now = timezone.now()
    options = choices()
    if category is not None and options.category(category) is None:
        raise Http404
    understood = understand(criteria.words)
    terms = terms_of(understood, options)
    match = match_of(criteria, terms, options, now)
    results = results_page(criteria, match)
    joined = _joined(request, criteria)
    if joined:
        return _more(request, criteria, joined, results, now)
    facets = facets_of(match) if results.rows or criteria.filters else Facets()
    context = {
        **_heading(criteria, options, category, understood),
        **_controls(criteria, options, facets, category),
        "cards": cards(results.rows, now),
        "pages": _pages(criteria, results),
        **_beside(criteria, terms, understood, now),
    }
    if not results.rows:
        context |= _instead(criteria, options, understood, now)
    response = render(request, "catalog/list.html", context)
    response.headers["HX-Push-Url"] = context["here"]
    return response


def _controls(criteria: Criteria, options: Choices, facets: Facets, category: str | None) -> dict:
    """How many there are, and what narrows and sorts them."""
    return {
        "section": "products",
        "search_text": criteria.text,
        "criteria": criteria,
        "here": _here(criteria),
        "action": category_url(category) if category is not None else search_url(),
        "in_path": category is not None,
        "total": facets.total,
        "total_text": results_text(facets.total),
        "panel": panel_of(criteria, options, facets),
        "sorts": [
            (key, label, key == criteria.order) for key, label in SORTS.items() if criteria.text or key != "relevan"
        ],
        "supplies": SUPPLIES,
        "edition": options.edition,
        "errors": criteria.errors,
    }


def _beside(criteria: Criteria, terms: Terms, understood: Understood, now) -> dict:
    """Booths of that name, and where else to look: on the first page of what was typed and not narrowed yet."""
    if not understood or not criteria.is_first_page or criteria.filters:
        return {"booths": []}
    return {
        "booths": [booth_card(row) for row in _stalls(understood, now)],
        "related": [
            *related(terms.related_categories, criteria, "category"),
            *related(terms.related_regencies, criteria, "regencies"),
        ],
    }


def _stalls(understood: Understood, now) -> list[dict]:
    return matching_booths(understood.tsquery(), understood.tsquery("A"), now, STALLS)


def _joined(request, criteria: Criteria) -> int:
    """How many pages the reader has before this one, when it is asked for to be joined to them; otherwise 0."""
    return min(whole_number(request.GET.get("sambung", ""), 0), MOST_PAGES - 1) if criteria.after else 0


def _more(request, criteria: Criteria, joined: int, results: Results, now):
    """The next cards alone. The address that stands for all of them is told to the browser."""
    start = replace(criteria, after=read_start(request), before=(), pages=joined + 1)
    context = {"cards": cards(results.rows, now), "pages": _pages(start, results), "criteria": criteria}
    response = render(request, "catalog/list.html#lanjutan", context)
    response.headers["HX-Replace-Url"] = page_url(start, after=start.after, pages=start.pages)
    return response


@public_page(fresh=300, shared=600)
def suggestions(request):
    """What the typed text may become: a fragment below the field, or for whoever opens it a page of links."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:MAX_TEXT]
    now = timezone.now()
    found = suggest(text, choices(), now)
    return render(request, "catalog/suggestions.html", {"suggestions": found, "text": text})


def read_start(request) -> tuple[int, ...]:
    """Where the first of the joined pages began."""
    return read_criteria({**request.GET.dict(), "sesudah": request.GET.get("dari", "")}).after


def _pages(criteria: Criteria, results: Results) -> dict:
    """Addresses of the neighbouring pages; ``more`` brings the next one into this one."""
    following = page_url(criteria, after=results.after) if results.after else ""
    more = ""
    if following and criteria.pages < MOST_PAGES:
        start = "-".join(map(str, criteria.after))
        more = f"{following}&sambung={criteria.pages}" + (f"&dari={start}" if start else "")
    return {
        "previous": page_url(criteria, before=results.before) if results.before else "",
        "next": following,
        "more": more,
        "first": "" if criteria.is_first_page else list_url(criteria),
    }


def _here(criteria: Criteria) -> str:
    return page_url(criteria, after=criteria.after, before=criteria.before, pages=criteria.pages)


def _heading(criteria: Criteria, options: Choices, category: str | None, understood: Understood) -> dict:
    path = options.path(criteria.category) if category is not None else []
    return {
        "category": path[-1] if path else None,
        "crumbs": [(choice.label, category_url(choice.key)) for choice in path],
        "spelled": understood.corrected,
    }


def _instead(criteria: Criteria, options: Choices, understood: Understood, now) -> dict:
    """What to do when nothing was found: fewer words, other categories, booths that many visit."""
    known = [meaning.corrected or meaning.typed for meaning in understood.meanings if not meaning.is_beginning]
    fewer = [Chip(word, list_url(Criteria(text=word))) for word in known] if len(understood.meanings) > 1 else []
    return {
        "fewer": fewer,
        "roots": [Chip(choice.label, list_url(Criteria(category=choice.key))) for choice in options.children(None)],
        "popular": [booth_card(row) for row in popular_booths(now, STALLS)],
    }
