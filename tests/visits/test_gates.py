import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.factories import make_edition, wib
from visits.domain.gates import GateError, record_count
from visits.models import GateCount

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
DAY = dt.date(2020, 11, 19)
ADD = "/admin/visits/gatecount/add/"


def sent(edition, **fields):
    form = {"edition": edition.pk, "day": DAY.isoformat(), "people": 512, "source": "clicker", "evidence": "Lembar 3"}
    return {**form, "note": "", **fields}


def test_the_operator_writes_a_count_down_and_corrects_it_by_another(as_user, operator):
    edition = make_edition(mode="hybrid")
    client = as_user(operator)
    assert client.post(ADD, sent(edition)).status_code == 302
    page = client.post(ADD, sent(edition, people=500)).content.decode()
    assert "tulis alasan koreksinya" in page
    assert client.post(ADD, sent(edition, people=500, note="Terhitung dua kali")).status_code == 302
    assert GateCount.objects.in_force().get().people == 500
    first = GateCount.objects.order_by("pk").first()
    assert (first.people, first.recorded_by) == (512, operator)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        GateCount.objects.filter(pk=first.pk).update(people=1)
    assert "Lembar 3" in client.get("/admin/visits/gatecount/").content.decode()
    assert client.post(f"/admin/visits/gatecount/{first.pk}/change/", {"people": 1}).status_code == 403


@pytest.mark.parametrize(
    "fields", [{"day": dt.date(2999, 1, 1)}, {"day": dt.date(2020, 12, 1)}, {"people": 10**7}, {"evidence": " "}]
)
def test_a_count_that_cannot_be_right_is_refused(operator, fields):
    given = {"day": DAY, "people": 5, "source": "other", "evidence": "Lembar 1", **fields}
    with pytest.raises(GateError):
        record_count(make_edition(mode="hybrid"), by=operator, **given)


def test_the_sheet_is_kept_and_shown_to_those_who_see_counts(as_user, operator, finance, curator):
    client, edition = as_user(operator), make_edition(mode="hybrid")
    assert client.post(ADD, sent(edition, evidence="")).context["form"].errors
    sheet = SimpleUploadedFile("lembar.pdf", b"%PDF-1.4 lembar")
    assert client.post(ADD, sent(edition, evidence="", file=sheet)).status_code == 302
    count = GateCount.objects.get()
    address = f"/admin/visits/gatecount/{count.pk}/berkas/"
    assert address in client.get("/admin/visits/gatecount/").content.decode()
    assert b"".join(as_user(finance).get(address).streaming_content) == b"%PDF-1.4 lembar"
    assert as_user(curator).get(address).status_code == 403
    wrong = SimpleUploadedFile("lembar.jpg", b"no picture")
    assert as_user(operator).post(ADD, sent(edition, day="2020-11-20", file=wrong)).context["form"].errors
    assert GateCount.objects.count() == 1


@pytest.mark.parametrize("name", ["curator", "finance", "official", "owner"])
def test_others_do_not_count(request, as_user, name):
    edition = make_edition(mode="hybrid")
    assert as_user(request.getfixturevalue(name)).post(ADD, sent(edition)).status_code in (302, 403)
    assert not GateCount.objects.exists()


def test_an_edition_that_closes_at_midnight_ends_the_day_before(operator):
    edition = make_edition(mode="hybrid", opens_at=wib(2020, 11, 16, 9), closes_at=wib(2020, 11, 20))
    kept = {"source": "clicker", "evidence": "Lembar 3", "by": operator}
    assert record_count(edition, dt.date(2020, 11, 19), 512, **kept).people == 512
    with pytest.raises(GateError, match="tidak berlangsung"):
        record_count(edition, dt.date(2020, 11, 20), 512, **kept)
