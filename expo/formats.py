"""Rupiah, numbers, dates and moments as Indonesians write them, and their English forms.

Every function takes `language` ("id" or "en"); without it the active translation decides. Moments are
aware and shown in WIB. Nothing here rounds up: a shortened amount is cut and never says more than the figure.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from expo.words import english_words, indonesian_words

KILOGRAM = 1000
WIB = ZoneInfo("Asia/Jakarta")

MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
SCALES = (
    (10**12, {"id": "triliun", "en": "trillion"}),
    (10**9, {"id": "miliar", "en": "billion"}),
    (10**6, {"id": "juta", "en": "million"}),
)


def current_language() -> str:
    """ "en" inside an English page, otherwise "id"."""
    return "en" if (get_language() or "").startswith("en") else "id"


def number(value: int, language: str | None = None) -> str:
    """1.250.000 (en: 1,250,000)."""
    text = f"{_integer(value):,}"
    return text if _language(language) == "en" else text.replace(",", ".")


def rupiah(value: int, language: str | None = None) -> str:
    """Rp1.250.000 (en: Rp1,250,000); a negative amount as -Rp1.250.000."""
    if type(value) is int and value >= 0:  # a list has two dozen of them
        text = f"Rp{value:,}"
        return text if _language(language) == "en" else text.replace(",", ".")
    return _with_currency(value, number(abs(_integer(value)), language))


def miliar(value: int, language: str | None = None) -> str:
    """ "3,7 miliar", "230,5 juta": cut after one decimal, never rounded up. Below a million in full."""
    value = _integer(value)
    language = _language(language)
    magnitude = abs(value)
    for scale, names in SCALES:
        if magnitude >= scale:
            tenths = magnitude * 10 // scale
            text = f"{number(tenths // 10, language)}{_decimals(tenths % 10, 1, language)} {names[language]}"
            return f"-{text}" if value < 0 else text
    return number(value, language)


def rupiah_short(value: int, language: str | None = None) -> str:
    """Rp3,7 miliar (en: Rp3.7 billion), cut like `miliar`."""
    return _with_currency(value, miliar(abs(_integer(value)), language))


def percent(basis_points: int, language: str | None = None) -> str:
    """Basis points, exactly: 3400 → 34%, 3443 → 34,43%."""
    basis_points = _integer(basis_points)
    language = _language(language)
    whole, rest = divmod(abs(basis_points), 100)
    text = f"{number(whole, language)}{_decimals(rest, 2, language)}%"
    return f"-{text}" if basis_points < 0 else text


def tenths(total: int, parts: int, language: str | None = None) -> str:
    """A mean with one decimal, cut: 57 of 12 → 4,7."""
    cut = _integer(total) * 10 // _integer(parts)
    return f"{number(cut // 10, language)}{'.' if _language(language) == 'en' else ','}{cut % 10}"


def dimensions(*millimetres: int, language: str | None = None) -> str:
    """Millimetres as centimetres, exactly, without those that are 0: 250, 125, 0 → 25 × 12,5 cm."""
    sides = [divmod(_integer(side), 10) for side in millimetres if side]
    texts = [f"{number(whole, language)}{_decimals(rest, 1, _language(language))}" for whole, rest in sides]
    return f"{' × '.join(texts)} cm" if texts else ""


def weight(grams: int, language: str | None = None) -> str:
    """350 → 350 g, 18000 → 18 kg, 1250 → 1,25 kg: exactly."""
    grams = _integer(grams)
    if grams < KILOGRAM:
        return f"{number(grams, language)} g"
    whole, rest = divmod(grams, KILOGRAM)
    return f"{number(whole, language)}{_decimals(rest, 3, _language(language))} kg"


def tanggal(value: date | datetime, language: str | None = None, *, weekday: bool = False) -> str:
    """20 November 2020, or Jumat, 20 November 2020. A moment gives its WIB day."""
    language = _language(language)
    day = _in_wib(value).date() if isinstance(value, datetime) else value
    text = f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[language][day.weekday()]}, {text}" if weekday else text


def wib(value: datetime, language: str | None = None, *, weekday: bool = False) -> str:
    """20 November 2020 pukul 13.00 WIB (en: 20 November 2020, 13:00 WIB).

    Seconds appear only where there are any: a cut-off at 13.00.30 counts more than one at 13.00.
    """
    language = _language(language)
    moment = _in_wib(value)
    separator = ":" if language == "en" else "."
    clock = f"{moment:%H}{separator}{moment:%M}"
    if moment.second or moment.microsecond:
        clock += f"{separator}{moment:%S}"
    joint = ", " if language == "en" else " pukul "
    return f"{tanggal(moment, language, weekday=weekday)}{joint}{clock} WIB"


def wib_brief(value: datetime, language: str | None = None) -> str:
    """23 Nov 2026 02.06 (en: 23 Nov 2026 02:06), in WIB: for columns, where the full form would take three lines."""
    language = _language(language)
    moment = _in_wib(value)
    separator = ":" if language == "en" else "."
    return f"{moment.day} {MONTHS[language][moment.month - 1][:3]} {moment.year} {moment:%H}{separator}{moment:%M}"


def terbilang(value: int, language: str | None = None) -> str:
    """The number in words: "tiga miliar tujuh ratus lima belas juta …"."""
    value = _integer(value)
    return english_words(value) if _language(language) == "en" else indonesian_words(value)


def _language(language: str | None) -> str:
    if language is None:
        return current_language()
    return "en" if language.startswith("en") else "id"


def _integer(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a whole number is needed, got {value!r}")
    return value


def _with_currency(value: int, text: str) -> str:
    return f"-Rp{text}" if value < 0 else f"Rp{text}"


def _decimals(value: int, places: int, language: str) -> str:
    digits = f"{value:0{places}}".rstrip("0")
    return f"{'.' if language == 'en' else ','}{digits}" if digits else ""


def _in_wib(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"a moment without time zone: {value!r}")
    return value.astimezone(WIB)
