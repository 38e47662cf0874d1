"""QRIS codes for tests: the parts of a real static code, each replaceable."""

from orders.qris.code import NATIONAL, with_checksum
from orders.qris.tlv import Field, write_fields

NMID = "ID1020012345678"


def national(nmid=NMID) -> str:
    return write_fields([Field("00", NATIONAL), Field("02", nmid), Field("03", "UMI")])


def acquirer() -> str:
    return write_fields(
        [Field("00", "ID.CO.CONTOH.WWW"), Field("01", "936000000000000001"), Field("02", "12345"), Field("03", "UMI")]
    )


def static_fields(**changes) -> list[Field]:
    """``t59="NAMA"`` replaces tag 59, ``t59=None`` leaves it out."""
    values = {
        "00": "01",
        "01": "11",
        "26": acquirer(),
        "51": national(),
        "52": "5499",
        "53": "360",
        "58": "ID",
        "59": "BATIK KENANGA",
        "60": "PEKALONGAN",
        "61": "51111",
    }
    values |= {name.removeprefix("t"): value for name, value in changes.items()}
    return [Field(tag, values[tag]) for tag in sorted(values) if values[tag] is not None]


def static_code(**changes) -> str:
    return with_checksum(static_fields(**changes))
