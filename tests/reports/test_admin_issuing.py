"""Staff's screens around recaps: extra cut-offs, recipients, mails that failed, seals."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from expo.formats import WIB
from expo.models import OutgoingMail, Recipient
from reports.dispatch import send_waiting
from reports.models import Delivery, ExtraCutoff, IssueProblem, SealCheck, SealWalk, Sending
from reports.problems import forget_unsealed, note_unsent
from reports.seal import withdraw
from reports.sending import send_asked
from reports.walk import go_on, walk_when_due
from tests.database import append_only_lifted
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
ADD = "/admin/reports/extracutoff/add/"


@pytest.fixture
def desk(as_user, finance):
    return as_user(finance)


@pytest.fixture
def recap(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    send_waiting()
    return recap


def page(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_finance_sets_a_cutoff_in_wib_and_calls_it_off(desk, finance, recap):
    tomorrow = (timezone.now().astimezone(WIB) + dt.timedelta(days=1)).replace(
        hour=13, minute=0, second=0, microsecond=0
    )
    form = {"edition": recap.editions.get().pk, "moment": f"{tomorrow:%Y-%m-%dT%H:%M}", "reason": "Sambutan penutupan"}
    assert desk.post(ADD, {**form, "moment": "2021-01-01T13:00"}).status_code == 200  # long ago
    assert desk.post(ADD, form).status_code == 302
    extra = ExtraCutoff.objects.get()
    assert (extra.moment, extra.added_by) == (tomorrow, finance)
    assert "Sambutan penutupan" in page(desk, "/admin/reports/extracutoff/")
    address = reverse("admin:reports_extracutoff_cancellation", args=[extra.pk])
    assert "Batalkan" in page(desk, address)
    assert desk.post(address).status_code == 302
    extra.refresh_from_db()
    assert extra.cancelled_by == finance
    assert "dibatalkan" in page(desk, f"/admin/reports/extracutoff/{extra.pk}/change/")


def test_mails_that_failed_are_seen_and_sent_again_once(desk, recap):
    mails = OutgoingMail.objects.filter(to="kadin@contoh.test")
    mails.update(state="failed", error="550 no such user")
    assert "Rekap yang tidak atau belum pasti sampai ke penerimanya" in page(desk, "/admin/")
    assert recap.number in page(desk, "/admin/reports/recap/?surel=gagal")
    shown = page(desk, f"/admin/reports/recap/{recap.pk}/change/")
    assert "550 no such user" in shown
    address = reverse("admin:reports_recap_sending", args=[recap.pk])
    assert address in shown
    desk.get(address)
    assert mails.get().state == "failed"
    for _time in range(2):
        assert desk.post(address)["Location"] == address
    waiting = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert ("sedang dihitung ulang" in waiting, mails.get().state) == (True, "failed")
    assert [send_asked() for _tick in range(2)] == [1, 0]
    assert mails.get().state == "pending"
    assert desk.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "1 surel dikirim" in page(desk, address)
    assert recap.number not in page(desk, "/admin/reports/recap/?surel=gagal")


def test_what_waits_stands_on_the_desk(desk, recap):
    now = timezone.now()
    common = {"edition": recap.editions.get(), "cutoff": now, "since": now, "tried_at": now}
    IssueProblem.objects.create(**common, reason="Tabel day tidak sama dengan jumlahnya")
    assert "Rekap jatuh tempo yang belum terbit" in page(desk, "/admin/")
    assert "Tabel day" in page(desk, "/admin/reports/issueproblem/")


def test_a_recap_that_cannot_be_printed_stands_on_the_desk_until_it_can(desk, recap, monkeypatch):
    revision = seal_at(recap.editions.get(), 2020, 11, 20, 13, recorded=timezone.now())

    def broken(*_args):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("reports.dispatch.document_of", broken)
        for _tick in range(2):
            assert send_waiting() == 0
    problem = IssueProblem.objects.get()
    assert (problem.recap, problem.tries, problem.reason) == (revision, 2, "OSError: no space left")
    assert "Rekap jatuh tempo yang belum terbit" in page(desk, "/admin/")
    shown = page(desk, "/admin/reports/issueproblem/")
    assert f"Kirim {revision.number}" in shown
    assert "no space left" in shown
    forget_unsealed(except_of=[])  # what waits for its mail is no business of the sealing
    assert IssueProblem.objects.exists()
    assert send_waiting() == 1
    assert not IssueProblem.objects.exists()


def test_a_problem_goes_with_its_recap(desk, finance, recap):
    note_unsent(recap, OSError("no space left"))
    withdraw(recap, by=finance, reason="keliru")
    send_waiting()
    assert not IssueProblem.objects.exists()


def test_a_mail_that_is_on_its_way_for_long_has_not_reached_its_reader(desk, recap):
    mails = OutgoingMail.objects.filter(to="kadin@contoh.test")
    mails.update(state="pending", error="timed out")
    assert recap.number not in page(desk, "/admin/reports/recap/?surel=gagal")
    with append_only_lifted(connection):
        Delivery.objects.update(queued_at=timezone.now() - dt.timedelta(minutes=31))
    assert recap.number in page(desk, "/admin/reports/recap/?surel=gagal")
    mails.update(state="sent")
    assert recap.number not in page(desk, "/admin/reports/recap/?surel=gagal")


def test_a_broken_seal_is_found_by_the_daily_walk_and_told_once(desk, finance, recap):
    assert walk_when_due().is_sound
    assert walk_when_due() is None
    assert "semuanya utuh" in page(desk, "/admin/reports/recap/")
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 1000000")
    check = walk_when_due(timezone.now() + dt.timedelta(days=2))
    assert recap.number in [finding["number"] for finding in check.findings]
    alarms = OutgoingMail.objects.filter(key__startswith="seal-check:")
    assert [alarm.to for alarm in alarms] == [finance.email]
    assert desk.post("/admin/reports/sealcheck/sekarang/").status_code == 302
    assert "Sedang diperiksa" in page(desk, "/admin/reports/sealcheck/")
    go_on(seconds=60)
    assert SealCheck.objects.first().by == finance
    assert alarms.count() == 1
    assert "tidak cocok" in page(desk, "/admin/reports/recap/")
    assert recap.number in page(desk, f"/admin/reports/sealcheck/{SealCheck.objects.first().pk}/change/")


def test_the_page_shows_how_far_a_walk_has_come(desk, recap):
    """And fetches itself until it is over; without JavaScript its address shows the same."""
    progress = "/admin/reports/sealcheck/jalannya/"
    desk.post("/admin/reports/sealcheck/sekarang/")

    def step() -> str:
        assert go_on(seconds=-1) is None
        return desk.get(progress, headers={"HX-Request": "true"}).content.decode()

    shown = step()
    assert "catatan demi catatan" in shown
    while "1 dari 1 rekap" not in shown:
        shown = step()
    assert f'hx-get="{progress}"' in page(desk, "/admin/reports/sealcheck/")
    assert "Periksa semua segel sekarang" not in page(desk, "/admin/reports/sealcheck/")
    assert desk.get(progress)["Location"] == "/admin/reports/sealcheck/"
    assert go_on(seconds=60).is_sound
    assert desk.get(progress, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert progress not in page(desk, "/admin/reports/sealcheck/")


@pytest.mark.parametrize("name", ["curator", "operator", "official"])
def test_others_set_nothing(request, as_user, recap, name):
    client = as_user(request.getfixturevalue(name))
    sending = reverse("admin:reports_recap_sending", args=[recap.pk])
    for address in (ADD, sending, "/admin/reports/sealcheck/sekarang/"):
        assert client.post(address, {"reason": "x"}).status_code in (302, 403)
    assert client.get("/admin/reports/sealcheck/jalannya/").status_code in (302, 403)
    assert not any(model.objects.exists() for model in (ExtraCutoff, SealCheck, SealWalk, Sending))


def test_recipients_are_managed_by_staff_and_known_once(as_user, operator, recap):
    client, edition = as_user(operator), recap.editions.get()
    form = {"edition": edition.pk, "name": "Sekda", "email": "Sekda@Contoh.test", "language": "id", "is_active": "on"}
    assert client.post("/admin/expo/recipient/add/", form).status_code == 302
    assert Recipient.objects.get(name="Sekda").email == "sekda@contoh.test"
    assert client.post("/admin/expo/recipient/add/", form).status_code == 200
    assert Recipient.objects.count() == 2
