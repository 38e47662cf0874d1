"""What anyone may see of recaps: verification by code, statistics, open data, the lobby's figures. All cacheable."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.models import Edition
from expo.public import public_page
from reports.book.heads import heads
from reports.codes import MistypedError, read_code
from reports.figures import Figures
from reports.models import Recap
from reports.pages import RecapPage
from reports.public import data
from reports.public.columns import COLUMNS
from reports.public.figures import public_figures
from reports.public.overview import overview
from reports.public.schema import json_schema, structured_dataset
from reports.queries import envelope_of, recap_by_code, slim

IN_FULL = 4  # editions whose days the page of statistics shows; the others stand in its table
CSV, JSON = "text/csv; charset=utf-8; header=present", "application/json"


def open_data(view: Callable) -> Callable:
    """Data that pages of other sites may read as well, with its licence in the header."""
    public = public_page(view, fresh=300, shared=300)

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = public(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Link"] = (
            f'<{data.LICENCE["url"]}>; rel="license", <{data.address("data-schema")}>; rel="describedby"'
        )
        return response

    return answer


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
    sheet = page_of(recap, public_figures([recap.sha256])[recap.sha256])
    return render(request, "reports/verification.html", {"recap": recap, "sheet": sheet, "figures": listed(sheet)})


@open_data
def recap_json(request, code):
    """The public figures of one recap, whatever its state, which they name."""
    recap = recap_by_code(code)
    if recap is None:
        return HttpResponse('{"error": "unknown code"}\n', status=404, content_type=JSON)
    said = data.recap_data(recap, public_figures([recap.sha256])[recap.sha256])
    return HttpResponse(data.as_json(said), content_type=JSON)


@public_page(fresh=60, shared=300)
def statistics(request):
    """The last valid recap of each edition."""
    found = last_recaps()
    pages = [(recap, page_of(recap, figures)) for recap, figures in found]
    context = {
        "pages": pages[:IN_FULL],
        "overview": overview(found),
        "structured": structured_dataset(found),
    }
    return render(request, "reports/statistics.html", context)


@public_page(fresh=300, shared=300)
def data_page(request):
    """What the open data is, for people: addresses, columns, licence, how to name the source."""
    found = last_recaps()
    context = {"columns": COLUMNS, "licence": data.LICENCE, "structured": structured_dataset(found)}
    context["example"] = found[0][0] if found else None
    context["last"], context["line"] = heads()
    return render(request, "reports/data.html", context)


@open_data
def data_csv(request):
    return csv_file("rekap-terakhir.csv", data.recaps_csv(last_recaps()))


@open_data
def data_days(request):
    return csv_file("rekap-per-hari.csv", data.days_csv(last_recaps()))


@open_data
def data_json(request):
    return HttpResponse(data.as_json(data.dataset(last_recaps())), content_type=JSON)


@open_data
def data_heads(request):
    """The newest hashes of chain and book: whoever keeps them can show later that nothing before them was changed."""
    return HttpResponse(data.as_json(data.heads_data(*heads())), content_type=JSON)


@open_data
def data_schema(request):
    return HttpResponse(data.as_json(json_schema()), content_type="application/schema+json")


@public_page(fresh=60, shared=300)
def lobby_figures(request):
    """A fragment for the lobby: the figures of the edition that is on, or of the one that opened last."""
    now = timezone.now()
    edition = Edition.objects.running_at(now).order_by("-opens_at").first()
    recaps = slim(Recap.objects.to_show()).of_single_editions()
    if edition:
        recaps = recaps.filter(scope=edition.slug)
    recap = recaps.order_by("-occurred_cutoff", "-pk").first()
    sheet = page_of(recap, public_figures([recap.sha256])[recap.sha256]) if recap else None
    return render(request, "reports/lobby_figures.html", {"recap": recap, "sheet": sheet})


def last_recaps() -> list[tuple[Recap, Figures]]:
    """The last valid recap of each edition with its public figures, the edition that opened last first. Two queries."""
    recaps = list(
        slim(Recap.objects.to_show()).of_single_editions().order_by("scope", "-occurred_cutoff").distinct("scope")
    )
    figures = public_figures(recap.sha256 for recap in recaps)
    pairs = [(recap, figures[recap.sha256]) for recap in recaps]
    return sorted(pairs, key=lambda pair: (pair[1].editions[0].opens_at, pair[0].scope), reverse=True)


def page_of(recap: Recap, figures: Figures) -> RecapPage:
    return RecapPage(figures, envelope_of(recap))


def listed(sheet: RecapPage) -> list[dict]:
    """Every public figure with its name and what it counts."""
    return [
        {"label": each.label, "meaning": each.meaning, "value": each.value(sheet.figures), "unit": each.unit}
        for each in COLUMNS
    ]


def csv_file(name: str, text: str) -> HttpResponse:
    return HttpResponse(text, content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def mistyped() -> str:
    return _("Ada salah ketik: kode terdiri atas 9 huruf dan angka, misalnya 7K3M-9QXA-C. Periksa kembali.")


def unknown() -> str:
    return _(
        "Kode ini ditulis dengan benar, tetapi tidak ada rekap dengan kode ini. "
        "Angka yang memakainya bukan dari rekap kami."
    )
