"""Days of a recap gathered into months or years where there are too many of them to print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from expo import formats
from reports.figures import Row

DAYS_PRINTED = 62
MONTHS_PRINTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One bar or line: a day ("2020-11-20"), a month ("2020-11") or a year ("2020"); key "" is not known."""

    key: str
    label: str
    short: str
    row: Row


def periods(rows: Iterable[Row], language: str) -> tuple[Period, ...]:
    """The day rows as days, months or years, whichever is the finest that can still be read on paper."""
    rows = tuple(rows)
    for length in (10, 7, 4):
        groups = _group(rows, length)
        if len(groups) <= (DAYS_PRINTED if length == 10 else MONTHS_PRINTED):
            break
    return tuple(_period(key, group, language) for key, group in groups.items())


def _group(rows: tuple[Row, ...], length: int) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.key[:length], []).append(row)
    return groups


def _period(key: str, rows: list[Row], language: str) -> Period:
    long, short = _labels(key, language)
    total = Row(
        key=key,
        label=long,
        realised=sum(row.realised for row in rows),
        committed=sum(row.committed for row in rows),
        units=sum(row.units for row in rows),
        transactions=sum(row.transactions for row in rows),
    )
    return Period(key=key, label=long, short=short, row=total)


def _labels(key: str, language: str) -> tuple[str, str]:
    if key == "":
        return _("Tidak diketahui"), "?"
    if len(key) == 4:
        return key, key
    month = formats.MONTHS[language][int(key[5:7]) - 1]
    if len(key) == 7:
        return f"{month} {key[:4]}", f"{month[:3]} {key[2:4]}"
    day = date.fromisoformat(key)
    return formats.tanggal(day, language, weekday=True), f"{day.day} {month[:3]}"
