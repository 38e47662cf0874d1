"""Phone numbers as they are shown and linked; reading what people type is in expo/phones.py."""

import phonenumbers

from expo.phones import PhoneError, normalise_phone


def show_phone(number: str) -> str:
    """ "+62 812-3456-7890"; as it is when it can't be read."""
    try:
        read = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def whatsapp_number(number: str) -> str:
    """The number in E.164, for a link; "" for what is no number."""
    try:
        return normalise_phone(number) if number else ""
    except PhoneError:
        return ""
