"""Which orders of a list were ticked."""

from django.http import QueryDict

from orders.converters import CODE


def picked_codes(data: QueryDict) -> list[str]:
    """The order numbers under ``pesanan``, each once, in their order; what is no number is left out."""
    return list(dict.fromkeys(code for code in data.getlist("pesanan") if CODE.fullmatch(code)))
