"""People's names as strangers may read them."""

import re

LETTERS = re.compile(r"[^\W\d_]")


def masked_name(name: str) -> str:
    """``Hj. Siti Rahmawati`` → ``Siti R.``; a single name keeps its first letter alone: ``Suharto`` → ``S***``.

    "" when there is no name in it, as in a telephone number typed there."""
    words = [word for word in name.split() if LETTERS.match(word) and not re.search(r"[@\d]", word)]
    names = [word.strip(".,") for word in words if not word.endswith(".")] or [word.strip(".,") for word in words]
    if not names:
        return ""
    first, *rest = names
    return f"{first[:30].title()} {rest[0][0].upper()}." if rest else f"{first[0].upper()}***"


def masked_email(address: str) -> str:
    """``wati@contoh.id`` → ``w***@contoh.id``: enough for its owner to know which is meant."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}***@{host}"
