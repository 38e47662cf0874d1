import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum

from exhibitors.models import Exhibitor
from expo.commands import BadInputError
from journal.importing.load import import_file
from journal.importing.rows import COLUMNS
from journal.models import Entry, SealedUntil
from tests.factories import make_edition, make_exhibitor, make_product, make_region, wib

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[2] / "docs/samples/journal.csv"
GOOD = {
    "occurred_at": "2020-11-19T10:00:00+07:00",
    "recorded_at": "2020-11-19T20:00:00+07:00",
    "exhibitor": "Batik Wati",
    "category": "Fesyen",
    "product": "Kain",
    "channel": "online",
    "measure": "realised",
    "amount": "150000",
    "quantity": "1",
    "evidence": "B",
}


@pytest.fixture
def edition(db):
    return make_edition(slug="uvo-2")


@pytest.fixture
def regencies(db):
    return [
        make_region(code=code, name=name)
        for code, name in {
            "33.73": "Kota Salatiga",
            "33.74": "Kota Semarang",
            "33.22": "Kabupaten Semarang",
            "33.20": "Kabupaten Jepara",
            "33.75": "Kota Pekalongan",
            "33.07": "Kabupaten Wonosobo",
            "62.71": "Kota Palangka Raya",
        }.items()
    ]


@pytest.fixture
def write(tmp_path):
    def write_rows(*rows, separator=",", start="", columns=COLUMNS, name="journal.csv"):
        lines = [separator.join(columns)]
        lines += [separator.join(str({**GOOD, **row}.get(column, "")) for column in columns) for row in rows]
        path = tmp_path / name
        path.write_text(start + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write_rows


def run(path, *options, edition="uvo-2"):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_journal", str(path), "--edition", edition, *options, stdout=out, stderr=err)
    return out.getvalue()


def errors_of(path, *options):
    """(row, column) of every bad row, after checking that nothing was imported."""
    before = Entry.objects.count(), Exhibitor.objects.count()
    out = io.StringIO()
    with pytest.raises(BadInputError):
        call_command("import_journal", str(path), "--edition", "uvo-2", "--format", "json", *options, stdout=out)
    assert (Entry.objects.count(), Exhibitor.objects.count()) == before
    return [(error["row"], error["column"]) for error in json.loads(out.getvalue())["errors"]]


def total(measure="realised"):
    return Entry.objects.filter(measure=measure).aggregate(sum=Sum("amount"))["sum"] or 0


def test_sample_file_is_imported(edition, regencies):
    result = json.loads(run(SAMPLE, "--create-exhibitors", "--format", "json"))
    assert (result["rows"], result["added"], result["exhibitors_created"], result["settlements"]) == (6, 7, 4, 1)
    assert total() == 1_250_000 + 3_600_000 + 12_000_000 - 625_000 + 350_000
    assert total("committed") == 12_000_000
    jepara = Exhibitor.objects.get(name="Koperasi Contoh Jepara")
    assert (jepara.kind, jepara.imported, jepara.regency_id) == ("koperasi", True, "33.20")
    chair = Entry.objects.get(amount=3_600_000)
    assert (chair.destination_code, chair.recorded_at) == ("62.71", wib(2020, 11, 18, 20))
    assert Entry.objects.get(destination_code="SG").destination_label == "Singapura"


def test_same_file_twice_adds_nothing(edition, regencies):
    run(SAMPLE, "--create-exhibitors")
    count = Entry.objects.count()
    result = json.loads(run(SAMPLE, "--create-exhibitors", "--format", "json"))
    assert (result["added"], result["unchanged"], result["exhibitors_created"]) == (0, 6, 0)
    assert Entry.objects.count() == count


def test_same_file_after_a_seal_adds_nothing_and_is_no_error(edition, regencies):
    run(SAMPLE, "--create-exhibitors")
    SealedUntil.objects.create(edition=edition, recorded_until=wib(2020, 11, 25))
    assert json.loads(run(SAMPLE, "--format", "json"))["added"] == 0


def test_equal_rows_are_counted_as_often_as_they_stand(edition, write):
    make_exhibitor(name="Batik Wati")
    run(write({}, {}, {}))
    assert total() == 450_000
    run(write({}, {}, {}, {}, name="longer.csv"))
    assert total() == 600_000


def test_all_or_nothing_and_every_bad_row_is_named(edition, write):
    make_exhibitor(name="Batik Wati")
    path = write(
        {},
        {"amount": "1.500"},
        {"occurred_at": "2020-11-19T10:00:00", "channel": "toko"},
        {"exhibitor": "Siapa"},
        {"amount": "0"},
        {"measure": "omzet"},
        {"evidence": "E"},
        {"quantity": "x"},
        {"occurred_at": "2020-11-15T10:00:00+07:00"},
        {"recorded_at": "2020-11-18T10:00:00+07:00"},
        {"occurred_at": "2999-11-15T10:00:00+07:00", "recorded_at": ""},
        {"occurred_at": "19/11/2020"},
        {"occurred_at": ""},
        {"exhibitor": ""},
        {"destination": "XX"},
        {"regency": "Atlantis"},
        {"product": "x" * 121},
        {"amount": "9" * 17},
    )
    assert errors_of(path) == [
        (3, "amount"),
        (4, "channel"),
        (4, "occurred_at"),
        (5, "exhibitor"),
        (6, "amount"),
        (7, "measure"),
        (8, "evidence"),
        (9, "quantity"),
        (10, "occurred_at"),
        (11, "recorded_at"),
        (12, "occurred_at"),
        (13, "occurred_at"),
        (14, "occurred_at"),
        (15, "exhibitor"),
        (16, "destination"),
        (17, "regency"),
        (18, "product"),
        (19, "amount"),
    ]


def test_bad_rows_are_listed_on_standard_error(edition, write):
    err = io.StringIO()
    with pytest.raises(BadInputError, match="Bad rows: 1"):
        call_command("import_journal", str(write({})), "--edition", "uvo-2", stderr=err)
    assert "row 2: exhibitor: 'Batik Wati' is not an exhibitor" in err.getvalue()


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_separators_and_byte_order_mark(edition, write, separator):
    make_exhibitor(name="Batik Wati")
    run(write({}, separator=separator, start="\ufeff"))
    assert total() == 150_000


def test_columns_may_be_left_out_or_moved(edition, write):
    make_exhibitor(name="Batik Wati")
    run(write({}, columns=["amount", "evidence", "measure", "channel", "exhibitor", "occurred_at"]))
    entry = Entry.objects.get()
    assert (entry.amount, entry.quantity, entry.category_code) == (150_000, 0, "")


@pytest.mark.parametrize("columns", [COLUMNS[1:], (*COLUMNS, "harga"), (*COLUMNS, "amount"), ()])
def test_wrong_header_is_refused(edition, write, columns):
    with pytest.raises(BadInputError):
        run(write({}, columns=columns))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00a", b"occurred_at,\xe9\n", b'a,"b\n'])
def test_what_is_no_such_file_is_refused(edition, tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(BadInputError):
        run(path)


def test_bad_encoding_and_broken_rows_further_down(edition, write):
    make_exhibitor(name="Batik Wati")
    path = write({}, {})
    path.write_bytes(path.read_bytes() + b"caf\xe9\n")
    with pytest.raises(BadInputError, match="UTF-8"):
        run(path)
    path = write({}, {})
    path.write_text(path.read_text() + "a,b\n")
    assert errors_of(path) == [(4, "")]
    assert not Entry.objects.exists()


def test_missing_file_and_edition_are_one_sentence(edition, write, tmp_path):
    with pytest.raises(BadInputError, match=r"missing\.csv"):
        run(tmp_path / "missing.csv")
    with pytest.raises(BadInputError, match="nowhere"):
        run(write({}), edition="nowhere")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("33.73", "33.73"),
        ("3373", "33.73"),
        ("Kota Salatiga", "33.73"),
        ("salatiga", "33.73"),
        ("Kab. Jepara", "33.20"),
        ("Jepara", "33.20"),
        ("Kabupaten Semarang", "33.22"),
    ],
)
def test_regencies_by_code_or_name(edition, regencies, write, text, code):
    run(write({"regency": text, "destination": text}), "--create-exhibitors")
    entry = Entry.objects.get()
    assert (entry.regency_code, entry.destination_code) == (code, code)


def test_ambiguous_regency_is_an_error(edition, regencies, write):
    assert errors_of(write({"regency": "Semarang"}), "--create-exhibitors") == [(2, "regency")]


def test_refund_is_linked_with_the_phase_of_its_sale(edition, write):
    make_exhibitor(name="Batik Wati")
    run(
        write(
            {
                "amount": "-50000",
                "occurred_at": "2020-12-01T10:00:00+07:00",
                "recorded_at": "",
                "reference": "R1",
                "category": "",
            },
            {"reference": "R1"},
        )
    )
    back = Entry.objects.get(amount=-50_000)
    assert (back.phase, back.nature, back.category_code, back.quantity) == ("during", "refund", "fesyen", -1)
    assert back.reverses == Entry.objects.get(amount=150_000)


def test_refund_without_a_sale_has_the_phase_of_its_time(edition, write):
    make_exhibitor(name="Batik Wati")
    run(write({"amount": "-50000", "reference": "R9"}))
    back = Entry.objects.get()
    assert (back.phase, back.reverses) == ("during", None)


def test_other_amount_under_the_same_reference_is_an_error(edition, write):
    make_exhibitor(name="Batik Wati")
    run(write({"reference": "R1"}))
    assert errors_of(write({"reference": "R1", "amount": "151000"}, name="b.csv")) == [(2, "amount")]
    run(write({"reference": "R1", "amount": "151000", "product": "Lain"}, name="c.csv"))


@pytest.mark.parametrize("reference", ["", "R1"])
def test_row_said_otherwise_is_not_counted_again(edition, regencies, write, reference):
    make_exhibitor(name="Batik Wati")
    sold = {"destination": "Jepara", "reference": reference}
    run(write(sold, {"amount": "20000"}))
    for column, value in {"destination": "QA", "regency": "Salatiga", "category": "Lain", "evidence": "A"}.items():
        changed = write({"amount": "20000"}, {**sold, column: value}, name="b.csv")
        assert errors_of(changed) == [(3, column)]
    assert errors_of(write({**sold, "recorded_at": ""}, name="c.csv")) == [(2, "")]
    assert total() == 170_000
    # Both in one file are two sales, and so is one of another reference.
    run(write(sold, {**sold, "destination": "QA"}, {**sold, "destination": "QA", "reference": "R2"}, name="d.csv"))
    assert total() == 470_000


def test_everything_wrong_is_told_at_once(edition, regencies, write):
    row = {"amount": "x", "exhibitor": "Siapa", "regency": "Atlantis", "destination": "ID"}
    assert errors_of(write(row)) == [(2, "amount"), (2, "destination"), (2, "exhibitor"), (2, "regency")]


def test_indonesia_is_no_destination(edition, write):
    make_exhibitor(name="Batik Wati")
    err = io.StringIO()
    with pytest.raises(BadInputError):
        call_command("import_journal", str(write({"destination": "id"})), "--edition", "uvo-2", stderr=err)
    assert "row 2: destination: 'id' is Indonesia" in err.getvalue()
    assert "33.73" in err.getvalue()


def test_row_behind_a_seal_is_an_error_and_a_blank_time_is_now(edition, write):
    make_exhibitor(name="Batik Wati")
    SealedUntil.objects.create(edition=edition, recorded_until=wib(2020, 11, 20))
    assert errors_of(write({})) == [(2, "recorded_at")]
    run(write({"recorded_at": ""}))
    assert Entry.objects.get().recorded_at > wib(2026, 1, 1)


def test_payment_of_a_promise_is_not_counted_twice(edition, write):
    make_exhibitor(name="Batik Wati")
    promise = {"measure": "committed", "amount": "1000", "reference": "Q"}
    run(write(promise))
    run(write({"amount": "400", "reference": "Q"}, name="b.csv"))
    assert (total("committed"), total()) == (600, 400)
    assert Entry.objects.get(amount=400).on_order
    run(write({"amount": "700", "reference": "Q", "occurred_at": "2020-11-19T12:00:00+07:00"}, name="c.csv"))
    assert (total("committed"), total()) == (0, 1100)


def test_payment_that_the_file_takes_off_itself_is_not_taken_off_twice(edition, write):
    make_exhibitor(name="Batik Wati")
    run(
        write(
            {"measure": "committed", "amount": "1000", "reference": "Q"},
            {"amount": "1000", "reference": "Q", "occurred_at": "2020-11-19T12:00:00+07:00"},
            {
                "measure": "committed",
                "amount": "-1000",
                "reference": "Q",
                "occurred_at": "2020-11-19T12:00:00+07:00",
            },
        )
    )
    assert (total("committed"), total()) == (0, 1000)


def test_promise_cannot_be_taken_back_further_than_it_went(edition, write):
    make_exhibitor(name="Batik Wati")
    path = write(
        {"measure": "committed", "amount": "1000", "reference": "Q"},
        {"measure": "committed", "amount": "-1001", "reference": "Q"},
    )
    assert errors_of(path) == [(3, "amount")]


def test_products_of_the_catalogue_are_recognised(edition, write):
    exhibitor = make_exhibitor(name="Batik Wati", slug="batik-wati")
    product = make_product(exhibitor=exhibitor, name="Kain Batik")
    run(write({"product": "kain batik", "exhibitor": "batik-wati"}, {"product": "Sarung"}))
    assert set(Entry.objects.values_list("product_key", flat=True)) == {f"p{product.pk}", "batik-wati/sarung"}


def test_two_exhibitors_of_one_name_are_told_apart_by_slug(edition, write):
    for slug in ("wati-1", "wati-2"):
        make_exhibitor(name="Batik Wati", slug=slug)
    assert errors_of(write({})) == [(2, "exhibitor")]
    run(write({"exhibitor": "wati-2"}))
    assert Entry.objects.get().exhibitor.slug == "wati-2"


def test_dry_run_checks_and_imports_nothing(edition, write):
    result = json.loads(run(write({}), "--create-exhibitors", "--dry-run", "--format", "json"))
    assert (result["added"], result["dry_run"]) == (1, True)
    assert not Entry.objects.exists()
    assert not Exhibitor.objects.exists()


def test_many_rows_cost_few_queries(edition, write, django_assert_max_num_queries):
    make_exhibitor(name="Batik Wati")
    path = write(*({"amount": str(1000 + n)} for n in range(3000)))
    with django_assert_max_num_queries(40):
        assert import_file(path, edition).added == 3000
