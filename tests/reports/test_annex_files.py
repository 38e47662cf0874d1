"""Annexes as files: at once or by a worker, in sheets, and equal to the recap."""

import csv
import io
import os
import zipfile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from expo.pictures import private_storage
from expo.sheets import streamed
from reports import annex_files
from reports.annex_files import KEPT, ask_for_annex, forget_old, prepare_asked, write_annex
from reports.errors import RecapError
from reports.models import AnnexFile, IssuedFile
from reports.queries import figures_of
from reports.renderers.annex_files import MEASURES
from tests.database import append_only_lifted
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def recap():
    return seal_at(make_history(), 2020, 11, 20, 13)


@pytest.fixture
def long(monkeypatch):
    monkeypatch.setattr(annex_files, "MOST_AT_ONCE", 3)


def written(recap, kind, language="id") -> bytes:
    target = io.BytesIO()
    write_annex(recap, kind, language, target)
    return target.getvalue()


def sheets_of(data: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_rows_go_on_on_further_sheets_and_the_cover_equals_the_recap(recap, monkeypatch):
    monkeypatch.setattr(streamed, "MOST_ROWS", 4)
    sheets = sheets_of(written(recap, "xlsx"))
    assert list(sheets) == ["Ringkasan", "Lampiran 1", "Lampiran 2", "Lampiran 3"]
    heads = [sheet[0] for name, sheet in sheets.items() if name != "Ringkasan"]
    assert heads[0] == heads[1] == heads[2]
    rows = [line for name, sheet in sheets.items() if name != "Ringkasan" for line in sheet[1:]]
    assert len({line[0] for line in rows}) == len(rows) == recap.entries == 7
    cover = {line[0]: line[1:6] for line in sheets["Ringkasan"]}
    figures = figures_of(recap)
    said = [
        recap.entries,
        *(getattr(figures, name).total for name in MEASURES),
    ]
    assert cover["Menurut rekap"] == said
    assert [sum(column) for column in zip(*(cover[f"Lampiran {at}"] for at in (1, 2, 3)), strict=True)] == said


def test_cells_are_numbers_and_moments_and_no_formulas(recap, monkeypatch):
    from reports.renderers import annex_files as renderer

    monkeypatch.setattr(renderer, "edition_names", lambda *_: "=1+1 <&> \x0b_x000D_")
    sheets = sheets_of(written(recap, "xlsx", "en"))
    head, first = sheets["Annex 1"][:2]
    assert f"{first[head.index('Occurred (WIB)')]}" == "2020-11-17 08:00:00"
    assert first[head.index("Rupiah")] == 1_000_000
    assert sheets["Summary"][0][0].endswith("=1+1 <&> _x000D_")


def test_csv_holds_the_same_rows(recap):
    with zipfile.ZipFile(io.BytesIO(written(recap, "csv"))) as archive:
        lines = list(csv.DictReader(io.TextIOWrapper(archive.open("entries.csv"), encoding="utf-8", newline="")))
    listed = sheets_of(written(recap, "xlsx"))["Lampiran 1"][1:]
    assert [int(line["id"]) for line in lines] == [row[0] for row in listed]
    assert [int(line["amount"]) for line in lines] == [row[13] for row in listed]
    assert lines[0]["occurred_at"] == "2020-11-17T08:00:00+07:00"


def test_same_recap_gives_the_same_bytes_which_are_noted(recap):
    first, second = (annex_files.annex_now(recap, "xlsx", "id").read() for _ in range(2))
    assert first == second == written(recap, "xlsx")
    assert IssuedFile.objects.get(format="annex").size == len(first)


def test_worker_makes_a_long_one_once_and_officials_download_it(recap, long, as_user, official):
    client = as_user(official)
    page, address = reverse("reports:files", args=[recap.pk]), reverse("reports:annex", args=[recap.pk, "xlsx"])
    assert "Siapkan XLSX" in client.get(page).content.decode()
    assert client.get(address).url == page
    for _ in range(2):
        assert client.post(address).url == page
    assert "menunggu giliran" in client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert (prepare_asked(), prepare_asked()) == (1, 0)
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "Unduh XLSX" in part
    assert "hx-trigger" not in part
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rekap-UVO-II-2020-0001-lampiran.xlsx"'
    assert b"".join(answer.streaming_content) == written(recap, "xlsx")
    made = AnnexFile.objects.get()
    assert oct(os.stat(private_storage().path(made.path)).st_mode & 0o777) == "0o600"
    assert forget_old(made.finished_at + KEPT) == 0
    assert forget_old(made.finished_at + KEPT * 2) == 1
    assert not private_storage().exists(made.path)


def test_short_one_is_downloaded_at_once_and_outsiders_get_nothing(recap, client, as_user, official):
    address = reverse("reports:annex", args=[recap.pk, "csv"])
    assert client.get(address).status_code == 302
    client = as_user(official)
    assert b"".join(client.get(address).streaming_content) == written(recap, "csv")
    assert client.get(reverse("reports:annex", args=[recap.pk, "pdf"])).status_code == 404


def test_annex_that_does_not_sum_is_refused_with_its_reason_and_tried_anew(recap, long):
    from django.db import connection

    change = "UPDATE journal_entry SET amount = amount + %s WHERE channel = 'live'"
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(change, [1])
    with pytest.raises(RecapError, match="verify_recaps"):
        written(recap, "csv")
    ask_for_annex(recap, "csv", "id")
    assert prepare_asked() == 0
    refused = AnnexFile.objects.get()
    assert "verify_recaps" in refused.refusal
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(change, [-1])
    assert ask_for_annex(recap, "csv", "id").is_waiting
    assert prepare_asked() == 1


def test_worker_that_fails_again_and_again_gives_up_and_says_so(recap, long, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(annex_files, "write_annex", full)
    ask_for_annex(recap, "xlsx", "id")
    for _ in range(annex_files.MOST_TRIES + 1):
        assert prepare_asked() == 0
    assert "tidak dapat dibuat" in AnnexFile.objects.get().refusal


def test_every_part_of_the_workbook_is_well_formed(recap):
    from xml.etree import ElementTree

    with zipfile.ZipFile(io.BytesIO(written(recap, "xlsx"))) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    order = [child.tag.removeprefix(main) for child in parts["xl/worksheets/sheet1.xml"]]
    assert order == ["sheetPr", "sheetViews", "cols", "sheetData", "pageSetup"]
    used = {cell.get("s") for cell in parts["xl/worksheets/sheet1.xml"].iter(f"{main}c")}
    assert max(map(int, used)) < len(parts["xl/styles.xml"].find(f"{main}cellXfs"))
    names = {part.get("PartName") for part in parts["[Content_Types].xml"]} - {None}
    assert {name[1:] for name in names} == {name for name in parts if not name.endswith(".rels")} - {
        "[Content_Types].xml"
    }
