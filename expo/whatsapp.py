"""Links that open a chat with words already written."""

from urllib.parse import quote


def whatsapp_url(number: str, text: str) -> str:
    """Blank without a number. ``number`` in the form +62…"""
    digits = "".join(character for character in number if character.isdigit())
    return f"https://wa.me/{digits}?text={quote(text)}" if digits else ""
