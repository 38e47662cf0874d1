import datetime as dt

import pytest
from django.urls import reverse

from expo.formats import WIB
from journal.models import Entry
from reports import forms
from reports.models import Recap
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
ADD = "/admin/reports/recap/add/"


def form_of(edition, cutoff="2020-11-20T13:00", **fields):
    return {"editions": [edition.pk], "occurred_cutoff": cutoff, "recorded_cutoff": "", **fields}


def test_finance_seals_a_recap(as_user, finance):
    edition = make_history()
    client = as_user(finance)
    assert "Segel rekap" in client.get(ADD).content.decode()
    response = client.post(ADD, form_of(edition))
    recap = Recap.objects.get()
    assert response["Location"] == f"/laporan/{recap.pk}/"
    assert (recap.sealed_by, recap.sealed_by_name, recap.scheduled) == (finance, "Hadi", False)
    # 13.00 is WIB, whatever the server's clock is set to.
    assert recap.occurred_cutoff.isoformat() == "2020-11-20T06:00:00+00:00"


def test_the_form_offers_this_minute_in_wib(as_user, finance, monkeypatch):
    moment = dt.datetime(2026, 11, 20, 13, 7, 45, 250, tzinfo=WIB).astimezone(dt.UTC)
    monkeypatch.setattr(forms, "timezone", type("Clock", (), {"now": staticmethod(lambda: moment)}))
    assert 'value="2026-11-20T13:07"' in as_user(finance).get(ADD).content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"occurred_cutoff": "2999-01-01T00:00"}, "belum lewat"),
        ({"occurred_cutoff": "kemarin"}, "kemarin"),
        ({"editions": []}, "errors"),
    ],
)
def test_bad_input_is_said_on_the_page(as_user, finance, fields, message):
    response = as_user(finance).post(ADD, {**form_of(make_history()), **fields})
    assert response.status_code == 200
    assert message in response.content.decode() or message == "errors"
    assert not Recap.objects.exists()


@pytest.mark.parametrize("name", ["curator", "operator", "official", "owner"])
def test_others_do_not_seal(request, as_user, name):
    edition = make_history()
    response = as_user(request.getfixturevalue(name)).post(ADD, form_of(edition))
    assert response.status_code in (302, 403)
    assert not Recap.objects.exists()


def test_finance_withdraws_with_a_reason(as_user, finance):
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    url = reverse("admin:reports_recap_withdrawal", args=[recap.pk])
    client = as_user(finance)
    assert client.post(url, {"reason": " "}).status_code == 200
    assert client.post(url, {"reason": "salah pameran"}).status_code == 302
    recap.refresh_from_db()
    assert (recap.state, recap.withdrawn_by) == ("withdrawn", finance)


def test_recaps_and_entries_are_looked_at_and_never_written(as_user, finance):
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    client = as_user(finance)
    for path in (
        "/admin/reports/recap/",
        f"/admin/reports/recap/{recap.pk}/change/",
        "/admin/journal/entry/",
        f"/admin/journal/entry/{Entry.objects.first().pk}/change/",
    ):
        assert client.get(path).status_code == 200, path
    assert client.post(f"/admin/reports/recap/{recap.pk}/change/", {"number": "X"}).status_code == 403
    assert client.get("/admin/journal/entry/add/").status_code == 403


def test_journal_list_does_not_count_everything(as_user, finance):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_history()
    client = as_user(finance)
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/journal/entry/")
    counts = [q["sql"] for q in queries if "COUNT(" in q["sql"] and "journal_entry" in q["sql"]]
    assert all("LIMIT" in sql for sql in counts)


def test_what_numbers_a_sealed_recap_stays(as_user, superuser):
    """The number and the scope of the chain would no longer be those of the edition."""
    edition = make_history()
    client, address = as_user(superuser), f"/admin/expo/edition/{edition.pk}/change/"

    def change(**fields):
        form = client.get(address).context["adminform"].form
        values = {name: form[name].value() for name in form.fields}
        sent = {f"{name}_{part}": "" for name in values for part in (0, 1)}
        for name in ("sales_open", "opens_at", "closes_at"):
            moment = values.pop(name).astimezone(WIB)
            sent |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}
        rows = {"halls-TOTAL_FORMS": 0, "halls-INITIAL_FORMS": 0}
        filled = {name: "" if value is None else value for name, value in values.items()}
        return client.post(address, {**filled, **sent, **rows, **fields}).content.decode()

    change(code="BARU", slug="baru")
    edition.refresh_from_db()
    assert (edition.code, edition.slug) == ("BARU", "baru")
    seal_at(edition, 2020, 11, 20, 13)
    page = change(code="LAIN", slug="lain", year=1999)
    assert page.count("karena itu tidak dapat diubah lagi") == 3
    change(name="Nama lain")
    edition.refresh_from_db()
    assert (edition.code, edition.slug, edition.name) == ("BARU", "baru", "Nama lain")
