"""`{% load formats %}`: the functions of expo/formats.py as filters, and `phone`. None and "" stay empty."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import template

from expo import formats
from expo.phones import show_phone

register = template.Library()


def _blank_for_none(function: Callable[[Any], str]) -> Callable[[Any], str]:
    def filter_function(value: Any) -> str:
        return "" if value is None or value == "" else function(value)

    return filter_function


FILTERS = {
    "rupiah": formats.rupiah,
    "rupiah_short": formats.rupiah_short,
    "number": formats.number,
    "weight": formats.weight,
    "miliar": formats.miliar,
    "percent": formats.percent,
    "wib": formats.wib,
    "wib_minute": lambda moment: formats.wib(moment.replace(second=0, microsecond=0)),
    "wib_long": partial(formats.wib, weekday=True),
    "tanggal": formats.tanggal,
    "tanggal_long": partial(formats.tanggal, weekday=True),
    "terbilang": formats.terbilang,
    "phone": show_phone,
}
for name, function in FILTERS.items():
    register.filter(name, _blank_for_none(function))
