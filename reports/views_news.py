"""The news check: the form, and its result at an address that can be passed on."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expo.formats import current_language
from expo.limits import RateExceededError, check_rate
from expo.public import public_page
from reports.forms import NewsForm
from reports.models import NewsCheck
from reports.news.example import example_article
from reports.news.explain import edition_name, pieces, status_names, tell
from reports.newsroom import ends_at, keep_check, result_of
from reports.views_public import last_recaps

# One newsroom shares an address on the net. Each check is a row that is kept.
CHECKS_PER_HOUR, HOUR = 40, 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news(request):
    """``?dari=<token>``: with the text of a check that was made before, to choose otherwise; ``?contoh=1``: with an
    example of our own figures, to try it."""
    initial = _example() if request.GET.get("contoh") else _earlier(request.GET.get("dari", "")[:16])
    form = NewsForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            check_rate("news", request.META["REMOTE_ADDR"], CHECKS_PER_HOUR, HOUR)
        except RateExceededError as error:
            form.add_error(None, error.message)
            status = 429
        else:
            return redirect(keep_check(**form.cleaned_data))
    return render(request, "reports/news.html", {"form": form}, status=status)


@public_page(fresh=60, shared=300)
def news_result(request, token):
    """Everyone with the address sees the same; search engines are told to leave it."""
    kept = get_object_or_404(NewsCheck.objects.prefetch_related("editions"), token=token)
    result, book = result_of(kept)
    told = tell(result, book)
    context = {
        "kept": kept,
        "result": result,
        "ends_at": ends_at(kept),
        "told": told,
        "pieces": pieces(result, told),
        "summary": [(status, name, result.counts[status]) for status, name in status_names().items()],
        "editions": [edition_name(edition) for edition in book.editions],
        "until": book.until,
        "recaps": sorted(book.references.values(), key=lambda recap: (recap.cutoff, recap.number)),
    }
    response = render(request, "reports/news_result.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _example() -> dict:
    sold = [figures for _recap, figures in last_recaps() if figures.realised.total > 0]
    return {"text": example_article(sold[0], current_language())} if sold else {}


def _earlier(token: str) -> dict:
    kept = NewsCheck.objects.filter(token=token).first() if token else None
    if kept is None:
        return {}
    return {"text": kept.text, "editions": kept.editions.all(), "published_on": kept.published_on}
