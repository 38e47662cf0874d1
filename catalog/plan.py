"""The floor plan of a hall, drawn from the booths' columns and rows.

Rows stand back to back in pairs with aisles between the pairs, as in a real hall; a cross aisle parts wide halls.
"""

from dataclasses import dataclass

STAND_WIDTH = 64
STAND_DEPTH = 50
AISLE = 34
MARGIN = 22
GATE = 30
EDGE = 7
BLOCK = 6  # stands between two cross aisles


@dataclass(frozen=True, slots=True)
class Stand:
    pk: int
    x: int
    y: int
    edge_y: int  # the fascia hangs on the side of the aisle
    number: str
    label: str
    url: str
    is_here: bool

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + STAND_WIDTH // 2, self.y + STAND_DEPTH // 2


@dataclass(frozen=True, slots=True)
class Plan:
    width: int
    height: int
    stands: list[Stand]

    @property
    def gate_x(self) -> int:
        return self.width // 2


def draw_plan(cards: list[dict], here: str = "") -> Plan:
    """``cards``: of ``booth_card`` with ``column``, ``row`` and ``slug``. Booths on one spot move to free ones."""
    spots = _free_spots(cards)
    columns = max((column for column, _row in spots), default=0) + 1
    rows = max((row for _column, row in spots), default=0) + 1
    stands = [
        Stand(
            pk=card["pk"],
            x=_left(column),
            y=_top(row),
            edge_y=_top(row) + (0 if row % 2 else STAND_DEPTH - EDGE),
            number=card["number"],
            label=f"{card['number']} {card['name']}, {card['place']}",
            url=card["url"],
            is_here=card["slug"] == here,
        )
        for card, (column, row) in zip(cards, spots, strict=True)
    ]
    width = _left(columns - 1) + STAND_WIDTH + MARGIN
    height = _top(rows - 1) + STAND_DEPTH + AISLE + GATE
    return Plan(width=width, height=height, stands=stands)


def _free_spots(cards: list[dict]) -> list[tuple[int, int]]:
    """Columns and rows from 0, wherever the hall's own count begins."""
    first_column = min((card["column"] for card in cards), default=0)
    first_row = min((card["row"] for card in cards), default=0)
    taken: set[tuple[int, int]] = set()
    spots = []
    for card in cards:
        column, row = card["column"] - first_column, card["row"] - first_row
        while (column, row) in taken:
            column, row = (column + 1, row) if column < 2 * BLOCK - 1 else (0, row + 1)
        taken.add((column, row))
        spots.append((column, row))
    return spots


def _left(column: int) -> int:
    return MARGIN + column * STAND_WIDTH + column // BLOCK * AISLE


def _top(row: int) -> int:
    """Row 0 faces the first aisle; then pairs back to back: 1 and 2, 3 and 4, …"""
    return MARGIN + row * STAND_DEPTH + (row + 1) // 2 * AISLE
