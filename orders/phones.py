"""Phone numbers as people write them: "0812…", "62812…", "+62 812-…"."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat

HOME = "ID"


def normalise_phone(text: str, country: str = HOME) -> str:
    """The number in E.164 ("+6281234567890"), read as one of ``country``. ValidationError when it is none."""
    text = text.strip()
    digits = re.sub(r"\D", "", text)
    if text.startswith("00"):
        text = f"+{digits[2:]}"
    elif digits.startswith("62") and not text.startswith(("+", "0")) and country == HOME:
        text = f"+{digits}"  # without the plus the library takes it for a landline of Jakarta
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(_("Nomor telepon ini tidak lengkap atau salah. Contoh: 0812 3456 7890."))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def show_phone(number: str) -> str:
    """ "+62 812-3456-7890"; as it is when it can't be read."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


def whatsapp_digits(number: str) -> str:
    """The digits of wa.me addresses; "" for what is no number."""
    try:
        return normalise_phone(number).lstrip("+") if number else ""
    except ValidationError:
        return ""
