"""EMVCo's tag-length-value text: two digits of tag, two of length, the value. And its checksum."""

import binascii
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from orders.qris.errors import QrisError

LONGEST_VALUE = 99


class Field(NamedTuple):
    tag: str
    value: str


def read_fields(text: str) -> list[Field]:
    """The fields of ``text`` in their order. QrisError when it is cut, has something over, or names a tag twice."""
    fields: list[Field] = []
    position = 0
    while position < len(text):
        tag, length = text[position : position + 2], text[position + 2 : position + 4]
        if not is_digits(tag, 2) or not is_digits(length, 2):
            raise QrisError(_("Kode ini bukan QRIS atau terpotong. Salin seluruh isinya, atau unggah gambarnya."))
        value = text[position + 4 : position + 4 + int(length)]
        if len(value) < int(length):
            raise QrisError(_("Kode QRIS ini terpotong. Salin seluruh isinya, atau unggah gambarnya."))
        fields.append(Field(tag, value))
        position += 4 + int(length)
    if len({field.tag for field in fields}) < len(fields):
        raise QrisError(_("Kode QRIS ini memuat satu bagian dua kali. Minta kode baru dari penyedia Anda."))
    return fields


def write_fields(fields: Iterable[Field]) -> str:
    """The text of these fields. ValueError for a tag or value that can't be written."""
    parts = []
    for tag, value in fields:
        if not is_digits(tag, 2) or len(value) > LONGEST_VALUE:
            raise ValueError(f"not a field: {tag} of {len(value)} characters")
        parts.append(f"{tag}{len(value):02}{value}")
    return "".join(parts)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE in four capital hexadecimal digits: "123456789" gives 29B1."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
