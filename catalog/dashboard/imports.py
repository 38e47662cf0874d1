"""Import and export of products: the file, its columns, the preview, the progress, the result."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.dashboard.forms_imports import CategoriesForm, ColumnsForm, MorePhotosForm, UploadForm
from catalog.domain import imports
from catalog.domain.import_files import export, kind_of, label_of, left_rows, rest, template
from catalog.importing.categories import plain
from catalog.importing.errors import ERROR, PROBLEMS, kind, sentence
from catalog.importing.writing import TYPES
from catalog.models import ImportJob, ImportRow, Outcome, Verdict
from catalog.states import WORKING, ImportState
from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.limits import check_rate

PAGE = 25
MOST_WORDS = 40
UPLOADS_PER_HOUR = 30
SHOWN = ("price", "stock", "category")
SETBACKS = {
    "moved": gettext_lazy("Tidak ada yang diimpor: ada produk yang berubah sementara itu. Periksa lagi, lalu impor."),
    "failed": gettext_lazy("Ada gangguan pada kami, dan tidak ada yang hilang. Silakan coba lagi."),
}


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview: what it is called, what was understood, and the cells that are told about."""

    row: ImportRow
    title: str
    variant: str
    cells: list[tuple[str, str]]
    told: list[tuple[str, str, str, str]]  # heading, cell, level, sentence


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def index(request):
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file, job = form.cleaned_data["file"], None
        try:
            check_rate("import", str(request.exhibitor.pk), UPLOADS_PER_HOUR, 3600)
            job = imports.start_import(request.exhibitor, file.read(), file.name, by=request.user)
        except DomainError as error:
            form.add_error("file", error.message)
        else:
            try:
                imports.add_photos(job, form.cleaned_data["photos"])
            except DomainError as error:
                messages.error(request, _("Foto belum terunggah: %(why)s") % {"why": error})
            return redirect("catalog:dashboard-import-columns", job.pk)
    jobs = ImportJob.objects.filter(exhibitor=request.exhibitor).exclude(state=ImportState.CANCELLED)[:10]
    return render_dashboard(request, "catalog/dashboard/imports.html", {"form": form, "jobs": jobs}, tab="products")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def columns(request, pk):
    job = owned(request, ImportJob, pk=pk)
    if job.state not in imports.OPEN:
        return redirect("catalog:dashboard-import", job.pk)
    form = ColumnsForm(request.POST or None, table=job.table, initial={"category": job.category_id})
    if request.method == "POST" and form.is_valid():
        try:
            job = imports.choose_columns(job, form.columns, form.cleaned_data["category"])
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            imports.advance(job)
            return redirect("catalog:dashboard-import", job.pk)
    context = {"form": form, "job": job, "photo_count": job.photos.count()}
    return render_dashboard(request, "catalog/dashboard/import_columns.html", context, tab="products")


@require_safe
@exhibitor_required
def job(request, pk):
    """Where the import stands. While a worker is at it the page asks again; htmx asks for the bar alone."""
    found = owned(request, ImportJob.objects.select_related("category"), pk=pk)
    if found.state == ImportState.UPLOADED:
        return redirect("catalog:dashboard-import-columns", found.pk)
    if request.htmx and found.state not in WORKING:
        return refreshed()
    done, total, what = imports.progress_of(found)
    context = {"job": found, "done": done, "total": total, "what": what, "setback": SETBACKS.get(found.setback)}
    if found.state in WORKING:
        part = "#import-progress" if request.htmx else ""
        return render_dashboard(request, f"catalog/dashboard/import_working.html{part}", context, tab="products")
    if found.state == ImportState.READY:
        return render_dashboard(
            request, "catalog/dashboard/import_preview.html", context | preview(request, found), tab="products"
        )
    return render_dashboard(request, "catalog/dashboard/import_result.html", context | result(found), tab="products")


def refreshed():
    """Let htmx load the whole page: there is something else to see."""
    return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "private, no-store"})


def preview(request, found: ImportJob) -> dict:
    verdict = request.GET.get("baris", "")
    rows = found.rows.filter(verdict=verdict) if verdict in Verdict.values else found.rows.all()
    after = request.GET.get("sesudah", "")
    if after.isascii() and after.isdecimal() and len(after) < 9:
        rows = rows.filter(number__gt=int(after))
    page = list(rows[: PAGE + 1])
    counts = found.counts
    return {
        "rows": [shown(row, found.table) for row in page[:PAGE]],
        "after": page[PAGE - 1].number if len(page) > PAGE else "",
        "verdict": verdict,
        "counts": counts,
        "bad": counts.get(Verdict.BAD, 0),
        "importable": counts.get(Verdict.GOOD, 0) + counts.get(Verdict.WARNED, 0),
        "kinds": kinds(found),
        "form": MorePhotosForm(),
        "categories": CategoriesForm(words=unknown_categories(found)),
        "photo_count": found.photos.count(),
    }


def unknown_categories(found: ImportJob) -> list[str]:
    """The file's words for categories that mean none of ours, those of most rows first."""
    place = found.table["columns"].get("category")
    if place is None or not {"category", "category_near", "category_parent"} & found.kinds.keys():
        return []
    rows = found.rows.filter(verdict=Verdict.BAD, problems__contains=[{"column": "category", "level": ERROR}])
    words: dict[str, tuple[str, int]] = {}
    for cells in rows.values_list("cells", flat=True).iterator(chunk_size=500):
        word = str(cells[place])[:80] if place < len(cells) and cells[place] else ""
        words[plain(word)] = (word, words.get(plain(word), (word, 0))[1] + 1)
    words.pop("", None)
    return [word for word, _count in sorted(words.values(), key=lambda pair: -pair[1])[:MOST_WORDS]]


def kinds(found: ImportJob) -> list[tuple[str, int]]:
    """How many cells have which kind of problem, most first."""
    summed: dict[str, int] = {}
    for code, count in found.kinds.items():
        if code in PROBLEMS:
            summed[kind(code)] = summed.get(kind(code), 0) + count
    return sorted(summed.items(), key=lambda pair: -pair[1])


def shown(row: ImportRow, table: dict) -> ShownRow:
    def cell(column: str) -> str:
        place = table["columns"].get(column)
        value = row.cells[place] if place is not None and place < len(row.cells) else ""
        return "" if value is None else str(value)[:120]

    told_columns = {found["column"] for found in row.problems}
    variant = " · ".join(filter(None, (cell("variant"), cell("variant_2"))))
    title = " · ".join(filter(None, (cell("sku"), cell("name")))) or ("" if variant else "–")
    cells = [(label_of(name, table), cell(name)) for name in SHOWN if name not in told_columns and cell(name)]
    told = [
        (label_of(found["column"], table), cell(found["column"]), found["level"], sentence(found))
        for found in sorted(row.problems, key=lambda found: found["level"] != ERROR)
    ]
    return ShownRow(row, title, variant, cells, told)


def result(found: ImportJob) -> dict:
    outcomes = found.counts.get("outcomes", {})
    left = left_rows(found).count() if found.state == ImportState.DONE else 0
    shown_outcomes = [
        (outcome.label, outcomes[outcome.value]) for outcome in Outcome if outcome.value and outcomes.get(outcome.value)
    ]
    return {"outcomes": [pair for pair in shown_outcomes if pair[0] != Outcome.REFUSED.label], "left": left}


def verb(view):
    """A POST that does something to a job; a refusal becomes a message."""

    @require_POST
    @exhibitor_required
    @wraps(view)
    def done(request, pk):
        found = owned(request, ImportJob, pk=pk)
        try:
            target = view(request, found)
        except DomainError as error:
            messages.error(request, error.message)
            target = None
        return target or redirect("catalog:dashboard-import", found.pk)

    return done


@verb
def start(request, found):
    """``mode``: all, or good."""
    imports.advance(imports.begin_import(found, all_or_nothing=request.POST.get("mode") != "good", by=request.user))


@verb
def photos(request, found):
    form = MorePhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return
    imports.add_photos(found, form.cleaned_data["photos"])
    if found.state == ImportState.READY:
        imports.advance(imports.check_again(found))


@verb
def categories(request, found):
    """What the file's words for categories mean."""
    if found.state != ImportState.READY:
        return
    form = CategoriesForm(request.POST, words=unknown_categories(found))
    if form.is_valid() and form.meant():
        imports.advance(imports.name_categories(found, form.meant()))
    else:
        messages.error(request, _("Pilih kategorinya dahulu."))


@verb
def cancellation(request, found):
    imports.cancel_import(found)
    messages.success(request, _("Impor dibatalkan. Tidak ada produk yang berubah."))
    return redirect("catalog:dashboard-imports")


@require_safe
@exhibitor_required
def rest_file(request, pk):
    """The rows that were left, with the reasons."""
    found = owned(request, ImportJob, pk=pk)
    if found.state not in (ImportState.READY, ImportState.DONE) or not left_rows(found).exists():
        raise Http404
    return sent(rest(found), kind_of(found), f"{found.file_name.rpartition('.')[0] or 'produk'}-sisa")


@require_safe
@exhibitor_required
def template_file(request, kind):
    if kind not in TYPES:
        raise Http404
    return sent(template(kind), kind, "contoh-produk")


@require_safe
@exhibitor_required
def export_file(request, kind):
    if kind not in TYPES:
        raise Http404
    return sent(export(request.exhibitor, kind), kind, f"produk-{request.exhibitor.slug}")


def sent(file, kind: str, name: str) -> FileResponse:
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}.{kind}",
        content_type=TYPES[kind],
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
