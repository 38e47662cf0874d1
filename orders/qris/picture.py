"""Reading the QR code in a photo or screenshot."""

from typing import IO

import zxingcpp
from django.utils.translation import gettext_lazy as _

from expo.pictures import open_picture
from orders.qris.errors import QrisError

LONG_SIDE = 2000


def text_in_picture(file: IO[bytes]) -> str:
    """The text of the one QR code in the picture. PictureError, or QrisError when there is none or several."""
    image = open_picture(file, long_side=LONG_SIDE)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    texts = {code.text for code in found if code.valid}
    if not texts:
        raise QrisError(_("Tidak ada kode QR yang terbaca. Foto dari dekat, tegak lurus, dengan cahaya cukup."))
    if len(texts) > 1:
        raise QrisError(_("Ada beberapa kode QR di gambar ini. Potong gambarnya sampai QRIS Anda saja."))
    return texts.pop()
