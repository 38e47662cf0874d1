"""Officials' pages: today so far, any cut-off, editions and recaps side by side."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import official_required
from expo.formats import current_language, wib_brief
from expo.models import Edition
from expo.private import personal
from reports.documents import FORMATS
from reports.documents import render as render_file
from reports.fields import EditionsField
from reports.models import Recap, RecapState
from reports.officials import comparing, sides
from reports.officials.asking import AsOfForm, asked_of, read_address
from reports.officials.drill import drilling
from reports.officials.live import live_figures, watched_edition
from reports.pages import RecapPage
from reports.queries import figures_of
from reports.recompute import figures_at

MOST_SIDES = 4
LAST_DAY = 400
RECAPS_OFFERED = 100


@official_required
@personal
@vary_on_headers("HX-Request")
@require_safe
def live(request):
    """Today so far, of one edition. The page asks for its middle part again while somebody looks at it."""
    editions = list(Edition.objects.order_by("-opens_at", "slug"))
    edition = watched_edition(editions, request.GET.get("pameran", ""), timezone.now())
    if edition is None:
        if request.GET.get("pameran"):
            raise Http404
        return redirect("reports:list")
    found = live_figures(edition)
    context = {
        "editions": editions,
        "edition": edition,
        "live": found,
        "sheet": RecapPage(found.figures, None),
        **drilling(found.asked.query),
    }
    template = "reports/officials/live.html" + ("#live" if request.htmx else "")
    return render(request, template, context)


@official_required
@personal
@require_safe
def moment(request):
    """The figures at any cut-offs. Where they are sealed, it says by which recap."""
    form = AsOfForm(request.GET or None, initial={"terjadi": timezone.now().replace(second=0, microsecond=0)})
    context: dict = {"form": form}
    if form.is_bound and form.is_valid():
        asked = form.asked()
        figures, recap = figures_at(list(asked.editions), asked.asof)
        context |= {
            "asked": asked,
            "recap": recap,
            "sheet": RecapPage(figures, None),
            "formats": FORMATS,
            **drilling((asked_of(recap) if recap else asked).query),
        }
    return render(request, "reports/officials/moment.html", context)


@official_required
@personal
@require_safe
def moment_file(request, format):
    """The same as a file, which says on every page that it is not sealed; a sealed one is downloaded as sealed."""
    asked = read_address(request.GET)
    if format not in FORMATS or asked is None or asked.recap:
        raise Http404
    figures, recap = figures_at(list(asked.editions), asked.asof)
    if recap:
        return redirect("reports:file", recap.pk, format)
    form = FORMATS[format]
    slugs = "-".join(edition.slug for edition in asked.editions)
    name = get_valid_filename(f"belum-disegel-{slugs}-{asked.asof.occurred:%Y%m%dT%H%M%SZ}.{form.extension}")
    response = HttpResponse(render_file(figures, None, format, current_language()), content_type=form.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class SidesForm(forms.Form):
    pameran = EditionsField(
        Edition.objects.order_by("-opens_at", "slug"),
        label=gettext_lazy("Pameran"),
        to_field_name="slug",
    )
    hari = forms.IntegerField(label=gettext_lazy("Hari pameran ke-"), min_value=1, max_value=LAST_DAY, initial=1)
    jam = forms.TimeField(
        label=gettext_lazy("Sampai pukul (WIB)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Kosong: sampai hari itu selesai."),
    )
    dahulu = forms.BooleanField(
        label=gettext_lazy("Hanya yang sudah tercatat pada saat itu"),
        required=False,
        help_text=gettext_lazy("Tanpa ini: seperti diketahui sekarang, dengan catatan yang terlambat."),
    )

    def clean_pameran(self):
        chosen = list(self.cleaned_data["pameran"])
        if len(chosen) > MOST_SIDES:
            raise forms.ValidationError(gettext_lazy("Pilih paling banyak %(most)s pameran.") % {"most": MOST_SIDES})
        return chosen


@official_required
@personal
@require_safe
def side_by_side(request):
    """Editions on the same day of their run."""
    form = SidesForm(request.GET or None)
    context: dict = {"form": form}
    if form.is_bound and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        day = given["hari"]
        found = [
            sides.side_of(edition, day, given["jam"], now=now, known_now=not given["dahulu"])
            for edition in given["pameran"]
        ]
        longest = min(day, max(sides.days_of_run(side.edition) for side in found))
        context |= {
            "sides": found,
            "day": day,
            "summary": sides.summary(found, day),
            "days": sides.by_day(found, max(longest, 1)),
        }
    return render(request, "reports/officials/sides.html", context)


class RecapField(forms.ModelChoiceField):
    def label_from_instance(self, recap):
        moment = wib_brief(recap.occurred_cutoff)
        return gettext("%(number)s, s.d. %(moment)s") % {"number": recap.number, "moment": moment}


class PairForm(forms.Form):
    """Two recaps, the latest to choose from; whatever else the address names is offered as well."""

    dari = RecapField(Recap.objects.none(), label=gettext_lazy("Dari rekap"), empty_label=None)
    ke = RecapField(Recap.objects.none(), label=gettext_lazy("Ke rekap"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        recaps = Recap.objects.order_by("-pk").values_list("pk", "scope", "state")
        latest = {pk: (scope, state) for pk, scope, state in recaps[:RECAPS_OFFERED]}
        named = [value for value in (self.data.get("dari", ""), self.data.get("ke", "")) if is_key(value)]
        offered = (
            Recap.objects.filter(pk__in=[*latest, *map(int, named)])
            .only("pk", "number", "occurred_cutoff")
            .order_by("-pk")
        )
        for name, chosen in zip(("dari", "ke"), newest_pair(latest), strict=True):
            self.fields[name].queryset = offered
            self.fields[name].initial = chosen

    def clean(self):
        given = super().clean()
        if given.get("dari") and given.get("dari") == given.get("ke"):
            self.add_error("ke", gettext_lazy("Ini rekap yang sama. Pilih rekap lain untuk dibandingkan dengannya."))
        return given


def newest_pair(latest: dict[int, tuple[str, str]]) -> tuple[int | None, int | None]:
    """The newest recap that stands and the one before it in its series, of keys, newest first, with scope and state.
    Where no series has two: the two newest."""
    standing = [(pk, scope) for pk, (scope, state) in latest.items() if state != RecapState.WITHDRAWN]
    for at, (pk, scope) in enumerate(standing):
        if before := next((other for other, same in standing[at + 1 :] if same == scope), None):
            return before, pk
    newest, before = [*latest, None, None][:2]
    return before, newest


def is_key(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 18


@official_required
@personal
@require_safe
def comparison(request):
    """What lies between two recaps."""
    form = PairForm(request.GET or None)
    context: dict = {"form": form}
    if form.is_bound and form.is_valid():
        keys = [form.cleaned_data[name].pk for name in ("dari", "ke")]
        kept = Recap.objects.defer("snapshot").select_related("superseded_by", "recount").in_bulk(keys)
        first, second = (kept[key] for key in keys)
        before, after = figures_of(first), figures_of(second)
        asked = asked_of(first), asked_of(second)
        context |= {
            "first": first,
            "second": second,
            "totals": comparing.Change("realised.total", "", before.realised.total, after.realised.total),
            "figures": comparing.figure_changes(before, after),
            "tables": comparing.table_changes(before, after, current_language()),
            "missing": [
                (first.number, comparing.missing_tables(before, after)),
                (second.number, comparing.missing_tables(after, before)),
            ],
            "difference": comparing.difference(*asked),
            **drilling(asked[1].query),
        }
    return render(request, "reports/officials/comparison.html", context)
