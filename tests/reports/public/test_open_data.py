"""Statistics and open data: stable addresses, every figure with its recap, nothing of single exhibitors."""

import csv
import io
import json

import fastjsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.public import figures as public
from reports.public.columns import COLUMNS
from reports.queries import figures_of
from reports.seal import withdraw
from tests.factories import make_edition, wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
DATA = ("/statistik/data/rekap.csv", "/statistik/data/hari.csv", "/statistik/data/rekap.json")


@pytest.fixture(autouse=True)
def nothing_remembered():
    public._remembered.clear()


@pytest.fixture
def recap(db):
    return seal_at(make_history(), 2020, 11, 20, 13)


def rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_each_row_of_the_csv_carries_its_recap(client, recap):
    (row,) = rows(client.get("/statistik/data/rekap.csv"))
    assert (row["recap_number"], row["recap_code"], row["sha256"]) == (recap.number, recap.code, recap.sha256)
    assert row["occurred_before"] == "2020-11-20T13:00:00+07:00"
    sealed = figures_of(recap)
    for column in COLUMNS:
        value = column.value(sealed)
        assert row[column.name] == ("" if value is None else str(value)), column.name
    assert row["realised"] == "1650000"


def test_days_add_up_to_the_total(client, recap):
    days = rows(client.get("/statistik/data/hari.csv"))
    assert sum(int(day["realised"]) for day in days) == 1_650_000
    assert [day["day"] for day in days] == ["2020-11-17", "2020-11-18", "2020-11-19", "2020-11-20"]
    assert {day["recap_code"] for day in days} == {recap.code}


def test_json_follows_its_schema(client, recap):
    schema = client.get("/statistik/data/skema.json").json()
    data = client.get("/statistik/data/rekap.json").json()
    fastjsonschema.validate(schema, data)
    one = client.get(f"/verifikasi/{recap.code}/rekap.json").json()
    fastjsonschema.validate(schema["definitions"]["recap"], one)
    assert data["recaps"] == [one]
    assert one["figures"]["realised"] == 1_650_000
    assert one["licence"]["spdx"] == "CC-BY-4.0"
    assert one["recap"]["sha256"] == recap.sha256
    assert {column["name"] for column in data["columns"]} == {column.name for column in COLUMNS}
    assert data["columns"][0]["label"] == {"id": "Omzet", "en": "Turnover"}


@pytest.mark.parametrize("path", [*DATA, "/statistik/data/skema.json"])
def test_other_sites_may_read_it_and_caches_keep_it(client, recap, path):
    response = client.get(path)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in response["Link"]
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    again = client.get(path, HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, again.content, again["Access-Control-Allow-Origin"]) == (304, b"", "*")
    assert client.get("/en" + path).content == response.content
    assert client.post(path).status_code == 405


def test_what_tells_of_single_exhibitors_is_nowhere(client, recap):
    """Their names, and the tables in which often one stands alone."""
    private = ("Keramik", "Batik", "Salatiga", "Qatar", '"QA"')
    sealed = recap.figures
    assert all(word in sealed for word in private)
    pages = [
        *DATA,
        "/statistik/",
        "/statistik/data/",
        f"/verifikasi/{recap.code}/",
        f"/verifikasi/{recap.code}/rekap.json",
    ]
    for path in [*pages, *(f"/en{path}" for path in pages)]:
        text = client.get(path).content.decode()
        assert not [word for word in private if word in text], path


def test_only_the_last_valid_recap_of_an_edition_is_told(client, recap):
    later = seal_at(recap.editions.get(), 2020, 11, 21)
    assert [row["recap_code"] for row in rows(client.get(DATA[0]))] == [later.code]
    withdraw(later, by=None, reason="salah")
    assert [row["recap_code"] for row in rows(client.get(DATA[0]))] == [recap.code]
    told = client.get(f"/verifikasi/{later.code}/rekap.json").json()["recap"]
    assert (told["state"], told["withdrawal_reason"]) == ("withdrawn", "salah")


def test_a_successor_is_named(client, recap):
    revision = seal_at(recap.editions.get(), 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    told = client.get(f"/verifikasi/{recap.code}/rekap.json").json()["recap"]
    assert told["superseded_by"] == {"number": revision.number, "code": revision.code}


def test_names_are_no_formulas(client):
    seal_at(make_edition(name="=HYPERLINK(1)", slug="jahat"), 2020, 11, 20, 13)
    assert rows(client.get(DATA[0]))[0]["name"] == "'=HYPERLINK(1)"


def test_an_unknown_code_has_no_data(client, recap):
    response = client.get("/verifikasi/0000-0000-0/rekap.json")
    assert response.status_code == 404
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", [*DATA, "/statistik/", "/statistik/data/"])
def test_queries_do_not_grow_with_editions(client, recap, forgotten, path):
    def queries():
        forgotten()
        public._remembered.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    client.get(path)
    one = queries()
    for name in ("Expo lain", "Expo ketiga"):
        seal_at(make_edition(name=name), 2020, 11, 21)
    assert one <= 6
    assert queries() == one


def test_the_page_describes_the_data_to_people_and_machines(client, recap):
    page = client.get("/en/statistik/data/").content.decode()
    for column in COLUMNS:
        assert f"<code>{column.name}</code>" in page
    start = page.index('<script type="application/ld+json">') + 35
    told = json.loads(page[start : page.index("</script>", start)])
    assert told["@type"] == "Dataset"
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for each in told["distribution"]:
        assert client.get(each["contentUrl"].partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200


def test_editions_stand_side_by_side(client, recap):
    seal_at(make_edition(name="Expo lain"), 2020, 11, 21)
    page = client.get("/statistik/").content.decode()
    assert "Semua pameran" in page
    assert "editions-title" in page
    assert page.count("Menurut rekap") == 3


def test_without_recaps_the_data_is_there_and_empty(client, db):
    assert rows(client.get(DATA[0])) == []
    assert client.get(DATA[2]).json()["recaps"] == []
    assert client.get("/statistik/data/").status_code == 200
