"""One messy price list with every trap that owners' files have, as each kind of file they come in.

Titles above, headings merged over two rows and repeated further down, columns of no use, a line of totals, prices in
five spellings, formulas, dates, cells that a spreadsheet would calculate, photos by name and by address, twins. XLS,
merged cells and photos in a ZIP: ``test_import_messy.py``; hostile files: ``test_hostile_files.py``.
"""

import csv
import datetime as dt
import io
import socket

import pytest

from catalog.domain import imports
from catalog.domain.import_files import rest
from catalog.models import Category, ImportJob, Product
from catalog.states import ImportState
from expo.sheets import read_sheets
from tests.catalog import sheets
from tests.factories import make_category
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db

HEADINGS = [None, "Kode", "Nama Barang", "Kategori", "Harga Jual", "Qty", "Berat", "Deskripsi", "PO", "Foto"]
GOOD = [
    [1, "KT-1", "Kopi «tubruk»", "kopi", "Rp 1.250.000,00", 3, "250 gr", "=1+1", "tidak", "depan.jpg"],
    [2, 1001, "Kopi é luwak", "Coffee", "1,250,000", "10 pcs", "1,5 kg", "+62 812", None, r"C:\Foto\DEPAN.JPG"],
    [3, "KT-3", "Kopi rakyat", "KOPI", "125rb", "1.000", "0,5 kg", "-dingin-", "", "https://192.0.2.1/a.jpg"],
    [4, "KT-4", "Kopi raja", "Kopi", "1,2 juta", 7, "", "@kedai", "", "hilang.jpg"],
    [5, "KT-5", "Kopi rumus", "Kopi", ("=40000+5000", 45_000), ("=2*3", 6), None, "'=HYPERLINK(1)", None, None],
]
BAD = [
    [6, dt.date(2026, 2, 1), "Kopi tanggal", "Kopi", 1000, 1],
    [7, "KT-1", "Kopi ganda", "Kopi", 1000, 1],
    [8, "KT-8", "Kopi murah", "Kopy", 15, 1],
    [9, "KT-9", None, "Kopi", "tanya", -1, "ringan"],
    [10, "KT-10", "Kopi galat", "Kopi", "#REF!", "banyak"],
]
TABLE = [
    ["KOPI LERENG SUMBING"],
    ["Daftar harga per", "1 November 2026"],
    [],
    ["No", "Barang", None, None, "Penjualan", None, "Lain-lain"],
    HEADINGS,
    *GOOD,
    [],
    HEADINGS,
    *BAD,
    ["Total", None, None, None, 3_000_000, 40],
]


def as_text(cell) -> str:
    """What a program writes into a CSV."""
    cell = cell[1] if isinstance(cell, tuple) else cell
    return "" if cell is None else cell.strftime("%d/%m/%Y") if isinstance(cell, dt.date) else str(cell)


def text(separator: str, encoding: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([as_text(cell) for cell in row] for row in TABLE)
    return file.getvalue().encode(encoding)


FILES = {
    "xlsx": sheets.xlsx(*TABLE),
    "ods": sheets.ods(*TABLE),
    **{
        f"csv {name} {encoding}": text(separator, encoding)
        for name, separator in (("comma", ","), ("semicolon", ";"), ("tab", "\t"))
        for encoding in ("utf-8", "utf-8-sig", "cp1252")
    },
}


@pytest.fixture
def coffee(db) -> Category:
    return make_category(name="Kopi", name_en="Coffee")


@pytest.fixture
def offline(monkeypatch):
    """Whoever looks up a host or opens a connection to one fails."""

    def refuse(*args, **kwargs):
        raise AssertionError("An address in a file was fetched.")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def problems(job: ImportJob, number: int) -> dict:
    return {found["column"]: found["code"] for found in job.rows.get(number=number).problems}


@pytest.mark.parametrize("kind", FILES)
def test_every_trap_in_every_kind_of_file(owner, coffee, offline, kind):
    job = sheets.checked(owner, FILES[kind], photos=[photo_file(name="depan.jpg")], name="harga")
    assert (job.state, job.row_count, job.counts["bad"]) == (ImportState.READY, 10, 5 if " " not in kind else 4)
    rows = {row.number: row for row in job.rows.all()}
    good = [rows[number].values for number in range(6, 11)]
    assert [one["price"] for one in good] == [1_250_000, 1_250_000, 125_000, 1_200_000, 45_000]
    assert [one["stock"] for one in good] == [3, 10, 1000, 7, 6]
    assert [one.get("weight_grams") for one in good] == [250, 1500, 500, None, None]
    assert [one["sku"] for one in good] == ["KT-1", "1001", "KT-3", "KT-4", "KT-5"]
    assert [one["name"] for one in good][:2] == ["Kopi «tubruk»", "Kopi é luwak"]
    assert [one["description"] for one in good] == ["=1+1", "+62 812", "-dingin-", "@kedai", "=HYPERLINK(1)"]
    assert [len(rows[number].photos) for number in range(6, 11)] == [1, 1, 0, 0, 0]
    assert problems(job, 8) == {"photo": "photo_url"}
    assert problems(job, 9) == {"photo": "photo_missing"}
    assert problems(job, 14)["sku"] == "sku_twice"
    assert problems(job, 15)["category"] == "category_near"
    assert problems(job, 16) == {
        "name": "missing", "price": "price", "stock": "number_range", "weight_grams": "weight", "photo": "no_photo",
    }  # fmt: skip
    assert problems(job, 17) == {"price": "formula", "stock": "number", "photo": "no_photo"}
    if " " not in kind:  # a text does not tell that a code was a date once
        assert problems(job, 13)["sku"] == "date"
        assert problems(job, 15)["price"] == "price_low"
    assert not Product.objects.exists()


@pytest.mark.parametrize(("kind", "good", "left"), [("xlsx", 5, 5), ("ods", 5, 5), ("csv semicolon cp1252", 6, 4)])
def test_good_rows_once_however_often_and_the_rest_handed_back(owner, coffee, offline, kind, good, left):
    for outcome in ("drafted", "same"):
        job = sheets.imported(owner, FILES[kind], all_or_nothing=False)
        assert job.counts["outcomes"] == {outcome: good, "left": left}
    back = read_sheets(rest(job).read(), imports.LIMITS)[0].rows
    assert (len(back), back[0][-1]) == (1 + left, "Alasan")
    assert "bukan harga" in next(row for row in back if row[1] == "KT-9")[-1]


def test_all_or_nothing_is_nothing(owner, coffee):
    job = sheets.checked(owner, FILES["ods"])
    with pytest.raises(imports.ImportJobError, match="Masih ada baris yang salah"):
        imports.begin_import(job, all_or_nothing=True, by=owner)
    assert not Product.objects.exists()
