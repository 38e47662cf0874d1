import io
import json

import pytest
from django.core.management import call_command

from catalog.models import ImportJob, Product
from expo.commands import BadInputError
from tests.catalog import sheets
from tests.factories import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    make_category(name="Kopi", slug="kopi")
    path = tmp_path / "produk.csv"
    path.write_bytes(sheets.csv(sheets.HEADINGS, ["A-1", "Kopi satu", "Kopi", "10rb", 5], ["A-2", "Dua", "", "x", 1]))
    return path


def run(*arguments, **options) -> str:
    out = io.StringIO()
    call_command("import_products", *map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_good_rows_come_in_and_the_others_are_listed(owner, file):
    result = json.loads(run(file, "--exhibitor", owner.exhibitor.slug, "--good-rows", "--format", "json"))
    assert (result["new"], result["drafts"], [one["row"] for one in result["errors"]]) == (1, 1, [3])
    assert "Harga: “x” is no price" in result["errors"][0]["reason"]
    cells = {one["column"]: one["code"] for one in result["errors"][0]["cells"]}
    assert cells == {"category": "missing", "price": "price"}
    assert result["warnings"] == []
    assert Product.objects.get().sku == "A-1"
    again = run(file, "--exhibitor", owner.exhibitor.slug, "--good-rows")
    assert again.strip().startswith("2 rows: 0 new (0 drafts without a photo), 0 further variants, 0 changed")


def test_one_bad_row_is_enough_to_refuse(owner, file):
    with pytest.raises(BadInputError, match="1 of 2 rows are wrong; nothing was imported") as caught:
        run(file, "--exhibitor", owner.exhibitor.slug)
    assert caught.value.returncode == 2
    assert not Product.objects.exists()
    assert not ImportJob.objects.exists()


def test_what_is_refused_is_told_in_json_as_well(owner, file):
    out = io.StringIO()
    with pytest.raises(BadInputError):
        call_command("import_products", file, "--exhibitor", owner.exhibitor.slug, "--format", "json", stdout=out)
    result = json.loads(out.getvalue())
    assert (result["rows"], result["new"], [one["row"] for one in result["errors"]]) == (2, 0, [3])


def test_a_dry_run_changes_nothing(owner, file):
    out = run(file, "--exhibitor", owner.exhibitor.slug, "--dry-run", "--good-rows")
    assert out.strip() == "2 rows: 1 would be new, 0 changed, 0 unchanged."
    assert not Product.objects.exists()
    assert not ImportJob.objects.exists()


def test_photos_and_a_category_can_be_given(owner, file, tmp_path):
    file.write_bytes(sheets.csv(["SKU", "Nama", "Harga", "Stok"], ["A-1", "Kopi", "10rb", 5]))
    archive = tmp_path / "foto.zip"
    archive.write_bytes(sheets.zipped(**{"a-1.jpg": None}).getvalue())
    run(file, "--exhibitor", owner.exhibitor.slug, "--category", "kopi", "--photos", archive)
    assert Product.objects.get().state == "submitted"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{file}", "--exhibitor", "siapa"], "There is no exhibitor 'siapa'."),
        (["{file}", "--exhibitor", "batik-wati", "--category", "x"], "There is no category 'x'."),
        (["/tidak/ada.xlsx", "--exhibitor", "batik-wati"], "can't be read"),
        (["{empty}", "--exhibitor", "batik-wati"], "This file is empty"),
    ],
)
def test_bad_input_is_one_sentence(owner, file, tmp_path, arguments, says):
    empty = tmp_path / "kosong.csv"
    empty.write_bytes(b"")
    with pytest.raises(BadInputError, match=says):
        run(*(argument.format(file=file, empty=empty) for argument in arguments))
