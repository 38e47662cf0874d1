"""Dates of an article: "Jumat (20/11)", "20 November 2020 pukul 13.00 WIB", "November 20, 2020", "18-20 November"."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from reports.news import lexicon
from reports.news.phrases import phrase_at
from reports.news.tokens import Article

POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
CLOCK = re.compile(r"[0-9]{1,2}[.,][0-9]{2}")
SUFFIXES = {"st", "nd", "rd", "th"}
BETWEEN = {"(", ",", "tanggal", "tgl", "the"}
ZONES = {"wib", "wita", "wit", "gmt", "utc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """As written; what was not written is None. `since` is the first day of "18-20 November". `other` is how a reader
    of the month-first kind takes 3/11. A relative day ("kemarin") has no day at all."""

    start: int
    end: int
    first: int
    after: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    since: int | None = None
    other: tuple[int, int] | None = None


def find_dates(article: Article, language: str) -> list[StatedDate]:
    found, index = [], 0
    while index < len(article.tokens):
        date = _date_at(article, index, language)
        if date:
            found.append(date)
        index = date.after if date else index + 1
    return found


def taken_tokens(article: Article, dates: list[StatedDate]) -> frozenset[int]:
    """Tokens that belong to dates and times of day: no numbers of anything else."""
    taken = {index for date in dates for index in range(date.first, date.after)}
    for index, token in enumerate(article.tokens):
        if token.kind == "number" and CLOCK.fullmatch(token.text):
            named = article.low(index - 1) in {"pukul", "jam", "at"} or article.low(index + 1) in ZONES
            until = article.low(index - 1) in {"-", "–"} and index - 2 in taken
            before = article.low(index + 1) in {"-", "–"} and article.low(index + 3) in ZONES
            if named or until or before:
                taken.add(index)
    return frozenset(taken)


def years_named(article: Article) -> list[int]:
    """Years that stand in the text, alone or in a date, in their order."""
    years = (
        int(token.text) for token in article.tokens if token.kind == "number" and re.fullmatch("20[0-9]{2}", token.text)
    )
    return list(dict.fromkeys(years))


def possible_days(date: StatedDate, years: list[int]) -> list[dt.date]:
    """The days that can be meant. Empty when there is no such day in any of the years."""
    found = []
    for day, month in [(date.day, date.month), *([date.other] if date.other else [])]:
        for year in [date.year] if date.year else years:
            if day and month and 1 <= month <= 12 and day <= calendar.monthrange(year, month)[1]:
                found.append(dt.date(year, month, day))
    return found


def nearest(day: dt.date, weekday: int) -> dt.date:
    """The day of that weekday (0 is Monday) which is at most three days away."""
    return day + dt.timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def _date_at(article: Article, index: int, language: str) -> StatedDate | None:
    if length := phrase_at(article, index, lexicon.RELATIVE):
        return _stated(article, index, index + length)
    if article.kind(index) not in {"number", "word"}:
        return None
    for reader in (_pointed, _span, _slashed, _named_month, _month_first):
        if parts := reader(article, index, language):
            after, fields = parts
            return _with_weekday(article, index, after, fields)
    return None


def _number(article: Article, index: int, low: int, high: int) -> int | None:
    text = article.tokens[index].text if article.kind(index) == "number" else ""
    return int(text) if text.isdigit() and len(text) <= 4 and low <= int(text) <= high else None


def _pointed(article: Article, index: int, language: str):
    """20.11.2020"""
    found = POINTED.fullmatch(article.tokens[index].text)
    if not found or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[1]) <= 31 or not 1900 <= int(found[3]) <= 2100:
        return None
    return index + 1, {"day": int(found[1]), "month": int(found[2]), "year": int(found[3])}


def _span(article: Article, index: int, language: str):
    """18-20/11, 18-20/11/2020"""
    first = _number(article, index, 1, 31)
    if first is None or article.low(index + 1) not in {"-", "–"}:
        return None
    announced = _announced(article, index)
    found = _slashed(article, index + 2, language, announced=announced) if article.low(index + 3) == "/" else None
    if found is None or not first < found[1]["day"]:
        return None
    after, fields = found
    return after, {"day": fields["day"], "month": fields["month"], "year": fields.get("year"), "since": first}


def _slashed(article: Article, index: int, language: str, *, announced: bool = False):
    """20/11, 20/11/2020, 20-11-2020, 2020-11-20, and 11/20/2020 of English texts."""
    line = article.low(index + 1)
    if line not in {"/", "-"} or not (article.touching(index) and article.touching(index + 1)):
        return None
    second, third = _number(article, index + 2, 1, 31), None
    longer = article.low(index + 3) == line and article.touching(index + 2) and article.touching(index + 3)
    if longer:
        third = _number(article, index + 4, 0, 2100)
    if (
        (year := _number(article, index, 1900, 2100))
        and line == "-"
        and second
        and third
        and second <= 12
        and third <= 31
    ):
        return index + 5, {"day": third, "month": second, "year": year}
    first = _number(article, index, 1, 31)
    if first is None or second is None or (longer and third is None) or (line == "-" and not longer):
        return None
    fields = _in_order(first, second, language)
    if fields is None:
        return None
    if third is None and not (announced or _announced(article, index)):
        return None
    if third is not None:
        fields["year"] = third + 2000 if third < 100 else third
    return index + (5 if longer else 3), fields


def _announced(article: Article, index: int) -> bool:
    """24/7 and 1/2 are no dates: without a year one stands in brackets or behind a weekday."""
    before = article.low(index - 1)
    if before == "," or before in lexicon.DAY_PARTS:
        before = article.low(_weekday_before(article, index - 1))
    return before in {"(", "tanggal", "tgl", "pada", "on"} or before in lexicon.WEEKDAY_NUMBERS


def _weekday_before(article: Article, place: int) -> int:
    """Back over what may stand between a weekday and its date: "Jumat malam (20/11)", "Friday, the 20th"."""
    last = place
    while place > last - 4 and (article.low(place) in BETWEEN or article.low(place) in lexicon.DAY_PARTS):
        place -= 1
    return place


def _in_order(first: int, second: int, language: str) -> dict | None:
    """Day first; month first where only that can be, and as the other way of reading an English text."""
    if second > 12:
        return {"day": second, "month": first} if first <= 12 else None
    fields: dict = {"day": first, "month": second}
    if language == "en" and first <= 12 and first != second:
        fields["other"] = (second, first)
    return fields


def _named_month(article: Article, index: int, language: str):
    """20 November 2020, 18-20 November, 18 s.d. 20 November 2020, the 20th of November"""
    day = _number(article, index, 1, 31)
    if day is None:
        return None
    since, place = None, index + 1
    for joint in (("-",), ("–",), ("hingga",), ("sampai",), ("s", ".", "d", "."), ("to",), ("dan",), ("and",)):
        size = len(joint)
        matches = all(article.low(place + step) == part for step, part in enumerate(joint))
        if matches and (last := _number(article, place + size, 1, 31)) and last > day:
            if article.low(place + size + 1) not in lexicon.MONTH_NUMBERS:
                return None
            since, day, place = day, last, place + size + 1
            break
    if article.low(place) in SUFFIXES:
        place += 1
    if article.low(place) == "of":
        place += 1
    month = lexicon.MONTH_NUMBERS.get(article.low(place))
    if month is None:
        return None
    after, year = _year_behind(article, place + 1)
    return after, {"day": day, "month": month, "year": year, "since": since}


def _month_first(article: Article, index: int, language: str):
    """November 20, 2020"""
    month = lexicon.MONTH_NUMBERS.get(article.low(index))
    if month is None or language != "en":
        return None
    place = index + (2 if article.low(index + 1) == "." else 1)
    day = _number(article, place, 1, 31)
    if day is None:
        return None
    place += 1
    since = None
    if article.low(place) in {"-", "–"} and (last := _number(article, place + 1, 1, 31)) and last > day:
        since, day, place = day, last, place + 2
    if article.low(place) in SUFFIXES:
        place += 1
    after, year = _year_behind(article, place)
    return after, {"day": day, "month": month, "year": year, "since": since}


def _year_behind(article: Article, place: int) -> tuple[int, int | None]:
    for skip in (0, 1) if article.low(place) in {",", "."} else (0,):
        if year := _number(article, place + skip, 1900, 2100):
            return place + skip + 1, year
    return place, None


def _with_weekday(article: Article, index: int, after: int, fields: dict) -> StatedDate:
    """The name of the day before it ("Jumat (20/11)", "Friday, …") or behind it ("20 November (Jumat)")."""
    first, place = index, _weekday_before(article, index - 1)
    weekday = lexicon.WEEKDAY_NUMBERS.get(article.low(place))
    if weekday is not None:
        first = place
    elif (
        article.low(after) in {"(", ","}
        and article.low(after + 1) in lexicon.WEEKDAY_NUMBERS
        and article.low(after + 2) == ")"
    ):
        weekday, after = lexicon.WEEKDAY_NUMBERS[article.low(after + 1)], after + 3
    if article.low(index - 1) == "(" and article.low(after) == ")" and first < index:
        after += 1
    return _stated(article, first, after, **fields, weekday=weekday)


def _stated(article: Article, first: int, after: int, **fields) -> StatedDate:
    tokens = article.tokens
    return StatedDate(start=tokens[first].start, end=tokens[after - 1].end, first=first, after=after, **fields)
