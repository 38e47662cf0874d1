"""Mails that a server hands over as returned, whoever wrote them; tests/reports/test_dispatch.py has what is marked."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from expo.delivery import deliver, message_id, try_again
from expo.models import OutgoingMail

pytestmark = pytest.mark.django_db
REPORT = b"""\
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; contoh.test

Final-Recipient: rfc822; ibu@contoh.test
Action: failed
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers; charset=utf-8

To: <ibu@contoh.test>
Message-ID: %s

--b--
"""


@pytest.fixture
def mail(db):
    mail = OutgoingMail.objects.create(key="m:1", to="ibu@contoh.test", subject="Halo", body="Isi")
    assert deliver(mail.pk)
    return mail


@pytest.fixture
def hand_over(monkeypatch, capsys):
    def hand_over(data: bytes) -> dict:
        stream = io.TextIOWrapper(io.BytesIO(data))
        monkeypatch.setattr(sys, "stdin", stream)
        call_command("mail_bounce", format="json")
        assert not stream.buffer.read(1)
        return json.loads(capsys.readouterr().out)

    return hand_over


def test_a_report_marks_its_mail(mail, hand_over):
    assert hand_over(REPORT % message_id(mail).encode()) == {"report": True, "marked": True}


def test_what_follows_a_long_report_is_dropped(mail, hand_over):
    data = REPORT % message_id(mail).encode() + b"x" * 5_000_000
    assert hand_over(data) == {"report": True, "marked": True}


def test_a_late_report_of_the_first_sending_does_not_mark_the_second(mail, hand_over):
    first = REPORT % message_id(mail).encode()
    assert hand_over(first)["marked"]
    try_again(OutgoingMail.objects.all())
    assert deliver(mail.pk)
    assert not hand_over(first)["marked"]


@pytest.mark.parametrize(
    ("well", "ill"),
    [
        (b"charset=utf-8", b"charset=x-nothing"),
        (b"<ibu@", b"<ib\0u@"),
        (b"<ibu@", b"<\xff\xed\xa0\x80@"),
        (b"no such user", b"no \0 such \xff user"),
        (b"To: <ibu@contoh.test>", b"To: =?x-nothing?q?=ff?= <ibu@"),
        (b"text/rfc822-headers", b"message/rfc822"),
        (b'boundary="b"', b'boundary="b'),
        (b"Message-ID: <", b"Message-ID: [<\0"),
    ],
)
def test_no_crafted_report_breaks_the_command(mail, hand_over, well, ill):
    data = REPORT % message_id(mail).encode()
    assert well in data
    assert set(hand_over(data.replace(well, ill))) == {"report", "marked"}
