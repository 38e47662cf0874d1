"""Two recaps held against each other: what differs, figure by figure and row by row, and the entries that make it."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports import figures as f
from reports.labels import row_heads, row_label, table_titles
from reports.officials.asking import Asked
from reports.officials.drill import steps_between
from reports.officials.naming import figure_name
from reports.renderers.headline import headlines


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the first recap and of the second; None where one does not have it."""

    key: str
    label: str
    first: int | None
    second: int | None
    money: bool = True

    @property
    def difference(self) -> int:
        return (self.second or 0) - (self.first or 0)


@dataclass(frozen=True, slots=True)
class RowChange:
    key: str
    label: str
    realised: Change
    committed: Change


@dataclass(frozen=True, slots=True)
class TableChange:
    name: str
    title: str
    head: str
    rows: tuple[RowChange, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Step:
    """Paid entries that one recap counts and the other does not. ``amount`` is what they add to its turnover."""

    key: str
    amount: int
    entries: int

    @property
    def name(self) -> str:
        return figure_name(self.key)

    @property
    def taken(self) -> int:
        """What the first loses where the second does not count them."""
        return -self.amount


@dataclass(frozen=True, slots=True)
class Difference:
    """The turnover of the second is that of the first, and ``gained``, and without ``lost``."""

    gained: tuple[Step, ...]
    lost: tuple[Step, ...]

    @property
    def total(self) -> int:
        return sum(step.amount for step in self.gained) - sum(step.amount for step in self.lost)


def figure_changes(first: f.Figures, second: f.Figures) -> list[Change]:
    """The headlines that differ, in their order. The bridges start from different recaps and
    are left out, as are shares, which follow from amounts, and figures of other editions."""
    before = {line.key: line for line in headlines(first)}
    after = {line.key: line for line in headlines(second)}
    found = []
    for key, line in (before | after).items():
        old, new = (side[key].value if key in side else None for side in (before, after))
        if old != new and not line.share and not key.startswith(("bridge.", "comparison.")):
            found.append(Change(key, line.label, old, new, money=line.money))
    return found


def table_changes(first: f.Figures, second: f.Figures, language: str) -> list[TableChange]:
    """Every table in which something differs, with the rows that do. What only one has is not compared row by row."""
    titles, heads = table_titles(), row_heads()
    before, after = dict(first.tables.items()), dict(second.tables.items())
    found = []
    for name in [name for name in before if name in after]:
        every = list(_rows(name, before[name], after[name], language))
        changed = tuple(row for row in every if row.realised.difference or row.committed.difference)
        if changed:
            found.append(TableChange(name, titles[name], heads[name], changed, len(every) - len(changed)))
    return found


def missing_tables(first: f.Figures, second: f.Figures) -> list[str]:
    """The titles of the tables that the first does not have and the second has: it was sealed under older rules."""
    titles, before = table_titles(), dict(first.tables.items())
    return [titles[name] for name, _rows in second.tables.items() if name not in before]


def _rows(name: str, first: tuple[f.Row, ...], second: tuple[f.Row, ...], language: str) -> Iterator[RowChange]:
    before, after = ({row.key: row for row in rows} for rows in (first, second))
    for key, row in (before | after).items():
        label = row_label(name, row, language)
        old, new = before.get(key), after.get(key)
        realised = Change(key, label, old.realised if old else None, new.realised if new else None)
        committed = Change(key, label, old.committed if old else None, new.committed if new else None)
        yield RowChange(key, label, realised, committed)


def difference(first: Asked, second: Asked) -> Difference:
    """The entries behind the difference, whatever the two recaps are: two queries."""
    return Difference(gained=_steps(second, first), lost=_steps(first, second))


def _steps(counted: Asked, without: Asked) -> tuple[Step, ...]:
    found = steps_between(counted.asof, without.asof)
    return tuple(Step(key, amount, entries) for key, (amount, entries) in found.items() if entries)
