"""Officials' list of recaps, each recap's page, and its files."""

from django.db.models import JSONField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accounts.permissions import official_required
from expo.formats import current_language
from expo.models import Edition
from reports.documents import FORMATS, PAPERS, document_of, file_name
from reports.errors import RecapError
from reports.models import Recap, RecapState
from reports.officials.asking import asked_of
from reports.officials.drill import drilling
from reports.pages import RecapPage
from reports.queries import envelope_of, figures_of

PER_PAGE = 25


def page_of(recap: Recap) -> RecapPage:
    return RecapPage(figures_of(recap), envelope_of(recap))


@official_required
@require_safe
def recap_list(request):
    """Recaps, newest first, of all editions or of one (``?pameran=<slug>``), 25 a page."""
    recaps = Recap.objects.select_related("superseded_by", "recount")
    edition = Edition.objects.filter(slug=request.GET.get("pameran", "")).first()
    if edition:
        recaps = recaps.filter(editions=edition)
    if (before := request.GET.get("sebelum", "")).isdecimal() and len(before) < 18:
        recaps = recaps.filter(pk__lt=int(before))
    plain = Cast("figures", JSONField())
    shown = list(
        recaps.annotate(plain=plain)
        .annotate(realised=Cast("plain__realised__total", JSONField()))
        .defer("figures", "snapshot", "superseded_by__figures", "superseded_by__snapshot")
        .order_by("-pk")[: PER_PAGE + 1]
    )
    more, shown = shown[PER_PAGE:], shown[:PER_PAGE]
    context = {
        "recaps": shown,
        "more": shown[-1].pk if more else None,
        "edition": edition,
        "editions": Edition.objects.filter(recaps__isnull=False).distinct(),
        "formats": FORMATS,
    }
    return render(request, "reports/list.html", context)


@official_required
@require_safe
def recap_detail(request, pk):
    recap = get_object_or_404(Recap.objects.select_related("superseded_by", "previous", "recount"), pk=pk)
    earlier = Recap.objects.filter(scope=recap.scope, pk__lt=recap.pk).exclude(state=RecapState.WITHDRAWN)
    context = {
        "recap": recap,
        "sheet": page_of(recap),
        "formats": FORMATS,
        "earlier": earlier.only("pk", "number").order_by("-pk").first(),
        **drilling(asked_of(recap).query),
    }
    return render(request, "reports/detail.html", context)


@official_required
@require_safe
def recap_file(request, pk, format):
    """The recap as a file, in the language of the address; a PDF on ``?kertas=f4``, with its annex ``?lampiran=1``."""
    if format not in FORMATS:
        raise Http404
    recap = get_object_or_404(Recap.objects.select_related("superseded_by"), pk=pk)
    size = request.GET.get("kertas", "")
    wanted = {"size": size if size in PAPERS else "", "annex": request.GET.get("lampiran") == "1"}
    try:
        data = document_of(recap, format, current_language(), **wanted)
    except RecapError as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    response = HttpResponse(data, content_type=FORMATS[format].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(recap, format)}"'
    patch_cache_control(response, private=True, no_store=True)
    return response
