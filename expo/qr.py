"""Reading QR codes in photos and screenshots that people upload."""

from typing import IO

from expo.pictures import open_picture

LONG_SIDE = 2000


def texts_in_picture(file: IO[bytes]) -> set[str]:
    """The texts of all QR codes in the picture. Raises PictureError for what is none."""
    import zxingcpp

    image = open_picture(file, long_side=LONG_SIDE)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    kind = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return {code.text for code in zxingcpp.read_barcodes(image.convert("L"), formats=kind) if code.valid}
