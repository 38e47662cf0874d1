"""Phone numbers of orders as links; reading and showing them is in expo/phones.py."""

from expo.phones import PhoneError, normalise_phone


def whatsapp_number(number: str) -> str:
    """The number in E.164, for a link; "" for what is no number."""
    try:
        return normalise_phone(number) if number else ""
    except PhoneError:
        return ""
