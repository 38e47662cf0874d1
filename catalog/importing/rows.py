"""A row of a file as it was understood."""

from dataclasses import dataclass, field
from typing import Any

from catalog.importing.errors import ERROR, problem
from expo.sheets import Cell


@dataclass(slots=True)
class Row:
    """``number`` is that of the spreadsheet, from 1. ``values`` holds what the row says; what it leaves open is absent,
    and what it says of a variant is under "variant".

    ``photos`` are keys of the shelf, ``variant_photo`` too. ``group``: the number of the first row of its product."""

    number: int
    cells: list[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    photos: list[int] = field(default_factory=list)
    problems: list[dict] = field(default_factory=list)
    variant_photo: int | None = None
    group: int = 0

    @property
    def is_bad(self) -> bool:
        return any(found["level"] == ERROR for found in self.problems)

    def wrong(self, column: str, code: str, level: str = ERROR, **details) -> None:
        self.problems.append(problem(column, code, level, **details))
