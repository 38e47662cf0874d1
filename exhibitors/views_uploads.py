"""Photos in pieces, for the script of forms with photos (static/js/photo-upload.js). Forms work without it.

POST makes room (``size``) and answers with an address. There, PATCH brings the piece that begins at the header
``Upload-Offset``, GET says how far it is, DELETE forgets it. Every answer says where to go on.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from exhibitors.domain.uploads import (
    PIECE_BYTES,
    OffsetError,
    finish_upload,
    forget_upload,
    start_upload,
    take_piece,
)
from exhibitors.models import PhotoUpload
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.limits import check_rate
from expo.photo_hints import hints_of
from expo.private import personal
from expo.templatetags.pictures import share_url

UPLOADS_PER_HOUR = 300  # of one exhibitor; what nobody uses is kept for two days


@require_POST
@personal
@exhibitor_required
def uploads(request):
    try:
        check_rate("photo-upload", str(request.exhibitor.pk), UPLOADS_PER_HOUR, 3600)
        upload = start_upload(request.exhibitor, digits(request.POST.get("size", "")))
    except DomainError as error:
        return refused(error)
    return JsonResponse(state_of(upload), status=201)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@personal
@exhibitor_required
def upload(request, token):
    found = owned(request, PhotoUpload.objects.select_related("picture"), token=token)
    if request.method == "DELETE":
        forget_upload(found)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        try:
            piece = request.read(PIECE_BYTES + 1)
            found = finish_upload(take_piece(found, digits(request.headers.get("Upload-Offset", "")), piece))
        except PhotoUpload.DoesNotExist as gone:
            raise Http404 from gone  # forgotten, or pushed out by newer ones, since it was found
        except OffsetError as error:
            return JsonResponse({"offset": error.received, "message": str(error)}, status=409)
        except DomainError as error:
            return refused(error)
    return JsonResponse(state_of(found))


def refused(error: DomainError) -> JsonResponse:
    return JsonResponse({"message": str(error)}, status=422)


def state_of(upload: PhotoUpload) -> dict:
    """Where it is and how far, and the picture once it is one."""
    picture = upload.picture
    return {
        "address": reverse("exhibitors:upload", args=[upload.token]),
        "offset": upload.received,
        "size": upload.size,
        "picture": picture and {"digest": picture.digest, "preview": share_url(picture), "hints": hints_of(picture)},
    }


def digits(text: str) -> int:
    """-1 for what is no number that a photo can have."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1
