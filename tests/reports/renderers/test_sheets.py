"""Every format tells the same figures, to the rupiah."""

import csv
import dataclasses
import io
import json
import zipfile
from collections import defaultdict

import pytest
from python_calamine import CalamineWorkbook

from expo.sheets.safe import neutral
from reports.figures import TABLE_NAMES
from reports.renderers.csv import render_csv, render_csv_zip
from reports.renderers.headline import headlines
from reports.renderers.xlsx import render_ods, render_xlsx
from tests.reports.sample_figures import sample_envelope, sample_figures

COLUMNS = ("transactions", "units", "realised", "committed")
SIZES = pytest.mark.parametrize("exhibitors", [0, 1, 152])


def at_path(figures, path):
    """The canonical value at "realised.total"."""
    value = json.loads(figures.to_json())
    for step in path.split("."):
        value = value[step]
    return value


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text)))


def with_label(figures, label):
    first, *rest = figures.tables.exhibitor
    exhibitor = (dataclasses.replace(first, label=label), *rest)
    return dataclasses.replace(figures, tables=dataclasses.replace(figures.tables, exhibitor=exhibitor))


@SIZES
def test_flat_csv_equals_the_figures(exhibitors):
    figures = sample_figures(exhibitors=exhibitors)
    sums = defaultdict(int)
    for line in read_csv(render_csv(figures)):
        if line["section"].startswith("tables."):
            sums[line["section"], line["figure"]] += int(line["value"])
        elif line["figure"] == "value":
            path = f"{line['section']}.{line['key']}".strip(".")
            expected = at_path(figures, path)
            assert line["value"] == ("" if expected is None else str(expected)), path
    for name in TABLE_NAMES if exhibitors else ():
        assert sums[f"tables.{name}", "realised"] == figures.realised.total
        assert sums[f"tables.{name}", "committed"] == figures.committed.total
        assert sums[f"tables.{name}", "units"] == figures.products.units


@SIZES
def test_zipped_csv_equals_the_figures(exhibitors):
    figures = sample_figures(exhibitors=exhibitors)
    archive = zipfile.ZipFile(io.BytesIO(render_csv_zip(figures, sample_envelope(figures))))
    for line in read_csv(archive.read("headline.csv").decode()):
        expected = at_path(figures, line["key"])
        assert line["value"] == ("" if expected is None else str(expected))
    for name, rows in figures.tables.items():
        lines = read_csv(archive.read(f"{name}.csv").decode())
        assert [line["key"] for line in lines] == [row.key for row in rows]
        for column in COLUMNS:
            assert [int(line[column]) for line in lines] == [getattr(row, column) for row in rows]
    visits = read_csv(archive.read("visits.csv").decode())
    assert sum(int(line["visits"]) for line in visits) == figures.visits.visits
    about = {line["key"]: line["value"] for line in read_csv(archive.read("recap.csv").decode())}
    assert about["number"] == "UVO-II/2020/0013"
    assert about["occurred_before"] == "2020-11-20T13:00:00+07:00"


@SIZES
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("render", [render_xlsx, render_ods])
def test_workbook_equals_the_figures(exhibitors, language, render):
    figures = sample_figures(exhibitors=exhibitors)
    data = render(figures, sample_envelope(figures), language)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert len(book.sheet_names) == 1 + len(TABLE_NAMES) + 4
    for at, (_name, rows) in enumerate(figures.tables.items(), start=1):
        lines = book.get_sheet_by_index(at).to_python()[1:]
        assert len(lines) == len(rows) + 1
        for column, name in enumerate(COLUMNS, start=1):
            assert [line[column] for line in lines[:-1]] == [getattr(row, name) for row in rows]
        assert lines[-1][1:] == [
            figures.realised.transactions,
            figures.products.units,
            figures.realised.total,
            figures.committed.total,
        ]


def test_cover_holds_the_headline_figures_and_the_seal():
    figures = sample_figures()
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(figures, sample_envelope(figures))))
    cells = [cell for line in book.get_sheet_by_index(0).to_python() for cell in line]
    for value in (figures.realised.total, figures.committed.total, figures.visits.visits):
        assert value in cells
    assert "UVO-II/2020/0013" in cells
    assert "7K3M-9QXA-C" in cells
    assert "Jumat, 20 November 2020 pukul 13.00 WIB" in cells


def test_unsealed_workbook_says_so():
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(sample_figures())))
    cells = [cell for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert "BELUM DISEGEL – tidak untuk dikutip" in cells


@pytest.mark.parametrize("label", ["=1+1", "+62", "-Toko", "@sum", "\tTab"])
def test_labels_are_never_formulas(label):
    figures = with_label(sample_figures(), label)
    assert neutral(label) == f"'{label}"
    lines = read_csv(render_csv(figures))
    assert neutral(label) in {line["label"] for line in lines}
    assert label not in {line["label"] for line in lines}
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(figures)))
    sheet = book.get_sheet_by_index(1 + TABLE_NAMES.index("exhibitor")).to_python()
    assert sheet[1][0].strip() == neutral(label).strip()


@pytest.mark.parametrize("render", [render_xlsx, render_ods, render_csv_zip])
def test_same_figures_give_the_same_bytes(render):
    figures = sample_figures(exhibitors=20)
    assert render(figures, sample_envelope(figures)) == render(figures, sample_envelope(figures))


LISTS = ("tables", "days", "unique_days", "booths", "gate_days", "by_language", "by_country", "editions")


def numbers_of(plain, path=""):
    """Every number of the canonical figures outside the lists, by its path."""
    for key, value in plain.items():
        here = f"{path}.{key}".strip(".")
        if isinstance(value, dict) and key not in LISTS:
            yield from numbers_of(value, here)
        elif type(value) is int:
            yield here, value


def rows_of(figures):
    """The numbers of every list, row by row, in the order of the sheets after the cover."""
    for _name, rows in figures.tables.items():
        yield [[getattr(row, column) for column in COLUMNS] for row in rows]
    yield [
        [visits.visits, unique.unique, visits.page_views, gate.people]
        for visits, unique, gate in zip(
            figures.visits.days, figures.visits.unique_days, figures.visits.gate_days, strict=True
        )
    ]
    yield [[number for number in (booth.visits, booth.unique) if number is not None] for booth in figures.visits.booths]
    inquiries = figures.inquiries
    yield [[row.sent, row.answered] for row in (*inquiries.by_language, *inquiries.by_country)]


def test_every_format_holds_every_figure_to_the_rupiah():
    """JSON, XLSX, ODS and CSV are read back by other programs' code and compared number by number."""
    figures = sample_figures(exhibitors=40, flagged=True)
    envelope = sample_envelope(figures)
    wanted = dict(numbers_of(json.loads(figures.to_json())))
    assert len(wanted) > 70
    archive = zipfile.ZipFile(io.BytesIO(render_csv_zip(figures, envelope)))
    told = {line["key"]: line["value"] for line in read_csv(archive.read("headline.csv").decode())}
    assert {key: int(value) for key, value in told.items() if value} == wanted
    order = [item.key for item in headlines(figures)]
    for render in (render_xlsx, render_ods):
        book = CalamineWorkbook.from_filelike(io.BytesIO(render(figures, envelope)))
        cover = book.get_sheet_by_index(0).to_python()
        start = next(at for at, line in enumerate(cover) if line[0] == "Ukuran") + 1
        shares = {key: 10_000 if key.endswith("_bp") else 1 for key in order}
        values = {key: round(line[1] * shares[key]) for key, line in zip(order, cover[start:], strict=True)}
        assert values == wanted
        for at, rows in enumerate(rows_of(figures), start=1):
            lines = book.get_sheet_by_index(at).to_python()[1 : len(rows) + 1]
            found = [[cell for cell in line if isinstance(cell, float)] for line in lines]
            assert found == rows, book.sheet_names[at]


@pytest.mark.parametrize("label", ["متجر الحرف", 'A < B & "C"', "Toko\x00\x0b", "=1+1", "二\nbaris"])
def test_opendocument_takes_any_text(label):
    figures = with_label(sample_figures(), label)
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_ods(figures)))
    sheet = book.get_sheet_by_index(1 + TABLE_NAMES.index("exhibitor")).to_python()
    assert sheet[1][0].replace("\n", "") == neutral(label).replace("\n", "").replace("\x00", "").replace("\x0b", "")
    with zipfile.ZipFile(io.BytesIO(render_ods(figures))) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
