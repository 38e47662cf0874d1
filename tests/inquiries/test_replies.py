"""The time in which a booth answers, as its median."""

import datetime as dt

import pytest
from django.utils import timezone

from inquiries.product_page import reply_text
from inquiries.replies import kept_reply_time, reply_times
from tests.factories import make_exhibitor
from tests.inquiries.test_inbox import make_inquiry

pytestmark = pytest.mark.django_db


def asked(exhibitor, *, hours_ago, after=None, **fields):
    sent = timezone.now() - dt.timedelta(hours=hours_ago)
    answered = {"state": "answered", "answered_at": sent + dt.timedelta(minutes=after)} if after is not None else {}
    return make_inquiry(exhibitor, sent_at=sent, **{**answered, **fields})


def test_median_of_what_counts(django_assert_num_queries):
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
    with django_assert_num_queries(1):
        found = reply_times([quick.pk, slow.pk, mute.pk, new.pk])
    assert found == {quick.pk: dt.timedelta(minutes=20), slow.pk: dt.timedelta(minutes=600)}


def test_kept_for_a_while(django_assert_num_queries):
    exhibitor = make_exhibitor()
    assert kept_reply_time(exhibitor.pk) is None
    with django_assert_num_queries(0):
        assert kept_reply_time(exhibitor.pk) is None


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
