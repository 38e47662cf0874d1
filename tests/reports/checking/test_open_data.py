"""Our own open data, sent to the file check: each recap in it is known, and what was changed in it is named."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.checking import open_data
from reports.checking.answers import Kind
from reports.checking.files import check
from reports.documents import document_of
from reports.public import columns, data
from reports.public.columns import BY_NAME, COUNT, Column
from reports.seal import seal, withdraw
from tests.factories import make_edition, wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def recaps(db):
    """The last recaps of two editions."""
    return [
        seal([make_edition(slug="uvo-1", code="UVO-I")], occurred_cutoff=wib(2020, 11, 19)),
        seal_at(make_history(), 2020, 11, 20, 13),
    ]


def kinds(found) -> dict[str, Kind]:
    return {row.said: row.kind for row in found.rows}


def get(client, name: str) -> bytes:
    return client.get(f"/statistik/data/{name}").content


@pytest.mark.parametrize("name", ["rekap.json", "rekap.csv", "hari.csv"])
def test_the_dataset_as_it_was_downloaded_is_right(client, recaps, name):
    found = check(get(client, name))
    assert (found.kind, found.all_right) == (Kind.DATASET, True)
    wanted = recaps[1:] if name == "hari.csv" else recaps  # nothing was sold or counted at the other one
    assert kinds(found) == {recap.number: Kind.PUBLIC for recap in wanted}
    page = client.post("/verifikasi/berkas/", {"berkas": SimpleUploadedFile(name, get(client, name))}).content.decode()
    assert "semua angkanya sama dengan yang disegel" in page
    assert f"/verifikasi/{recaps[1].code}/" in page


def test_it_stays_right_when_a_recap_is_superseded_and_withdrawn(client, recaps):
    files = [get(client, name) for name in ("rekap.json", "rekap.csv", "hari.csv")]
    seal_at(recaps[1].editions.get(), 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    withdraw(recaps[0], by=None, reason="salah pameran")
    assert [check(file).all_right for file in files] == [True, True, True]


def test_the_recap_that_was_changed_is_named_with_what_differs(client, recaps):
    plain = json.loads(get(client, "rekap.json"))
    at = next(each for each in plain["recaps"] if each["recap"]["code"] == recaps[1].code)
    at["figures"]["realised"] = 4_800_000_000
    at["days"][0]["units"] += 1
    found = check(json.dumps(plain).encode())
    assert not found.all_right
    assert kinds(found) == {recaps[0].number: Kind.PUBLIC, recaps[1].number: Kind.ALTERED}
    (row,) = [row for row in found.rows if row.kind == Kind.ALTERED]
    assert row.what == ("Omzet", "Angka per hari")


def test_another_meaning_of_a_column_is_told(client, recaps):
    file = get(client, "rekap.json").replace(b"Nilai barang dari pembayaran", b"Semua")
    found = check(file)
    assert not found.all_right
    assert "arti kolom" in found.parts[0]


def test_a_recap_that_was_made_up_stands_among_ours(client, recaps):
    plain = json.loads(get(client, "rekap.json"))
    made_up = json.loads(json.dumps(plain["recaps"][0]))
    made_up["recap"]["code"] = "0000-0000-0"
    plain["recaps"].append(made_up)
    found = check(json.dumps(plain).encode())
    assert kinds(found)["0000-0000-0"] == Kind.FOREIGN
    assert not found.all_right


def rewritten(file: bytes, change, delimiter=",") -> bytes:
    rows = list(csv.DictReader(io.StringIO(file.decode())))
    rows = change(rows) or rows
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def of(rows, recap):
    return next(row for row in rows if row["recap_code"] == recap.code)


def test_a_csv_saved_with_another_separator_is_read(client, recaps):
    found = check(rewritten(get(client, "rekap.csv"), lambda rows: None, ";"))
    assert found.all_right


def test_a_changed_cell_of_a_csv_is_named(client, recaps):
    file = get(client, "rekap.csv")
    found = check(rewritten(file, lambda rows: of(rows, recaps[1]).update(realised="1650001", sha256="ab" * 32)))
    assert kinds(found) == {recaps[0].number: Kind.PUBLIC, recaps[1].number: Kind.ALTERED}
    assert next(row.what for row in found.rows if row.kind == Kind.ALTERED) == ("sha256", "Omzet")


def test_days_that_were_left_out_put_in_or_doubled_are_told(client, recaps):
    file = get(client, "hari.csv")
    (row,) = check(rewritten(file, lambda rows: rows[1:])).rows
    assert (row.kind, row.what) == (Kind.PARTIAL, ("tidak ada di berkas: 1 hari",))
    (row,) = check(rewritten(file, lambda rows: [*rows, {**rows[0], "day": "2020-12-24"}])).rows
    assert (row.kind, row.what) == (Kind.ALTERED, ("hari 2020-12-24",))
    (row,) = check(rewritten(file, lambda rows: [*rows, rows[0]])).rows
    assert (row.kind, row.what) == (Kind.ALTERED, ("baris yang sama dua kali",))


def test_some_columns_of_a_csv_are_right_as_far_as_they_go(client, recaps):
    kept = ("recap_code", "edition", "realised")
    file = rewritten(get(client, "rekap.csv"), lambda rows: [{name: row[name] for name in kept} for row in rows])
    found = check(file)
    assert found.all_right
    assert {row.kind for row in found.rows} == {Kind.PARTIAL}


@pytest.mark.parametrize(
    "file",
    [
        b"omzet;5",
        b"recap_code\n",
        b"recap_code\nx\n",
        b"recap_code,recap_code\na,a\n",
        b'recap_code\n"\n' + b"x" * 200_000,
    ],
)
def test_other_tables_are_none_of_ours(db, file):
    assert check(file).kind == Kind.UNSEALED


@pytest.mark.parametrize("recaps_said", [[], [5], [{"recap": 5}], {"a": 1}, [{"recap": {"code": "\0"}, "figures": []}]])
def test_what_only_looks_like_the_dataset_is_none(db, recaps_said):
    assert check(json.dumps({"recaps": recaps_said}).encode()).kind == Kind.UNSEALED


@pytest.fixture
def grown(monkeypatch):
    """A later version of the software, whose public form has a column more."""
    more = Column("baskets", "realised.transactions", COUNT, "Keranjang", "Keranjang belanja.", since=2)
    monkeypatch.setattr(data, "VERSION", 2)
    for module in (data, open_data, columns):
        monkeypatch.setattr(module, "COLUMNS", (*columns.COLUMNS[: len(BY_NAME)], more))
    monkeypatch.setitem(BY_NAME, "baskets", more)


def test_what_was_downloaded_before_a_column_came_still_verifies(client, recaps, request):
    before = client.get(f"/verifikasi/{recaps[1].code}/rekap.json").content
    dataset = get(client, "rekap.json")
    request.getfixturevalue("grown")
    after = client.get(f"/verifikasi/{recaps[1].code}/rekap.json").content
    assert (b"baskets" in before, b"baskets" in after) == (False, True)
    assert check(before).kind == check(after).kind == Kind.PUBLIC
    assert {row.kind for row in check(dataset).rows} == {Kind.PUBLIC}
    # Byte for byte what it was then.
    recap = recaps[1]
    assert data.as_json(data.recap_data(recap, open_data.figures_of_public(recap), 1)).encode() == before
    # A version that never was is no excuse for what is missing or added.
    for version in (b"/3", b"/2"):
        assert check(re.sub(rb"(recap-public)/1", rb"\1" + version, before)).kind != Kind.PUBLIC
    assert check(after.replace(b"recap-public/2", b"recap-public/1")).kind == Kind.ALTERED


def test_figures_that_were_taken_out_are_told_as_missing(client, recaps):
    plain = json.loads(client.get(f"/verifikasi/{recaps[1].code}/rekap.json").content)
    del plain["figures"]["committed"]
    found = check(json.dumps(plain).encode())
    assert (found.kind, found.missing) == (Kind.PARTIAL, ("Pesanan",))
    plain["figures"]["realised"] += 1
    found = check(json.dumps(plain).encode())
    assert found.kind == Kind.ALTERED
    assert [each.column.name for each in found.differences] == ["realised"]


def test_an_archive_of_tables_that_was_packed_again_is_sent_to_other_files(client, recaps):
    file = SimpleUploadedFile("rekap", document_of(recaps[1], "csv") + b" ")
    page = client.post("/verifikasi/berkas/", {"berkas": file}).content.decode()
    assert "pakai PDF, JSON, atau XLSX" in page
