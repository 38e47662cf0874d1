"""A statement's incoming money. Outgoing rows are the exhibitor's own affair: they are counted, never kept."""

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from expo.sheets import Cell
from expo.sheets import Rows as Table
from orders.statements.cells import Amount, DateParts, read_amount, read_date, read_direction
from orders.statements.columns import Columns, find_columns
from orders.statements.errors import StatementError
from orders.statements.tables import read_table

LONGEST_TEXT = 300
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Credit:
    """Money that came in: whole rupiah, on a WIB day. ``key`` is the same in every statement that shows the row."""

    date: dt.date
    text: str
    amount: int
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """``others`` counts dated rows that are no payment of ours: outgoing, or with sen (interest)."""

    credits: tuple[Credit, ...]
    others: int

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        dates = [credit.date for credit in self.credits]
        return (min(dates), max(dates)) if dates else None


def read_statement(data: bytes, *, today: dt.date) -> Reading:
    """The incoming rows of a file. StatementError when it can't be understood; ``today`` completes dates."""
    table = read_table(data)
    columns = find_columns(table)
    dated = dated_rows(table, columns, today)
    if not dated:
        raise StatementError(_("Tidak ada baris bertanggal di bawah judul tabel. Unduh mutasi yang ada isinya."))
    amounts = [incoming(row, columns) for _date, row in dated]
    if all(amount is None for amount in amounts):
        amounts = by_balance([row for _date, row in dated], columns)
    return collect(dated, amounts, columns)


def dated_rows(table: Table, columns: Columns, today: dt.date) -> list[tuple[dt.date, list[Cell]]]:
    """Rows with a date; sums and headings between them have none. Day before month, unless that is impossible."""
    latest = latest_day(table[: columns.header_row], today)
    rows = [(read_date(row[columns.date]), row) for row in table[columns.header_row + 1 :] if len(row) > columns.date]
    found = [(date, row) for date, row in rows if date is not None]
    month_first = any(isinstance(date, DateParts) and not date.is_named and date.second > 12 for date, _row in found)
    dated = []
    for date, row in found:
        day = date.on(month_first=month_first, latest=latest) if isinstance(date, DateParts) else date
        if day is not None and dt.date(2000, 1, 1) <= day <= today + dt.timedelta(days=1):
            dated.append((day, row))
    return dated


def latest_day(preamble: Table, today: dt.date) -> dt.date:
    """The last full date above the table ("Periode: 01/11/2020 - 30/11/2020"), else today."""
    days = []
    for row in preamble:
        for cell in row:
            for piece in re.findall(r"[0-9]{1,2}[/\-][0-9]{1,2}[/\-][0-9]{4}", cell if isinstance(cell, str) else ""):
                parts = read_date(piece)
                if isinstance(parts, DateParts) and (day := parts.on(month_first=False, latest=today)):
                    days.append(day)
    return min(max(days), today) if days else today


def incoming(row: list[Cell], columns: Columns) -> Amount | None:
    """The row's amount with its direction; None when the row alone does not tell whether it came in."""
    if columns.credit is not None:
        credit = read_amount(at(row, columns.credit))
        if credit is not None and credit.value > 0:
            return Amount(credit.value, 1)
        return Amount(credit.value, -1) if credit else Amount(NOTHING, -1)
    amount = read_amount(at(row, columns.amount))
    if amount is None:
        return Amount(NOTHING, -1)
    direction = read_direction(at(row, columns.direction)) or amount.direction
    return Amount(amount.value, direction) if direction else None


def by_balance(rows: list[list[Cell]], columns: Columns) -> list[Amount | None]:
    """Amounts without any mark: the balance before and after tells which way each went."""
    amounts = [read_amount(at(row, columns.amount)) for row in rows]
    balances = [read_amount(at(row, columns.balance)) for row in rows]
    signed: list[Amount | None] = []
    for position, amount in enumerate(amounts):
        before, after = (balances[position - 1] if position else None), balances[position]
        if amount is None or before is None or after is None:
            signed.append(None)
            continue
        change = after.value - before.value
        signed.append(Amount(amount.value, 1 if change > 0 else -1) if abs(change) == amount.value else None)
    if not any(signed):
        raise StatementError(
            _("Tidak terbaca mana uang masuk dan mana uang keluar. Perlu kolom “Kredit”, atau tanda DB/CR.")
        )
    return signed


def collect(dated, amounts: list[Amount | None], columns: Columns) -> Reading:
    seen: Counter[tuple] = Counter()
    credits = []
    for (date, row), amount in zip(dated, amounts, strict=True):
        if amount is None or amount.direction < 0 or not amount.is_whole or not amount.rupiah:
            continue
        text = text_of(row, columns)
        same = (date, amount.rupiah, re.sub(r"[\W_]+", "", text.casefold()))
        seen[same] += 1  # two equal transfers on one day are two; the same rows of another file are the same two
        key = hashlib.sha256(repr((date.isoformat(), *same[1:], seen[same])).encode()).hexdigest()
        credits.append(Credit(date, text, amount.rupiah, key))
    return Reading(tuple(credits), others=len(dated) - len(credits))


def text_of(row: list[Cell], columns: Columns) -> str:
    parts = [str(cell).strip() for place in columns.texts if isinstance(cell := at(row, place), str)]
    return " ".join(" ".join(parts).split())[:LONGEST_TEXT]


def at(row: list[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else None
