"""The time in which a booth answers, as its median."""

import datetime as dt

import pytest
from django.utils import timezone

from inquiries.product_page import reply_text
from inquiries.replies import reply_time
from tests.factories import make_exhibitor
from tests.inquiries.test_inbox import make_inquiry

pytestmark = pytest.mark.django_db


def asked(exhibitor, *, hours_ago, after=None, **fields):
    sent = timezone.now() - dt.timedelta(hours=hours_ago)
    answered = {"state": "answered", "answered_at": sent + dt.timedelta(minutes=after)} if after is not None else {}
    return make_inquiry(exhibitor, sent_at=sent, **{**answered, **fields})


def test_median_of_what_counts():
    quick, slow, mute, new = (make_exhibitor() for _ in range(4))
    for after in (10, 20, 3000):
        asked(quick, hours_ago=100, after=after)
    asked(quick, hours_ago=1)  # still young
    asked(quick, hours_ago=100, after=1, state="spam")
    asked(quick, hours_ago=100, after=1, imported=True)
    asked(quick, hours_ago=24 * 200, after=1)
    for after in (60, 600, 660):
        asked(slow, hours_ago=90, after=after)
    for after in (1, 1, 1, None, None, None, None):
        asked(mute, hours_ago=48, after=after)
    asked(new, hours_ago=48, after=1)
    assert [reply_time(each.pk) for each in (quick, slow, mute, new)] == [
        dt.timedelta(minutes=20), dt.timedelta(minutes=600), None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (3, "biasanya dalam satu jam"),
        (61, "biasanya dalam 2 jam"),
        (60 * 24, "biasanya dalam 24 jam"),
        (60 * 25, "biasanya dalam 2 hari"),
    ],
)
def test_words(minutes, text):
    assert reply_text(dt.timedelta(minutes=minutes)) == text
