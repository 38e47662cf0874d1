"""Uploads as pixels: decoded, checked, upright, sRGB and without EXIF; and written anew.

Apart from ``expo/pictures.py`` because the libraries take 7 MB, which a web worker needs with the first upload.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from expo.pictures import PictureError

register_heif_opener()

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_SIDE = 32
MAX_RATIO = 12
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF")


def decoded(file: IO[bytes], *, long_side: int) -> Image.Image:
    """The upright sRGB pixels of an upload, scaled down while decoding where the format can.

    Raises PictureError."""
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


def resized(image: Image.Image, width: int) -> Image.Image:
    if image.width == width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def thumbnail(image: Image.Image, long_side: int) -> None:
    """Scale down in place until no side is longer."""
    image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
