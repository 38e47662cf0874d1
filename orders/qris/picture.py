"""Reading the QR code in a photo or screenshot."""

from typing import IO

from django.utils.translation import gettext_lazy as _

from expo.qr import texts_in_picture
from orders.qris.errors import QrisError


def text_in_picture(file: IO[bytes]) -> str:
    """The text of the one QR code in the picture. PictureError, or QrisError when there is none or several."""
    texts = texts_in_picture(file)
    if not texts:
        raise QrisError(_("Tidak ada kode QR yang terbaca. Foto dari dekat, tegak lurus, dengan cahaya cukup."))
    if len(texts) > 1:
        raise QrisError(_("Ada beberapa kode QR di gambar ini. Potong gambarnya sampai QRIS Anda saja."))
    return texts.pop()
