"""Which orders of a list were ticked."""

from django.http import QueryDict

from orders.converters import CODE

MOST_NAMED = 200
"""More are not read from an address or a form, whoever made it."""


def picked_codes(data: QueryDict) -> list[str]:
    """The order numbers under ``pesanan``, each once, in their order; what is no number is left out."""
    given = data.getlist("pesanan")[:MOST_NAMED]
    return list(dict.fromkeys(code for code in given if CODE.fullmatch(code)))
