"""Texts of people in spreadsheets: none is taken for a formula, and what we wrote so is read as it was.

An apostrophe goes before what a spreadsheet would calculate, and before what begins with an apostrophe of that kind
itself; reading takes one away. So writing and reading give the same text back, whatever it is.
"""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CALCULATED = re.compile(r"[=+\-@\t\r]|'+[=+\-@\t\r0-9]")
QUOTED = re.compile(r"'+[=+\-@\t\r0-9]")


def neutral(text: str) -> str:
    """The text, preceded by an apostrophe where a spreadsheet would otherwise calculate it."""
    return f"'{text}" if CALCULATED.match(text) else text


def restored(text: str) -> str:
    """What ``neutral`` was given. Also ``'0812``: the usual way to keep a zero at the front."""
    return text[1:] if QUOTED.match(text) else text
