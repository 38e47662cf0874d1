"""Dates as newspapers write them."""

import datetime as dt

import pytest

from reports.news.dates import find_dates, possible_days
from reports.news.tokens import read


def one(text, language="id"):
    (date,) = find_dates(read(text), language)
    return date


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Jumat (20/11)", "id", (20, 11, None, 4)),
        ("Jumat (20/11/2020),", "id", (20, 11, 2020, 4)),
        ("Jum'at, 20 November 2020", "id", (20, 11, 2020, 4)),
        ("20 Nov 2020", "id", (20, 11, 2020, None)),
        ("20-11-2020", "id", (20, 11, 2020, None)),
        ("2020-11-20", "id", (20, 11, 2020, None)),
        ("20.11.2020", "id", (20, 11, 2020, None)),
        ("18-20 November 2020", "id", (20, 11, 2020, None)),
        ("18 s.d. 20 November", "id", (20, 11, None, None)),
        ("20 November 2020 (Jumat)", "id", (20, 11, 2020, 4)),
        ("Friday, November 20, 2020", "en", (20, 11, 2020, 4)),
        ("Friday (11/20)", "en", (20, 11, None, 4)),
        ("the 20th of November 2020", "en", (20, 11, 2020, None)),
        ("November 18-20, 2020", "en", (20, 11, 2020, None)),
        ("kemarin", "id", (None, None, None, None)),
    ],
)
def test_dates(text, language, expected):
    date = one(text, language)
    assert (date.day, date.month, date.year, date.weekday) == expected


def test_first_day_of_a_span_is_kept():
    assert one("18 hingga 20 November 2020").since == 18


def test_the_mark_covers_weekday_and_brackets():
    date = one("tutup Jumat (20/11) sore")
    assert (date.start, date.end) == (6, 19)


@pytest.mark.parametrize(
    "text", ["24/7", "1/2 porsi", "152 UKM", "Mei", "20.11", "3 menit", "(40/60/80)", "minggu lalu", "(20/30)"]
)
def test_no_dates(text):
    assert find_dates(read(text), "id") == []


def test_days_that_the_calendar_lacks():
    assert possible_days(one("31 November 2020"), []) == []
    assert possible_days(one("(30/2)"), [2020, 2021]) == []
    assert possible_days(one("(29/2)"), [2019, 2020]) == [dt.date(2020, 2, 29)]


def test_english_days_can_be_read_both_ways():
    assert possible_days(one("(3/11)", "en"), [2020]) == [dt.date(2020, 11, 3), dt.date(2020, 3, 11)]
