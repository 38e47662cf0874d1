import dataclasses
import json

import pytest

from reports import canonical
from reports.figures import TABLE_NAMES, Evidence, Figures, Row
from reports.sums import UnbalancedError, check_sums
from tests.reports.sample_figures import sample_figures


@pytest.mark.parametrize("exhibitors", [0, 1, 12, 152])
def test_figures_come_back_from_their_json(exhibitors):
    figures = sample_figures(exhibitors=exhibitors)
    again = Figures.from_json(figures.to_json())
    assert again == figures
    assert again.to_json() == figures.to_json()


def test_json_is_canonical():
    data = sample_figures().to_json()
    plain = json.loads(data)
    assert list(plain) == sorted(plain)
    assert plain["cutoff"]["occurred"] == "2020-11-20T06:00:00Z"
    assert plain["realised"]["evidence"].keys() == {"A", "B", "C"}
    assert b": " not in data
    assert b', "' not in data
    assert b"Makanan & Minuman" in data


def test_moments_of_other_zones_give_the_same_bytes():
    figures = sample_figures()
    edition = figures.editions[0]
    shifted = dataclasses.replace(edition, opens_at=edition.opens_at.astimezone(tz=canonical.UTC))
    assert dataclasses.replace(figures, editions=(shifted,)).to_json() == figures.to_json()


@pytest.mark.parametrize("bad", [1.5, 2**53, -(2**53), {1: 2}, {1, 2}, "\ud800"])
def test_values_without_canonical_form_are_refused(bad):
    with pytest.raises(canonical.CanonicalError):
        canonical.dumps({"value": bad})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("entries",), True),
        (("entries",), "3"),
        (("cutoff", "occurred"), "2020-11-20T06:00:00"),
        (("new",), 1),
    ],
)
def test_reading_names_the_wrong_member(path, value):
    plain = json.loads(sample_figures().to_json())
    target = plain
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(canonical.CanonicalError, match=path[-1]):
        Figures.from_json(json.dumps(plain).encode())


def test_reading_refuses_a_float():
    data = sample_figures().to_json().replace(b'"entries":', b'"entries":1.5,"was":')
    with pytest.raises(canonical.CanonicalError, match="float"):
        Figures.from_json(data)


@pytest.mark.parametrize("exhibitors", [0, 1, 152])
def test_sample_is_balanced(exhibitors):
    check_sums(sample_figures(exhibitors=exhibitors))


@pytest.mark.parametrize("table", ["days", "booths", "gate_days"])
def test_unbalanced_visits_are_named(table):
    figures = sample_figures()
    rows = getattr(figures.visits, table)[1:]
    visits = dataclasses.replace(figures.visits, **{table: rows})
    with pytest.raises(UnbalancedError, match=f"visits.{table}: "):
        check_sums(dataclasses.replace(figures, visits=visits))


def tables_of(value, path=""):
    """Every table of the figures, however deep: its path and its rows."""
    for field in dataclasses.fields(value):
        member, name = getattr(value, field.name), f"{path}{field.name}"
        if dataclasses.is_dataclass(member):
            yield from tables_of(member, f"{name}.")
        elif "tuple[" in str(field.type):
            yield name, member or ()


def parts_of(value, path=""):
    """Every part of the figures that is a value of its own, with its path."""
    for field in dataclasses.fields(value):
        member, name = getattr(value, field.name), f"{path}{field.name}"
        if dataclasses.is_dataclass(member):
            yield name, member
            yield from parts_of(member, f"{name}.")


def changed(value, path: str, member):
    """``value`` with another ``member`` at ``path``."""
    name, _dot, rest = path.partition(".")
    return dataclasses.replace(value, **{name: changed(getattr(value, name), rest, member) if rest else member})


def one_more(value, column: str):
    return dataclasses.replace(value, **{column: getattr(value, column) + 1})


# What no total follows from: the editions, estimates that are never added up, transactions that touch several rows.
SUMMED_BY_NOTHING = {"editions", "visits.unique_days"}
TOUCHED = {"transactions"}
SAMPLE = sample_figures()
TABLES = {path: rows for path, rows in tables_of(SAMPLE) if path not in SUMMED_BY_NOTHING}
COLUMNS = [
    (path, field.name)
    for path, rows in TABLES.items()
    for field in dataclasses.fields(rows[0] if rows else Row)
    if field.type is int and field.name not in TOUCHED
]


def test_the_sample_has_rows_in_every_table():
    assert [path for path, rows in TABLES.items() if not rows] == []
    assert {f"tables.{name}" for name in TABLE_NAMES} < TABLES.keys()
    assert {path for path, _column in COLUMNS} == TABLES.keys()


@pytest.mark.parametrize(("path", "column"), COLUMNS)
def test_no_table_is_sealed_that_does_not_sum_to_its_total(path, column):
    first, *rest = TABLES[path]
    with pytest.raises(UnbalancedError) as refused:
        check_sums(changed(SAMPLE, path, (one_more(first, column), *rest)))
    assert (refused.value.table, refused.value.column) == (path, column)


@pytest.mark.parametrize("path", [path for path, part in parts_of(SAMPLE) if isinstance(part, Evidence)])
@pytest.mark.parametrize("grade", "ABC")
def test_no_evidence_is_sealed_that_does_not_sum_to_its_measure(path, grade):
    with pytest.raises(UnbalancedError) as refused:
        check_sums(changed(SAMPLE, path, one_more(dict(parts_of(SAMPLE))[path], grade)))
    assert refused.value.table == path


@pytest.mark.parametrize("column", ["exhibitors", "ukm", "koperasi"])
def test_participants_are_those_of_each_kind(column):
    with pytest.raises(UnbalancedError, match="participants"):
        check_sums(dataclasses.replace(SAMPLE, participants=one_more(SAMPLE.participants, column)))


def test_bridge_that_does_not_close_is_named():
    figures = sample_figures()
    bridge = dataclasses.replace(figures.bridge, refunds=figures.bridge.refunds + 1)
    with pytest.raises(UnbalancedError, match="bridge"):
        check_sums(dataclasses.replace(figures, bridge=bridge))


def test_row_listed_twice_is_named():
    figures = sample_figures()
    rows = figures.tables.kind
    rows = (*rows, dataclasses.replace(rows[0], realised=0, committed=0, units=0))
    with pytest.raises(UnbalancedError, match="distinct keys"):
        check_sums(dataclasses.replace(figures, tables=dataclasses.replace(figures.tables, kind=rows)))
