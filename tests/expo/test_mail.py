from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone

from expo import delivery
from expo.mail import QueueBackend, queue_mail, render
from expo.models import MailState, OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_template(settings, tmp_path):
    folder = tmp_path / "templates/tests/mail"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text(
        "{% load i18n %}Subject: {% translate 'Kirim' %}\n  untuk {{ name }}\n\nHalo {{ name }}.\n{{ SITE_URL }}\n"
    )
    (folder / "silent.txt").write_text("Tanpa perihal\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates", *settings.TEMPLATES[0]["DIRS"]]}]


def send(key="hello:1", **changes):
    values = {"to": "ibu@example.org", "template": "tests/mail/hello", "context": {"name": "Rasa & Karsa"}}
    return queue_mail(**values | {"language": "id", "key": key} | changes)


def make_mail(**changes):
    values = {"key": "m:1", "to": "ibu@example.org", "subject": "Halo", "body": "Isi\n"}
    return OutgoingMail.objects.create(**values | changes)


def test_queue_mail_renders_without_escaping(settings):
    row = send()
    assert row.body == f"untuk Rasa & Karsa\n\nHalo Rasa & Karsa.\n{settings.SITE_URL}\n"
    assert (row.subject, row.state) == ("Kirim", MailState.PENDING)


def test_queue_mail_twice_is_one_row():
    assert send() == send(context={"name": "Lain"})
    assert OutgoingMail.objects.count() == 1


def test_queue_mail_tells_a_worker_after_commit(django_capture_on_commit_callbacks):
    with patch("expo.tasks.deliver_mail.delay") as delay, django_capture_on_commit_callbacks(execute=True):
        row = send()
        send()
        assert not delay.called
    delay.assert_called_once_with(row.pk)


@pytest.mark.django_db(transaction=True)
def test_queue_mail_survives_a_broken_queue():
    with patch("expo.tasks.deliver_mail.delay", side_effect=ConnectionError):
        send()
    assert delivery.deliver_pending() == 1


@pytest.mark.django_db(transaction=True)
def test_queue_mail_rolls_back_with_its_transaction():
    with patch("expo.tasks.deliver_mail.delay") as delay, transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert not delay.called
    assert not OutgoingMail.objects.exists()


def test_template_without_subject_is_refused():
    with pytest.raises(ValueError, match="Subject"):
        render("tests/mail/silent", {}, "id")


def test_deliver_sends_once():
    row = make_mail()
    assert delivery.deliver(row.pk) is True
    assert delivery.deliver(row.pk) is False
    row.refresh_from_db()
    assert (row.state, row.attempts, row.sent_at is not None) == (MailState.SENT, 1, True)
    assert [message.to for message in django_mail.outbox] == [["ibu@example.org"]]


def test_deliver_attaches_private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    (tmp_path / "rekap.pdf").write_bytes(b"%PDF")
    row = make_mail(attachments=[{"path": "rekap.pdf", "name": "Rekap.pdf", "type": "application/pdf"}])
    delivery.deliver(row.pk)
    assert django_mail.outbox[0].attachments[0].filename == "Rekap.pdf"


@pytest.mark.parametrize("path", ["../rahasia", "/etc/passwd", "hilang.pdf"])
def test_deliver_refuses_other_files(path):
    row = make_mail(attachments=[{"path": path, "name": "x", "type": "text/plain"}])
    delivery.deliver(row.pk)
    row.refresh_from_db()
    assert row.state == MailState.FAILED
    assert not django_mail.outbox


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPServerDisconnected("gone"), MailState.PENDING),
        (SMTPDataError(451, b"later"), MailState.PENDING),
        (SMTPDataError(550, b"no"), MailState.FAILED),
        (SMTPRecipientsRefused({"ibu@example.org": (450, b"later")}), MailState.PENDING),
        (SMTPRecipientsRefused({"ibu@example.org": (550, b"no")}), MailState.FAILED),
    ],
)
def test_errors_are_tried_again_or_final(error, state):
    row = make_mail()
    with patch("django.core.mail.EmailMessage.send", side_effect=error):
        assert delivery.deliver(row.pk) is False
    row.refresh_from_db()
    assert row.state == state
    assert type(error).__name__ in row.error
    assert (row.next_attempt_at is not None) == (state == MailState.PENDING)


def test_attempts_wait_and_end():
    row = make_mail(attempts=len(delivery.PAUSES))
    with patch("django.core.mail.EmailMessage.send", side_effect=OSError("down")):
        delivery.deliver(row.pk)
    row.refresh_from_db()
    assert row.state == MailState.FAILED


def test_pending_skips_rows_that_wait_and_takes_abandoned_claims():
    now = timezone.now()
    make_mail(key="waits", next_attempt_at=now + timedelta(minutes=5))
    make_mail(key="claimed", state=MailState.SENDING, next_attempt_at=now + timedelta(minutes=5))
    make_mail(key="abandoned", state=MailState.SENDING, next_attempt_at=now - timedelta(minutes=1))
    make_mail(key="new")
    assert delivery.deliver_pending() == 2
    assert set(OutgoingMail.objects.filter(state=MailState.SENT).values_list("key", flat=True)) == {
        "abandoned",
        "new",
    }


def test_message_id_is_the_same_for_every_attempt():
    row = make_mail()
    delivery.claim(row.pk)
    assert delivery.message_id(row) == delivery.message_id(OutgoingMail.objects.get(pk=row.pk))


def test_message_id_of_a_mail_that_is_sent_anew_is_another():
    row = make_mail(state=MailState.BOUNCED)
    assert delivery.try_again(OutgoingMail.objects.all()) == 1
    assert delivery.message_id(row) != delivery.message_id(OutgoingMail.objects.get(pk=row.pk))


def test_message_id_cannot_be_made_without_the_key(settings):
    row = make_mail()
    ours = delivery.message_id(row)
    settings.SECRET_KEY = "another key " * 5
    assert delivery.message_id(row) != ours


def test_django_mail_goes_through_the_queue():
    message = django_mail.EmailMessage("Masuk", "Isi", to=["a@example.org"], bcc=["b@example.org"])
    assert QueueBackend().send_messages([message]) == 1
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"a@example.org", "b@example.org"}


@pytest.mark.django_db(transaction=True)
def test_real_workers_send_each_mail_once(celery_worker_process):
    from expo.tasks import deliver_mail, deliver_pending_mail

    rows = [make_mail(key=f"m:{number}") for number in range(12)]
    for row in rows:
        deliver_mail.delay(row.pk)
        deliver_mail.delay(row.pk)
    worker = celery_worker_process()
    for _ in range(3):
        deliver_pending_mail.delay()

    assert delivery_done(12)
    text = "".join(path.read_text() for path in worker.mails.iterdir())
    assert text.count("Message-ID") == 12
    assert OutgoingMail.objects.filter(attempts=1).count() == 12


def delivery_done(count):
    from expo.runtime.children import wait_until

    return wait_until(lambda: OutgoingMail.objects.filter(state=MailState.SENT).count() == count, 60)


def test_failed_mail_is_counted_and_tried_again():
    make_mail()
    failed = make_mail(key="m:2", state=MailState.FAILED, attempts=8)
    assert delivery.undelivered() == (1, failed.created_at)
    assert delivery.try_again(OutgoingMail.objects.all()) == 1
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (MailState.PENDING, 0)
    assert delivery.undelivered() == (0, None)
