"""The tab "Angka" of the dashboard: what an exhibitor's own entries and visits add up to."""

import datetime as dt

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.models import Booth
from exhibitors.permissions import exhibitor_required
from expo.formats import WIB, current_language
from expo.models import Edition
from reports.consistent import consistent_reading
from reports.own.charts import Plot, comparison_chart, plots
from reports.own.figures import OwnFigures, Span, own_figures
from reports.own.files import MEDIA_TYPES, file_name, own_file, span_name
from reports.own.ranked import MOST, conversion_plot, product_plot, steps
from reports.own.sheets import Sheet, all_sheets, headlines, shown_cell

TAB = "figures"
SHORTCUTS = (7, 30)
LONGEST = dt.timedelta(days=1100)
YEARS = {"first": 2000, "last": 2100}


class PeriodForm(forms.Form):
    """The days from ``dari`` to ``sampai``, both included."""

    dari = forms.DateField(
        label=gettext_lazy("Dari tanggal"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    sampai = forms.DateField(
        label=gettext_lazy("Sampai tanggal"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean(self):
        cleaned = super().clean() or {}
        first, last = cleaned.get("dari"), cleaned.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir mendahului tanggal awal."))
        elif first and last and (first.year < YEARS["first"] or last.year > YEARS["last"]):
            self.add_error("sampai", _("Pilih hari antara tahun %(first)s dan %(last)s.") % YEARS)
        elif first and last and last - first > LONGEST:
            self.add_error("sampai", _("Pilih paling lama tiga tahun."))
        return cleaned


@require_safe
@exhibitor_required
def own_page(request):
    editions, form = editions_of(request.exhibitor), period_form(request)
    span = span_of(request, editions, form)
    figures = read(request, span, editions)
    context = {
        "choices": choices(span, editions),
        "period": form or PeriodForm(initial={"dari": span.first, "sampai": span.last}),
        "is_period": span.edition is None,
        "name": span_name(span) if span.edition or span.first else "",
        "figures": figures,
        "query": request.GET.urlencode(),
    }
    if not figures.is_empty:
        context |= shown(figures, current_language())
    return render_dashboard(request, "reports/own/page.html", context, tab=TAB)


@require_safe
@exhibitor_required
def own_download(request, kind):
    if kind not in MEDIA_TYPES:
        raise Http404
    editions, form = editions_of(request.exhibitor), period_form(request)
    figures = read(request, span_of(request, editions, form), editions)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(figures, kind)}"'}
    return HttpResponse(own_file(figures, kind, current_language()), content_type=MEDIA_TYPES[kind], headers=headers)


def editions_of(exhibitor) -> list[Edition]:
    """The editions in which it has a booth and that have begun to sell, newest first. One query."""
    booths = Booth.objects.filter(exhibitor=exhibitor, edition__sales_open__lte=timezone.now())
    found = {booth.edition_id: booth.edition for booth in booths.select_related("edition").order_by("pk")}
    return sorted(found.values(), key=lambda edition: (edition.opens_at, edition.pk), reverse=True)


def period_form(request) -> PeriodForm | None:
    return PeriodForm(request.GET) if "dari" in request.GET or "sampai" in request.GET else None


def span_of(request, editions: list[Edition], form: PeriodForm | None) -> Span:
    """What the address asks for; without a word the edition that opened last, or the last 30 days."""
    if form is not None and form.is_valid():
        return Span(first=form.cleaned_data["dari"], last=form.cleaned_data["sampai"])
    if slug := request.GET.get("pameran"):
        found = next((edition for edition in editions if edition.slug == slug), None)
        if found is None:
            raise Http404
        return Span(edition=found)
    now = timezone.now()
    opened = [edition for edition in editions if edition.opens_at <= now]
    if opened or editions:
        return Span(edition=(opened or editions)[0])
    return last_days(SHORTCUTS[-1])


def last_days(number: int) -> Span:
    today = timezone.now().astimezone(WIB).date()
    return Span(first=today - dt.timedelta(days=number - 1), last=today)


def read(request, span: Span, editions: list[Edition]) -> OwnFigures:
    """The figures of one moment: their parts agree."""
    before = None
    if span.edition:
        before = next((edition for edition in editions if edition.opens_at < span.edition.opens_at), None)
    with consistent_reading():
        return own_figures(request.exhibitor, span, before, now=timezone.now())


def choices(span: Span, editions: list[Edition]) -> list[dict]:
    found = [
        {"label": edition.display_name, "query": f"pameran={edition.slug}", "is_current": span.edition == edition}
        for edition in editions
    ]
    for number in SHORTCUTS:
        days = last_days(number)
        found.append(
            {
                "label": _("%(n)s hari terakhir") % {"n": number},
                "query": f"dari={days.first}&sampai={days.last}",
                "is_current": span == days,
            }
        )
    return found


def shown(figures: OwnFigures, language: str) -> dict:
    sheets = {sheet.name: sheet for sheet in all_sheets(figures)}
    cards = [
        {"label": label, "value": shown_cell(value, kind), "note": note, "key": key}
        for key, label, value, kind, note in headlines(figures)
        if key != "claimed" or value
    ]
    return {
        "cards": cards,
        "plots": [(plot, sheets.get(plot.name)) for plot in plots(figures, language)],
        "ranked": [
            ranked_section(product_plot(figures, language), best(sheets["products"]), MOST, len(figures.products)),
            ranked_section(conversion_plot(figures, language), sheets["conversion"]) | {"steps": steps()},
        ],
        "comparison": sheets.get("comparison"),
        "pairs": comparison_chart(figures, language) if figures.comparison else "",
    }


def best(products: Sheet) -> Sheet:
    """Name, turnover and units; and the turnover of the edition before."""
    return products.narrowed(*(place for place in (0, 1, 3, 5) if place < len(products.columns)))


def ranked_section(plot: Plot, sheet: Sheet, most: int | None = None, of: int = 0) -> dict:
    """A plot with its table, of which at most so many rows are shown."""
    return {
        "plot": plot,
        "sheet": sheet,
        "rows": sheet.shown_rows(most),
        "total": sheet.shown_total(),
        "more": max(of - most, 0) if most else 0,
    }
