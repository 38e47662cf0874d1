"""Numbers in words, in Indonesian ("terbilang") and English."""

from collections.abc import Callable

LIMIT = 10**18
INDONESIAN_DIGITS = ["", *["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]]
INDONESIAN_SCALES = ["", "ribu", "juta", "miliar", "triliun", "kuadriliun"]
ENGLISH_SMALL = [
    "",
    *[
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
    ],
    *["sixteen", "seventeen", "eighteen", "nineteen"],
]
ENGLISH_TENS = ["", "", *["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]]
ENGLISH_SCALES = ["", "thousand", "million", "billion", "trillion", "quadrillion"]


def indonesian_words(value: int) -> str:
    """0 → "nol", 1100 → "seribu seratus", -5 → "minus lima". ValueError from 10**18 on."""
    return _words(value, "nol", _indonesian_group)


def english_words(value: int) -> str:
    """0 → "zero", 1121 → "one thousand one hundred twenty-one", -5 → "minus five"."""
    return _words(value, "zero", _english_group)


def _words(value: int, zero: str, group_words: Callable[[int, int], str]) -> str:
    if abs(value) >= LIMIT:
        raise ValueError(f"too large to be put in words: {value}")
    if value == 0:
        return zero
    groups = []
    rest, power = abs(value), 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(group_words(group, power))
        power += 1
    return ("minus " if value < 0 else "") + " ".join(reversed(groups))


def _indonesian_group(group: int, power: int) -> str:
    if group == 1 and power == 1:
        return "seribu"
    return f"{_indonesian_hundreds(group)} {INDONESIAN_SCALES[power]}".strip()


def _indonesian_hundreds(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{INDONESIAN_DIGITS[hundreds]} ratus")
    tens, units = divmod(rest, 10)
    if rest in (10, 11):
        words.append("sepuluh" if rest == 10 else "sebelas")
    elif tens == 1:
        words.append(f"{INDONESIAN_DIGITS[units]} belas")
    else:
        words += [f"{INDONESIAN_DIGITS[tens]} puluh"] if tens else []
        words += [INDONESIAN_DIGITS[units]] if units else []
    return " ".join(words)


def _english_group(group: int, power: int) -> str:
    return f"{_english_hundreds(group)} {ENGLISH_SCALES[power]}".strip()


def _english_hundreds(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{ENGLISH_SMALL[hundreds]} hundred"] if hundreds else []
    if rest < 20:
        words += [ENGLISH_SMALL[rest]] if rest else []
    else:
        tens, units = divmod(rest, 10)
        words.append(ENGLISH_TENS[tens] + (f"-{ENGLISH_SMALL[units]}" if units else ""))
    return " ".join(words)
