"""Staff learn that nobody serves a queue."""

import datetime as dt
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.watch import tell_of_silence
from expo import ticks
from expo.models import OutgoingMail
from expo.queues import COUNTING
from expo.store import redis_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def silence():
    """Nobody has counted for an hour, and quick tasks go on."""
    redis_client().hset(ticks.KEY, "ended:reports.tasks.check_seals", repr(time.time() - 3600))
    redis_client().hset(ticks.KEY, "ended:visits.tasks.flush_visits", repr(time.time()))


def test_the_start_page_tells_what_stands_still(client, curator, silence):
    client.force_login(curator)
    text = client.get(reverse("admin:index")).content.decode()
    assert "hitung ulang dan pengiriman rekap" in text
    assert "penyegelan rekap" not in text
    redis_client().hset(ticks.KEY, "ended:reports.tasks.check_seals", repr(time.time()))
    assert "desk__silent" not in client.get(reverse("admin:index")).content.decode()


def test_who_answers_for_the_figures_is_told_once_a_day(silence, curator, finance):
    now = timezone.now()
    assert (tell_of_silence(now), tell_of_silence(now)) == (1, 1)
    mail = OutgoingMail.objects.get()
    assert mail.to == finance.email
    assert f"“{COUNTING}”" in mail.body
    tell_of_silence(now + dt.timedelta(days=1))
    assert OutgoingMail.objects.count() == 2


def test_nobody_is_told_while_all_is_served():
    for task in ("reports.tasks.check_seals", "visits.tasks.flush_visits"):
        redis_client().hset(ticks.KEY, f"ended:{task}", repr(time.time()))
    assert tell_of_silence(timezone.now()) == 0
