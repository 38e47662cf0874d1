"""A recap's workbook that somebody opened and saved again, with or without a figure changed."""

import io
import zipfile

import pytest

from expo.sheets.tables import read_sheets
from reports.checking import workbooks
from reports.checking.answers import Kind
from reports.checking.files import check
from reports.checking.workbooks import LIMITS, compare
from reports.documents import document_of
from reports.models import IssuedFile
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
COVER = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}
TURNOVER = {"xlsx": b"<v>1650000</v>", "ods": b'office:value="1650000"'}


@pytest.fixture
def recap():
    return seal_at(make_history(), 2020, 11, 20, 13)


def saved_again(data: bytes, *changes: tuple[str, bytes, bytes]) -> bytes:
    """The same parts in an archive of other bytes, some of them changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as after:
        for name in before.namelist():
            part = before.read(name)
            for changed, old, new in changes:
                if changed == name:
                    assert old in part
                    part = part.replace(old, new, 1)
            after.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_workbook_saved_again_is_compared_cell_by_cell(recap, format, language):
    data = document_of(recap, format, language)
    assert check(data).kind == Kind.ISSUED
    issued = IssuedFile.objects.count()
    found = check(saved_again(data))
    assert (found.kind, found.recap, found.missing) == (Kind.CELLS, recap, ())
    said = TURNOVER[format]
    found = check(saved_again(data, (COVER[format], said, said.replace(b"165", b"166"))))
    assert (found.kind, found.recap) == (Kind.ALTERED, recap)
    assert ("1.660.000" in found.parts[0], "B11" in found.parts[0]) == (True, True), found.parts
    assert IssuedFile.objects.count() == issued


def test_the_page_says_what_differs(client, recap):
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = document_of(recap, "xlsx")
    for wrong, words in ((b"1650000", "semua selnya sama"), (b"2650000", "di berkas ini 2.650.000")):
        book = saved_again(data, (COVER["xlsx"], TURNOVER["xlsx"], b"<v>%s</v>" % wrong))
        page = client.post("/verifikasi/berkas/", {"berkas": SimpleUploadedFile("rekap.xlsx", book)})
        assert words in page.content.decode()
        assert recap.number in page.content.decode()


def test_which_private_cells_differ_and_how_many_is_not_told(recap):
    """Else somebody could find out by trying what an exhibitor sold."""
    theirs = {sheet.name: sheet for sheet in read_sheets(document_of(recap, "xlsx"), LIMITS)}
    exhibitors = theirs["Menurut peserta"]
    figures = [
        (row, column)
        for row, cells in enumerate(exhibitors.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, int | float)
    ]
    assert len(figures) > 4
    answers = set()
    for row, column in figures:
        exhibitors.rows[row][column] += 1
        found = compare(recap, "xlsx", theirs)
        assert found.kind == Kind.ALTERED
        answers.add(found.parts)
    (told,) = answers
    assert "“Menurut peserta”" in told[0]
    book = saved_again(document_of(recap, "xlsx"), ("xl/sharedStrings.xml", b"Batik", b"Sutra"))
    assert "Sutra" not in " ".join(check(book).parts)


def test_what_cannot_be_compared_is_said_to_be(recap):
    data = document_of(recap, "xlsx")
    without_code = saved_again(
        data, *[("xl/sharedStrings.xml", said.encode(), b"x") for said in (recap.code, recap.sha256)]
    )
    bomb = saved_again(data, (COVER["xlsx"], b"<sheetData>", b"<sheetData>" + b" " * 61 * 1024 * 1024))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", b" " * 61 * 1024 * 1024)
    for book in (without_code, packed.getvalue(), data[: len(data) // 2], b"PK\x03\x04" + b"x" * 1000):
        assert (check(book).kind, check(book).format) == (Kind.UNSEALED, "sheet")
    with pytest.raises(Exception, match="20 MB"):
        check(bomb)


def test_public_workbook_is_made_only_for_what_differs(recap, monkeypatch):
    made = []
    real = workbooks.issued
    monkeypatch.setattr(workbooks, "issued", lambda *args: made.append(1) or real(*args))
    data = document_of(recap, "xlsx")
    assert check(saved_again(data)).kind == Kind.CELLS
    assert len(made) == 1
    assert check(saved_again(data, (COVER["xlsx"], TURNOVER["xlsx"], b"<v>1</v>"))).kind == Kind.ALTERED
    assert len(made) == 3
