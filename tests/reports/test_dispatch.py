"""Recaps reach each of their readers once, whoever sends them and whatever went wrong before."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from expo.bounces import read_report, record_report
from expo.delivery import HandOver, TakenBackError, claim, deliver_pending, mark_unsent, message_id, try_again
from expo.mail import queue_mail
from expo.models import OutgoingMail, Recipient
from expo.uncertain import send_again
from reports.desk import undelivered, undelivered_recaps
from reports.dispatch import send_to_missing, send_waiting
from reports.errors import RecapError
from reports.models import Delivery, RecapEvent
from reports.seal import withdraw
from tests.factories import wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]


@pytest.fixture
def edition(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    Recipient.objects.create(edition=edition, email="consul@contoh.test", language="en")
    return edition


@pytest.fixture
def recap(edition):
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    assert send_waiting() == 2
    return recap


def states():
    return dict(OutgoingMail.objects.values_list("to", "state"))


def mark(address, state):
    OutgoingMail.objects.filter(to=address).update(state=state)


def test_each_reader_gets_sentence_and_paper_in_their_language(recap):
    bodies = dict(OutgoingMail.objects.values_list("to", "body"))
    assert "Omzet UKM Virtual Expo II Rp1,6 juta (Rp1.650.000) s.d. Jumat" in bodies["kadin@contoh.test"]
    assert "Rp1.6 million (Rp1,650,000) up to Friday" in bodies["consul@contoh.test"]
    papers = [mail.attachments[0]["path"] for mail in OutgoingMail.objects.all()]
    assert len(set(papers)) == 2


def test_only_whom_it_has_not_reached_is_sent_it_again(recap, edition, finance):
    mark("kadin@contoh.test", "failed")
    mark("consul@contoh.test", "sent")
    Recipient.objects.create(edition=edition, email="baru@contoh.test")
    assert send_to_missing(recap, by=finance) == 2
    assert states() == {"kadin@contoh.test": "pending", "consul@contoh.test": "sent", "baru@contoh.test": "pending"}
    assert send_to_missing(recap, by=finance) == 0
    assert OutgoingMail.objects.count() == 3
    assert Delivery.objects.get(address="baru@contoh.test").queued_by == finance
    assert RecapEvent.objects.get().what == "sent"


def test_a_mended_address_gets_it_and_the_broken_one_does_not(recap, edition, finance):
    mark("kadin@contoh.test", "bounced")
    mark("consul@contoh.test", "sent")
    Recipient.objects.filter(email="kadin@contoh.test").update(email="kadis@contoh.test")
    assert send_to_missing(recap, by=finance) == 1
    assert states()["kadin@contoh.test"] == "bounced"
    assert states()["kadis@contoh.test"] == "pending"


def test_the_database_takes_one_delivery_for_an_address(recap):
    delivery = Delivery.objects.first()
    other = OutgoingMail.objects.create(key="x", to="x@contoh.test", subject="x", body="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(recap=recap, address=delivery.address, mail=other)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(address="lain@contoh.test")


def test_a_recap_sealed_by_hand_is_sent_when_staff_say_so(edition, finance):
    recap = seal_at(edition, 2020, 11, 20, 12)
    assert send_waiting() == 0
    assert send_to_missing(recap, by=finance) == 2
    assert send_to_missing(recap, by=finance) == 0


def test_who_was_sent_a_withdrawn_recap_is_told_and_nobody_gets_it_any_more(recap, finance):
    mark("kadin@contoh.test", "sent")
    mark("consul@contoh.test", "failed")
    withdraw(recap, by=finance, reason="Salah pameran")
    told = OutgoingMail.objects.get(key__startswith="recap-withdrawn:")
    assert told.to == "kadin@contoh.test"
    assert "Salah pameran" in told.body
    with pytest.raises(RecapError):
        send_to_missing(recap, by=finance)


@pytest.mark.parametrize("state", ["pending", "failed", "bounced"])
def test_a_withdrawn_recap_is_mailed_to_nobody_any_more(recap, as_user, finance, state):
    OutgoingMail.objects.update(state=state)
    withdraw(recap, by=finance, reason="Salah pameran")
    assert set(states().values()) == {"cancelled"}
    finance.is_superuser = finance.is_staff = True
    finance.save()
    mails = {"action": "send_again", "_selected_action": list(OutgoingMail.objects.values_list("pk", flat=True))}
    assert as_user(finance).post("/admin/expo/outgoingmail/", mails).status_code == 302
    assert deliver_pending() == 0
    assert not OutgoingMail.objects.filter(key__startswith="recap-withdrawn:").exists()


def leaving(address):
    """A mail that a sender has claimed."""
    mail = OutgoingMail.objects.get(to=address)
    assert claim(mail.pk)
    mail.refresh_from_db()
    return mail


def test_what_has_not_been_handed_over_when_it_is_withdrawn_never_leaves(recap, finance):
    mail = leaving("kadin@contoh.test")
    withdraw(recap, by=finance, reason="Salah pameran")
    with pytest.raises(TakenBackError):
        HandOver(mail)()
    mail.refresh_from_db()
    assert (mail.state, mail.handed_over_at) == ("cancelled", None)
    assert not OutgoingMail.objects.filter(key__startswith="recap-withdrawn:").exists()


def test_what_is_just_leaving_when_it_is_withdrawn_is_not_tried_again(recap, finance):
    mail = leaving("kadin@contoh.test")
    HandOver(mail)()
    withdraw(recap, by=finance, reason="Salah pameran")
    mark_unsent(mail, OSError("connection lost"), handed_over=True)
    mail.refresh_from_db()
    assert mail.state == "cancelled"
    told = OutgoingMail.objects.get(key__startswith="recap-withdrawn:")
    assert (told.to, told.once) == (mail.to, True)


def test_what_comes_back_after_the_withdrawal_is_not_sent_again(recap, finance):
    OutgoingMail.objects.update(state="sent")
    withdraw(recap, by=finance, reason="Salah pameran")
    mails = OutgoingMail.objects.filter(key__startswith="recap:")
    mails.filter(to="kadin@contoh.test").update(state="bounced")
    send_waiting()
    assert try_again(mails) == 0


def test_a_superseded_recap_is_mailed_to_nobody_any_more(recap, edition, finance):
    mark("consul@contoh.test", "sent")
    seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21), by=finance, reason="Nota susulan")
    assert states() == {"kadin@contoh.test": "cancelled", "consul@contoh.test": "sent"}


def sealed_and(edition, state, finance):
    """A scheduled recap whose mail got as far as ``state``, and the revision that staff sealed then."""
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    if state:
        assert send_waiting() == 2
        OutgoingMail.objects.update(state=state)
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21), by=finance, reason="Nota susulan")
    return recap, revision


@pytest.mark.parametrize("state", ["", "pending", "sending", "sent", "failed", "bounced"])
def test_a_revision_of_a_scheduled_recap_reaches_its_readers_by_itself(edition, finance, state):
    """However far the mail of the recap before it had got: killed before it was queued, waiting, or arrived."""
    recap, revision = sealed_and(edition, state, finance)
    assert send_waiting() == 2
    assert send_waiting() == 0
    assert send_to_missing(revision, by=finance) == 0
    mails = OutgoingMail.objects.filter(key__startswith=f"recap:{revision.pk}:")
    assert sorted(mail.to for mail in mails) == ["consul@contoh.test", "kadin@contoh.test"]
    assert f"menggantikan {recap.number}" in mails.get(language="id").body
    assert f"supersedes {recap.number}" in mails.get(language="en").body
    left = OutgoingMail.objects.filter(key__startswith=f"recap:{recap.pk}:").values_list("state", flat=True)
    assert set(left) <= {"sent", "cancelled"}


def test_a_sender_killed_between_two_mails_of_a_revision_has_sent_none(edition, finance, monkeypatch):
    _recap, revision = sealed_and(edition, "", finance)
    queued = []

    def dying(**mail):
        if queued:
            raise KeyboardInterrupt
        queued.append(mail["to"])
        return queue_mail(**mail)

    with monkeypatch.context() as patch:
        patch.setattr("reports.dispatch.queue_mail", dying)
        with pytest.raises(KeyboardInterrupt):
            send_waiting()
    assert not OutgoingMail.objects.exists()
    assert send_waiting() == 2
    assert Delivery.objects.filter(recap=revision).count() == 2


def test_what_staff_sent_of_a_revision_is_not_sent_again_by_the_tick(edition, finance):
    _recap, revision = sealed_and(edition, "sent", finance)
    assert send_to_missing(revision, by=finance) == 2
    assert send_waiting() == 0
    assert OutgoingMail.objects.filter(key__startswith=f"recap:{revision.pk}:").count() == 2


def test_a_revision_that_is_withdrawn_before_its_mail_went_out_reaches_nobody(edition, finance):
    _recap, revision = sealed_and(edition, "", finance)
    withdraw(revision, by=finance, reason="keliru")
    assert send_waiting() == 0
    assert not OutgoingMail.objects.exists()


def test_a_revision_says_what_it_replaces_and_why(recap, edition, finance):
    with pytest.raises(RecapError, match="alasannya"):
        seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21), by=finance)
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21), by=finance, reason="Nota susulan")
    assert RecapEvent.objects.get(recap=revision).reason == "Nota susulan"
    send_to_missing(revision, by=finance)
    mail = OutgoingMail.objects.filter(subject__contains=revision.number, language="id").get()
    assert f"menggantikan {recap.number}" in mail.body


REPORT = """\
From: mailer-daemon@contoh.test
To: rekap@contoh.test
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It came back.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; contoh.test

Final-Recipient: rfc822; kadin@contoh.test
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: message/rfc822

To: <kadin@contoh.test>
Message-ID: {message_id}
Subject: Rekap

--b--
"""


@pytest.mark.parametrize(
    ("action", "known", "state"), [("failed", True, "bounced"), ("delayed", True, "sent"), ("failed", False, "sent")]
)
def test_what_comes_back_is_marked_and_can_be_sent_again(recap, finance, action, known, state):
    deliver_pending()
    mail = OutgoingMail.objects.get(to="kadin@contoh.test")
    assert mail.state == "sent"
    told = REPORT.format(action=action, message_id=message_id(mail) if known else "<x@contoh.test>")
    report = read_report(told.encode())
    assert report.failed == (action == "failed")
    assert (record_report(report) is not None) == (state == "bounced")
    mail.refresh_from_db()
    assert mail.state == state
    assert ("no such user" in mail.error) == (state == "bounced")
    assert send_to_missing(recap, by=finance) == (1 if state == "bounced" else 0)


@pytest.fixture
def doubtful(recap):
    """Nobody knows whether it reached the first of its readers."""
    OutgoingMail.objects.update(state="sent", handed_over_at=wib(2020, 11, 20, 13))
    mark("kadin@contoh.test", "uncertain")
    return OutgoingMail.objects.get(to="kadin@contoh.test")


def test_recaps_go_at_most_once_by_themselves(recap):
    assert set(OutgoingMail.objects.values_list("once", flat=True)) == {True}


def test_what_may_have_arrived_is_not_sent_to_those_who_lack_it(recap, doubtful, finance):
    assert send_to_missing(recap, by=finance) == 0
    assert (undelivered_recaps()[0], undelivered().get().mail) == (1, doubtful)


@pytest.mark.parametrize("verb", ["", "again"])
def test_staff_decide_about_it_on_the_recaps_page(recap, doubtful, as_user, finance, verb):
    client, page = as_user(finance), reverse("admin:reports_recap_uncertain", args=[recap.pk])
    own = reverse("admin:reports_recap_change", args=[recap.pk])
    assert page in client.get(own).content.decode()
    shown = client.get(page).content.decode()
    assert "kadin@contoh.test" in shown
    assert "consul@contoh.test" not in shown
    chosen = {"mails": [doubtful.pk], **({"again": "1"} if verb else {})}
    assert "decision__error" in client.post(page, chosen).content.decode()
    assert client.post(page, {**chosen, "reason": "Ditelepon"})["Location"] == own
    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.round) == (("pending", 1) if verb else ("sent", 0))
    event = doubtful.events.get()
    assert (event.what, event.by, event.reason) == (verb or "assumed", finance, "Ditelepon")
    assert "Ditelepon" in client.get(own).content.decode()
    assert client.get(page)["Location"] == own


@pytest.mark.parametrize("name", ["curator", "official", "owner"])
def test_others_do_not_decide_about_it(request, recap, doubtful, as_user, name):
    page = reverse("admin:reports_recap_uncertain", args=[recap.pk])
    answer = as_user(request.getfixturevalue(name)).post(page, {"mails": [doubtful.pk], "reason": "x", "again": "1"})
    assert answer.status_code in (302, 403)
    doubtful.refresh_from_db()
    assert doubtful.state == "uncertain"


@pytest.mark.parametrize("again", [False, True])
def test_who_may_have_a_withdrawn_recap_is_told(recap, doubtful, finance, again):
    if again:
        send_again(OutgoingMail.objects.all(), by=finance, reason="Ditelepon")
    withdraw(recap, by=finance, reason="Salah pameran")
    told = OutgoingMail.objects.filter(key__startswith="recap-withdrawn:")
    assert set(told.values_list("to", flat=True)) == {"kadin@contoh.test", "consul@contoh.test"}
    doubtful.refresh_from_db()
    assert doubtful.state == "cancelled"
