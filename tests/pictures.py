"""Pictures for tests: small files to upload, and rows without files."""

import hashlib
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from expo.models import Picture
from expo.pictures import folder_of


def photo_file(*, name="foto.jpg", size=(640, 800), colour="#8a4b2a") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def make_picture(*, name="gambar", **fields) -> Picture:
    digest = hashlib.sha256(name.encode()).hexdigest()
    values = {"folder": folder_of(digest), "width": 640, "height": 800, "widths": [160, 320, 640], **fields}
    return Picture.objects.get_or_create(digest=digest, defaults=values)[0]
