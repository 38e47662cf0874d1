"""A file or a photo that somebody holds, looked at once and forgotten."""

import io

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from expo.bounded_upload import BoundedUpload
from expo.errors import DomainError
from expo.limits import RateExceededError, check_rate
from expo.slots import BusyError, one_of
from reports.attachments import MOST_BYTES
from reports.checking.files import check
from reports.checking.scans import is_picture, scan
from reports.public.figures import public_figures
from reports.queries import recap_by_code
from reports.views_public import page_of, unknown

# One newsroom shares an address on the net. Reading a PDF takes about half a second of a processor.
CHECKS, SECONDS = 60, 3600
CHECKS_OF_ALL, SECONDS_OF_ALL = 120, 60
AT_A_TIME, LONGEST = 2, 60  # files on one server, seconds


@csrf_exempt  # nothing is changed or kept, and the page with the form is the same for everyone, so it holds no token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request):
    if request.method != "POST":
        return redirect("reports:verify")
    try:
        check_rate("check-file", request.META["REMOTE_ADDR"], CHECKS, SECONDS)
        check_rate("check-file", "everyone", CHECKS_OF_ALL, SECONDS_OF_ALL)
    except RateExceededError as error:
        return refused(request, error.message, 429)
    request.upload_handlers = [handler := BoundedUpload(request, MOST_BYTES)]
    upload = request.FILES.get("berkas")
    if handler.is_too_large:
        return refused(request, _("Berkas ini lebih besar dari 20 MB; berkas rekap tidak sebesar itu."), 413)
    if upload is None:
        return refused(request, _("Pilih dahulu berkas atau fotonya."), 400)
    data = upload.read()
    try:
        with one_of("check-file", AT_A_TIME, LONGEST):
            return scanned(request, data) if is_picture(data) else looked_at(request, data, upload.name)
    except BusyError as error:
        response = refused(request, error.message, 503)
        response.headers["Retry-After"] = "10"
        return response
    except DomainError as error:
        return refused(request, error.message, 400)


def scanned(request, data: bytes):
    found = scan(io.BytesIO(data))
    if found.host:
        text = _("Kode QR ini menuju %(host)s, bukan situs ini. Jangan percaya angka di sana; di bawah ini rekap kami.")
        return shown(request, code=found.code, warning=text % {"host": found.host})
    return redirect("reports:verification", code=found.code)


def shown(request, *, code: str, warning: str):
    recap = recap_by_code(code)
    if recap is None:
        return refused(request, f"{warning} {unknown()}", 404)
    return answer(request, {"recap": recap, "warning": warning})


def looked_at(request, data: bytes, name: str):
    found = check(data)
    return answer(request, {"checked": found, "kind": found.kind.value, "recap": found.recap, "name": name})


def answer(request, context: dict):
    recap = context["recap"]
    context["sheet"] = page_of(recap, public_figures([recap.sha256])[recap.sha256]) if recap else None
    return render(request, "reports/file_result.html", context)


def refused(request, message: str, status: int):
    return render(request, "reports/verify.html", {"file_error": message}, status=status)
