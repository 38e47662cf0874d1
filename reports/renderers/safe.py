"""Labels come from people; a spreadsheet must not take one for a formula."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(label: str) -> str:
    """The label, preceded by an apostrophe where a spreadsheet would otherwise calculate it."""
    return f"'{label}" if label.startswith(FORMULA_STARTS) else label
