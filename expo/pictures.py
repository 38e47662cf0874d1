"""Pictures that people upload: checked, re-encoded and kept under addresses that follow from their row.

Whatever arrives is decoded and written anew: upright, sRGB, without EXIF (and so without the place where it was
taken). Public pictures are addressed by the hash of their pixels, hence stored once and cacheable for ever.
Private ones (payment proofs) go to a folder that no address reaches; a view with an access check reads them.
"""

import hashlib
import io
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from expo.errors import DomainError
from expo.models import Picture

register_heif_opener()

WIDTHS = (160, 320, 640, 1200)
SHARE_WIDTH = 640
PRIVATE_LONG_SIDE = 1600
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_SIDE = 32
MAX_RATIO = 12
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF")
WEBP_QUALITY = 78


class PictureError(DomainError):
    """The upload is not a picture that can be shown; says why."""


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """A picture with its derivatives, ready to be kept. Made without database or storage (and in any process)."""

    digest: str
    width: int
    height: int
    widths: tuple[int, ...]
    colour: str
    files: dict[str, bytes]


def store_picture(file: IO[bytes]) -> Picture:
    """Keep an uploaded picture; the same pixels twice are one row. Raises PictureError."""
    return keep_picture(encode_picture(file))


def encode_picture(file: IO[bytes]) -> EncodedPicture:
    """Decode, check and derive all sizes. Pure, so that bulk loaders may run it in many processes."""
    image = _decoded(file, long_side=WIDTHS[-1] * 2)
    if image.width > WIDTHS[-1]:
        image = _resized(image, WIDTHS[-1])
    widths = (*(width for width in WIDTHS if width < image.width), image.width)
    digest = hashlib.sha256(f"{image.width}x{image.height}:".encode() + image.tobytes()).hexdigest()
    files: dict[str, bytes] = {}
    smaller = image
    for width in reversed(widths):
        smaller = _resized(smaller, width)
        files[f"{width}.webp"] = _encoded(smaller, "WEBP", quality=WEBP_QUALITY, method=2)
    share = _resized(image, min(SHARE_WIDTH, image.width))
    files["share.jpg"] = _encoded(share, "JPEG", quality=82, progressive=True, optimize=True)
    return EncodedPicture(digest, image.width, image.height, widths, _average(image), files)


def keep_picture(encoded: EncodedPicture) -> Picture:
    """Write the files that storage lacks, then the row: a row never points at nothing."""
    known = Picture.objects.filter(digest=encoded.digest).first()
    if known is not None:
        return known
    for name, content in encoded.files.items():
        path = picture_path(encoded.digest, name)
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(content))
    picture, _created = Picture.objects.get_or_create(
        digest=encoded.digest,
        defaults={
            "width": encoded.width,
            "height": encoded.height,
            "widths": list(encoded.widths),
            "colour": encoded.colour,
        },
    )
    return picture


def store_private(file: IO[bytes], folder: str) -> str:
    """Keep a picture that only its parties may see; returns its unguessable name in private storage."""
    image = _decoded(file, long_side=PRIVATE_LONG_SIDE)
    image.thumbnail((PRIVATE_LONG_SIDE, PRIVATE_LONG_SIDE), Image.Resampling.LANCZOS)
    content = _encoded(image, "JPEG", quality=82, optimize=True)
    return private_storage().save(f"{folder}/{secrets.token_hex(16)}.jpg", ContentFile(content))


def open_private(name: str) -> IO[bytes]:
    """The bytes of a private picture (JPEG). Check who asks before calling."""
    return private_storage().open(name, "rb")


@cache
def private_storage() -> FileSystemStorage:
    return FileSystemStorage(
        location=str(settings.PRIVATE_ROOT),
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def open_picture(file: IO[bytes], *, long_side: int) -> Image.Image:
    """The pixels of an upload that is only looked at, not kept: upright, RGB. Raises PictureError."""
    return _decoded(file, long_side=long_side)


def picture_path(digest: str, name: str) -> str:
    return f"pictures/{digest[:2]}/{digest}/{name}"


def _decoded(file: IO[bytes], *, long_side: int) -> Image.Image:
    """The upright sRGB pixels of an upload, scaled down while decoding where the format can."""
    data = _bounded(file)
    with _as_picture_error(), warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(*image.size)
            image.draft("RGB", (long_side, long_side))
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _on_white(_in_srgb(upright))


def _bounded(file: IO[bytes]) -> bytes:
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise PictureError(_("Berkas gambar ini kosong."))
    if len(data) > MAX_BYTES:
        raise PictureError(_("Gambar lebih besar dari 15 MB. Pilih gambar yang lebih kecil."))
    return data


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PictureError(_("Ukuran gambar terlalu besar (lebih dari 50 megapiksel)."))
    if min(width, height) < MIN_SIDE:
        raise PictureError(_("Gambar terlalu kecil. Sisi terpendeknya paling sedikit 32 piksel."))
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PictureError(_("Gambar terlalu panjang. Potong dahulu sebelum mengunggah."))


@contextmanager
def _as_picture_error() -> Iterator[None]:
    try:
        yield
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_("Ukuran gambar terlalu besar (lebih dari 50 megapiksel).")) from error
    except UnidentifiedImageError as error:
        raise PictureError(_("Berkas ini bukan gambar. Unggah foto JPEG, PNG, WebP, atau HEIC.")) from error
    except Exception as error:  # decoders raise whatever a damaged file makes them trip over
        raise PictureError(_("Gambar ini rusak dan tidak dapat dibaca. Coba unggah foto lain.")) from error


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode in ("RGB", "RGBA", "L", "CMYK") and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile is no reason to refuse a good photo
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(ground, layer)
    image = image.convert("RGB")
    image.info.clear()
    return image


def _resized(image: Image.Image, width: int) -> Image.Image:
    if image.width == width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _average(image: Image.Image) -> str:
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return f"#{red:02x}{green:02x}{blue:02x}"
