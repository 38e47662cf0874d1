"""Public pictures straight from storage, where no web server or bucket stands before us."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# Pictures kept before 0002 stay in folders named by their whole digest.
FOLDER = re.compile(r"[a-z2-7]{14}|[0-9a-f]{64}")
NAME = re.compile(r"(?:[0-9]{2,4}|full|share|list)\.(avif|webp|jpg)")
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def public_picture(request, shard, folder, name):
    """A derivative never changes: its address holds the hash of its pixels."""
    named = NAME.fullmatch(name)
    if not named or not FOLDER.fullmatch(folder) or len(shard) != 2:
        raise Http404
    try:
        file = default_storage.open(f"pictures/{shard}/{folder}/{name}", "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type=KINDS[named[1]], headers={"Cache-Control": FOR_EVER})
