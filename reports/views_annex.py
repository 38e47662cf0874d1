"""The entries behind a recap as a file: at once where it is short, else made by a worker."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import official_required
from expo.formats import current_language
from reports.annex_files import (
    annex_now,
    ask_for_annex,
    expected_size,
    is_short,
    name_of,
    open_annex,
    progress_of,
)
from reports.documents import FORMATS
from reports.errors import RecapError
from reports.models import AnnexFile, AnnexKind, Recap
from reports.queries import slim

MEGABYTE = 1_000_000


@official_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def annex(request, pk, kind):
    """GET downloads it, POST asks a worker for one that is too long to wait for."""
    if kind not in AnnexKind.values:
        raise Http404
    recap = get_object_or_404(slim(Recap.objects.all()), pk=pk)
    language = current_language()
    if request.method == "POST" and not is_short(recap):
        ask_for_annex(recap, kind, language)
        return redirect("reports:files", pk=pk)
    try:
        data = _file_of(recap, kind, language)
    except RecapError as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    if data is None:
        return redirect("reports:files", pk=pk)
    name = name_of(recap, kind)
    response = FileResponse(data, as_attachment=True, filename=name, content_type=FORMATS[kind].media_type)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _file_of(recap: Recap, kind: str, language: str):
    """None for a long one that nobody has made yet."""
    if is_short(recap):
        return annex_now(recap, kind, language)
    made = AnnexFile.objects.filter(recap=recap, kind=kind, language=language).exclude(path="").first()
    try:
        return open_annex(made) if made else None
    except FileNotFoundError:  # somebody emptied the storage: it is to be asked for anew
        made.delete()
        return None


def annex_part(request, recap: Recap):
    """The part of the page of files that tells of annexes; loaded anew while one is being made."""
    return render(request, "reports/files.html#annexes", {"recap": recap, **annexes_of(recap)})


def annexes_of(recap: Recap) -> dict:
    """What the page says of them: which can be had, how large they will be, how far a worker is."""
    made = {file.kind: file for file in recap.annex_files.filter(language=current_language())}
    annexes = [_described(recap, kind, made.get(kind)) for kind in AnnexKind]
    return {
        "annexes": annexes,
        "short": is_short(recap),
        "working": any(each["file"] and each["file"].is_waiting for each in annexes),
    }


def _described(recap: Recap, kind: AnnexKind, file: AnnexFile | None) -> dict:
    size = file.size if file and file.size else expected_size(recap, kind)
    return {
        "kind": kind.value,
        "label": kind.label,
        "file": file,
        "done": progress_of(file) if file and file.is_waiting else 0,
        "megabytes": max(1, round(size / MEGABYTE)),
    }
