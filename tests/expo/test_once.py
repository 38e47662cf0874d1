"""Mails that must not arrive twice, through a real connection that breaks and a worker that is killed."""

import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from expo import delivery
from expo.bounces import Report, record_report
from expo.errors import DomainError
from expo.models import MailEvent, MailState, OutgoingMail
from expo.uncertain import assume_sent, send_again
from tests.cast import person
from tests.smtp import smtp_peer

pytestmark = pytest.mark.django_db
KILLED = """
import sys
import django
from django.conf import settings
django.setup()
settings.DELIVERY = {"backend": "expo.smtp.Backend", "host": "127.0.0.1", "port": int(sys.argv[1])}
from expo.delivery import deliver
deliver(int(sys.argv[2]))
"""


@pytest.fixture
def peer(settings):
    with smtp_peer() as peer:
        settings.DELIVERY = peer.delivery
        yield peer


def make_mail(**changes):
    values = {"key": "m:1", "to": "kadin@contoh.test", "subject": "Rekap", "body": "Isi\n.titik\n", "once": True}
    return OutgoingMail.objects.create(**values | changes)


def state_of(mail) -> str:
    mail.refresh_from_db()
    return mail.state


def later() -> None:
    """The next tick, after every pause and claim has ended."""
    OutgoingMail.objects.exclude(next_attempt_at=None).update(next_attempt_at=timezone.now())
    delivery.deliver_pending()


def test_a_mail_goes_whole_and_once(peer):
    mail = make_mail()
    assert delivery.deliver(mail.pk)
    later()
    (taken,) = peer.taken
    message = message_from_bytes(taken)
    assert message["Message-ID"] == delivery.message_id(mail)
    assert message.get_payload() == "Isi\r\n.titik\r\n"
    assert state_of(mail) == MailState.SENT
    assert mail.handed_over_at <= mail.sent_at


@pytest.mark.parametrize("moment", ["mail", "rcpt", "data"])
def test_what_breaks_before_its_end_is_tried_again(peer, moment):
    mail, peer.drop_at = make_mail(), moment
    assert not delivery.deliver(mail.pk)
    assert (state_of(mail), peer.taken) == (MailState.PENDING, [])
    peer.drop_at = ""
    later()
    assert (state_of(mail), len(peer.taken)) == (MailState.SENT, 1)


@pytest.mark.parametrize(("answer", "state"), [(b"451 later\r\n", "pending"), (b"554 no\r\n", "failed")])
def test_what_the_server_refuses_has_not_arrived(peer, answer, state):
    mail, peer.answer = make_mail(), answer
    delivery.deliver(mail.pk)
    assert (state_of(mail), mail.handed_over_at) == (state, None)


def drop(peer):
    peer.drop_at = "end"


def garble(peer):
    peer.answer = b"what?\r\n"


def think(peer):
    peer.on_end = lambda: __import__("time").sleep(1)


@pytest.mark.parametrize("fault", [drop, garble, think])
def test_a_mail_whose_answer_nobody_read_is_left_to_staff(peer, fault):
    mail = make_mail()
    fault(peer)
    with patch("expo.smtp.ANSWER_WITHIN", 0.3):
        delivery.deliver(mail.pk)
    later()
    later()
    assert (state_of(mail), len(peer.taken)) == (MailState.UNCERTAIN, 1)
    assert mail.handed_over_at
    assert mail.error
    assert delivery.undelivered() == (1, mail.created_at)
    assert delivery.try_again(OutgoingMail.objects.all()) == 0


def test_another_mail_goes_again_with_the_same_id(peer):
    mail, peer.drop_at = make_mail(once=False), "end"
    delivery.deliver(mail.pk)
    assert (state_of(mail), mail.handed_over_at is not None) == (MailState.PENDING, True)
    peer.drop_at = ""
    later()
    assert state_of(mail) == MailState.SENT
    first, second = (message_from_bytes(taken)["Message-ID"] for taken in peer.taken)
    assert first == second


def test_a_goodbye_that_fails_changes_nothing(peer):
    mail, peer.drop_at = make_mail(), "quit"
    assert delivery.deliver(mail.pk)
    assert state_of(mail) == MailState.SENT


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"attempts": 2}, {"round": 1, "state": "pending"}])
def test_a_sender_that_slept_sends_nothing(peer, change):
    """Cancelled, claimed by another worker, or begun anew while it was on its way to the end of the message."""
    mail = make_mail()
    handing = delivery.HandOver.__call__

    def slow(self):
        OutgoingMail.objects.update(**change)
        handing(self)

    with patch.object(delivery.HandOver, "__call__", slow):
        assert not delivery.deliver(mail.pk)
    assert (peer.begun, peer.taken) == (1, [])
    assert (state_of(mail), mail.handed_over_at) == (change.get("state", "sending"), None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("once", [True, False])
def test_a_worker_killed_when_the_server_has_it(peer, process_environment, once):
    mail = make_mail(once=once)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(peer.port), str(mail.pk)],
        cwd=Path(__file__).parents[2],
        env=process_environment,
    )
    peer.on_end = child.kill
    assert child.wait(60) == -9
    assert (state_of(mail), len(peer.taken)) == (MailState.HANDED, 1)
    assert delivery.deliver_pending() == 0  # its claim holds
    peer.on_end = lambda: None
    later()
    later()
    assert (state_of(mail), len(peer.taken)) == ((MailState.UNCERTAIN, 1) if once else (MailState.SENT, 2))


@pytest.fixture
def uncertain(peer):
    mail, peer.drop_at = make_mail(), "end"
    delivery.deliver(mail.pk)
    peer.drop_at = ""
    assert state_of(mail) == MailState.UNCERTAIN
    return mail


def test_staff_send_it_again_with_a_reason(peer, uncertain):
    staff = person("Petugas")
    with pytest.raises(DomainError):
        send_again(OutgoingMail.objects.all(), by=staff, reason=" ")
    assert send_again(OutgoingMail.objects.all(), by=staff, reason="Ditelepon: belum ada") == 1
    assert send_again(OutgoingMail.objects.all(), by=staff, reason="Dua kali ditekan") == 0
    later()
    assert (state_of(uncertain), len(peer.taken)) == (MailState.SENT, 2)
    event = uncertain.events.get()
    assert (event.what, event.by, event.reason) == ("again", staff, "Ditelepon: belum ada")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MailEvent.objects.update(reason="")


def test_staff_take_it_for_sent(peer, uncertain):
    assert assume_sent(OutgoingMail.objects.all(), by=person("Petugas"), reason="Sudah diterima") == 1
    later()
    assert (state_of(uncertain), len(peer.taken)) == (MailState.SENT, 1)
    assert uncertain.sent_at == uncertain.handed_over_at
    assert uncertain.events.get().what == "assumed"


@pytest.mark.parametrize(
    ("failed", "state", "what"), [(False, MailState.SENT, "taken"), (True, MailState.BOUNCED, "returned")]
)
def test_a_report_settles_it(uncertain, failed, state, what):
    report = Report(uncertain.to, "smtp; 250", delivery.message_id(uncertain), failed)
    assert record_report(report) == uncertain
    assert (state_of(uncertain), uncertain.events.get().what) == (state, what)
    assert (uncertain.handed_over_at is None) == failed


def test_an_answer_that_comes_after_all_settles_it(peer):
    """The worker was slow, not dead: its claim has ended meanwhile, and the mail counts as uncertain."""
    mail = make_mail()

    def slow():
        OutgoingMail.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=1))
        delivery.give_up_unanswered()

    with patch("smtplib.SMTP.getreply", autospec=True, side_effect=delayed_by(slow)):
        assert delivery.deliver(mail.pk)
    assert state_of(mail) == MailState.SENT


def delayed_by(slow):
    from smtplib import SMTP

    read = SMTP.getreply

    def getreply(self):
        if OutgoingMail.objects.filter(state=MailState.HANDED).exists():
            slow()
            assert OutgoingMail.objects.get().state == MailState.UNCERTAIN
        return read(self)

    return getreply
