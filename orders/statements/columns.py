"""Which column is which: by the words of the header row, which banks write in many ways."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from expo.sheets import Cell
from expo.sheets import Rows as Table
from orders.statements.cells import read_amount, read_date, read_direction
from orders.statements.errors import StatementError

HEADER_WITHIN = 60
WORDS = {
    "date": r"\b(tanggal|tgl|date|posting|post date|waktu)\b",
    "credit": r"\b(kredit|credit|cr|masuk|setoran|dana masuk|uang masuk)\b",
    "debit": r"\b(debet|debit|db|keluar|penarikan|dana keluar|uang keluar)\b",
    "direction": r"(\b(d|db|dr|debet|debit)\s*/?\s*(k|c|cr|kredit|credit)\b|\b(jenis|tipe|type|cd|dc|dk|d/k|c/d)\b)",
    "amount": r"\b(jumlah|nominal|amount|mutasi|nilai)\b",
    "balance": r"\b(saldo|balance)\b",
    "text": r"\b(keterangan|uraian|deskripsi|desk|description|transaksi|berita|remark|remarks|catatan|detail|details|"
    r"reference|referensi|nama|pengirim|narration)\b",
}
ORDER = ("balance", "direction", "date", "text", "credit", "debit", "amount")


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions in a row; ``texts`` may be several. Either credit, or amount (perhaps with direction)."""

    header_row: int
    date: int
    texts: tuple[int, ...]
    credit: int | None
    debit: int | None
    amount: int | None
    direction: int | None
    balance: int | None


def find_columns(table: Table) -> Columns:
    """StatementError that names what is missing when no row looks like a header."""
    best: dict[str, list[int]] = {}
    for position, row in enumerate(table[:HEADER_WITHIN]):
        roles = roles_of(row)
        if "date" in roles and ({"credit", "amount"} & roles.keys()):
            return settle(position, roles, table)
        best = max(best, roles, key=len)
    if "date" not in best:
        raise StatementError(_("Kolom tanggal tidak ditemukan. Baris judulnya perlu memuat “Tanggal” atau “Date”."))
    raise StatementError(_("Kolom uang masuk tidak ditemukan. Perlu kolom “Kredit”, atau “Jumlah” dengan tanda DB/CR."))


def roles_of(row: list[Cell]) -> dict[str, list[int]]:
    roles: dict[str, list[int]] = {}
    for position, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip() or len(cell) > 60:
            continue
        name = re.sub(r"[_.\s]+", " ", cell.casefold()).strip()
        role = next((role for role in ORDER if re.search(WORDS[role], name)), None)
        if role:
            roles.setdefault(role, []).append(position)
    return roles


def settle(position: int, roles: dict[str, list[int]], table: Table) -> Columns:
    below = table[position + 1 : position + 200]
    credit, amount = first(roles, "credit"), first(roles, "amount")
    directions = roles.get("direction", [])
    marked = next((place for place in directions if holds(below, place, read_direction)), None)
    if marked is None:
        marked = unnamed_direction(below, taken={place for places in roles.values() for place in places})
    dates = [place for place in roles["date"] if holds(below, place, read_date)]
    if not dates:
        raise StatementError(_("Tidak ada baris bertanggal di bawah judul tabel. Unduh mutasi yang ada isinya."))
    if credit is not None and not holds(below, credit, read_amount) and amount is not None:
        credit = None  # "Kredit" may be the heading of the marks
    return Columns(
        header_row=position,
        date=dates[0],
        texts=tuple(roles.get("text", [])),
        credit=credit,
        debit=first(roles, "debit"),
        amount=amount,
        direction=marked,
        balance=first(roles, "balance"),
    )


def first(roles: dict[str, list[int]], role: str) -> int | None:
    return roles[role][0] if role in roles else None


def holds(rows: Table, place: int, read) -> bool:
    return any(place < len(row) and read(row[place]) for row in rows)


def unnamed_direction(rows: Table, taken: set[int]) -> int | None:
    """BCA leaves the heading over its CR and DB empty: a column that holds nothing but such marks."""
    width = max((len(row) for row in rows), default=0)
    for place in range(width):
        if place in taken:
            continue
        cells = [row[place] for row in rows if place < len(row) and str(row[place] or "").strip()]
        if cells and all(read_direction(cell) for cell in cells):
            return place
    return None
