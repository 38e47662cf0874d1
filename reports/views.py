"""Officials' list of recaps, and the public pages: verification, statistics, the lobby's figures."""

from django.db.models import JSONField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import official_required
from expo.formats import current_language
from expo.models import Edition
from expo.public import public_page
from reports.codes import MistypedError, read_code
from reports.documents import FORMATS, document_of, file_name
from reports.models import Recap, RecapState
from reports.officials.asking import asked_of
from reports.officials.drill import drilling
from reports.pages import RecapPage
from reports.queries import envelope_of, figures_of, recap_by_code

PER_PAGE = 25


def page_of(recap: Recap) -> RecapPage:
    return RecapPage(figures_of(recap), envelope_of(recap))


@official_required
@require_safe
def recap_list(request):
    """Recaps, newest first, of all editions or of one (``?pameran=<slug>``), 25 a page."""
    recaps = Recap.objects.select_related("superseded_by")
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
    recap = get_object_or_404(Recap.objects.select_related("superseded_by", "previous"), pk=pk)
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
    """The recap as a file, in the language of the address."""
    if format not in FORMATS:
        raise Http404
    recap = get_object_or_404(Recap.objects.select_related("superseded_by"), pk=pk)
    response = HttpResponse(document_of(recap, format, current_language()), content_type=FORMATS[format].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(recap, format)}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


@public_page(fresh=60, shared=300)
def verify(request):
    """The form. A code that was typed well leads to its page; a mistyped one is told so beside the field."""
    typed = request.GET.get("kode", "").strip()[:60]
    if not typed:
        return render(request, "reports/verify.html")
    try:
        return redirect("reports:verification", code=read_code(typed))
    except MistypedError:
        return render(request, "reports/verify.html", {"typed": typed, "error": mistyped()}, status=404)


@public_page(fresh=60, shared=300)
def verification(request, code):
    """Whether a recap is genuine, what it says, and whether it is still the valid one."""
    try:
        spelling = read_code(code)
    except MistypedError:
        return render(request, "reports/verify.html", {"typed": code[:60], "error": mistyped()}, status=404)
    if spelling != code:
        return redirect("reports:verification", code=spelling)
    recap = recap_by_code(code)
    if recap is None:
        return render(request, "reports/verify.html", {"typed": code, "error": unknown()}, status=404)
    return render(request, "reports/verification.html", {"recap": recap, "sheet": page_of(recap)})


@public_page(fresh=60, shared=300)
def statistics(request):
    """The last valid recap of each edition."""
    recaps = (
        Recap.objects.filter(state=RecapState.CURRENT)
        .of_single_editions()
        .order_by("scope", "-occurred_cutoff")
        .distinct("scope")
    )
    pages = [(recap, page_of(recap)) for recap in recaps]
    pages.sort(key=lambda pair: pair[1].figures.editions[0].opens_at, reverse=True)
    return render(request, "reports/statistics.html", {"pages": pages})


@public_page(fresh=60, shared=300)
def lobby_figures(request):
    """A fragment for the lobby: the figures of the edition that is on, or of the one that opened last."""
    now = timezone.now()
    edition = Edition.objects.running_at(now).order_by("-opens_at").first()
    recaps = Recap.objects.filter(state=RecapState.CURRENT).of_single_editions()
    if edition:
        recaps = recaps.filter(scope=edition.slug)
    recap = recaps.order_by("-occurred_cutoff", "-pk").first()
    page = page_of(recap) if recap else None
    return render(request, "reports/lobby_figures.html", {"recap": recap, "sheet": page})


def mistyped() -> str:
    return _("Ada salah ketik: kode terdiri atas 9 huruf dan angka, misalnya 7K3M-9QXA-C. Periksa kembali.")


def unknown() -> str:
    return _(
        "Kode ini ditulis dengan benar, tetapi tidak ada rekap dengan kode ini. "
        "Angka yang memakainya bukan dari rekap kami."
    )
