"""Phone numbers as people type them, kept as E.164, and as they are shown."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError


class PhoneError(DomainError):
    """Not a phone number that can be called."""


def normalise_phone(text: str, region: str = "ID") -> str:
    """``0812-3456-789``, ``62812…`` or ``+62 812 …`` → ``+62812…``. Raises PhoneError.

    Without a plus, ``62812…`` would be read as a landline of Indonesia: the country code is recognised first.
    """
    digits = re.sub(r"[^\d+]", "", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif region == "ID" and re.match(r"62[1-9]", digits) and len(digits) >= 10:
        digits = "+" + digits
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise PhoneError(_("Nomor telepon tidak dikenali. Tulis seperti 0812 3456 7890 atau +62 812 3456 7890."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(number: str) -> str:
    """``+62 812-3456-7890``; as it is when it can't be read."""
    try:
        read = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
