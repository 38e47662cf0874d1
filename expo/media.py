"""Public pictures straight from storage, where no web server or bucket stands before us."""

import mimetypes
import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from expo.pictures import picture_path

DIGEST = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[0-9]{2,4}\.webp|share\.jpg")
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def public_picture(request, shard, digest, name):
    """A derivative never changes: its address holds the hash of its pixels."""
    if not DIGEST.fullmatch(digest) or not NAME.fullmatch(name) or shard != digest[:2]:
        raise Http404
    try:
        file = default_storage.open(picture_path(digest, name), "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind, _encoding = mimetypes.guess_type(name)
    return FileResponse(file, content_type=kind or "image/webp", headers={"Cache-Control": FOR_EVER})
