"""Views of the lobby's stage: each view of the lobby is one of each booth that it showed."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.utils import timezone

from catalog.stage import SLOT_SECONDS, lineup, slot_at
from tests.cast import person
from tests.catalog.street import Street
from visits.domain.flush import flush_visits
from visits.figures import stage_figure
from visits.models import StageDay
from visits.shares import shares

pytestmark = pytest.mark.django_db
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"}


def see(client, slot, times=1, **headers):
    for number in range(times):
        client.get(f"/kunjungan.gif?e=uvo&h=lobby&s={slot}", REMOTE_ADDR=f"36.80.1.{number}", **{**PHONE, **headers})


def test_lobby_counts_the_booths_that_it_shows(client):
    Street(booths=9, products=1)
    html = client.get("/").content.decode()
    pixel = re.search(r'class="pixel" src="([^"]*)"', html)[1].replace("&amp;", "&")
    slot = int(re.search(r"[?&]s=(\d+)", pixel)[1])
    for _time in range(3):
        client.get(pixel, **PHONE)
    flush_visits()
    assert dict(StageDay.objects.values_list("booth", "views")) == dict.fromkeys(lineup(slot), 3)
    client.get(pixel, **PHONE)
    flush_visits()
    assert set(StageDay.objects.values_list("views", flat=True)) == {4}


def test_bots_other_pages_and_made_up_slots_count_nothing(client):
    Street(booths=2)
    now = slot_at(timezone.now())
    see(client, now, HTTP_USER_AGENT="Googlebot/2.1")
    client.get(f"/kunjungan.gif?e=uvo&h=search&s={now}", **PHONE)
    for slot in (now + 5, now - 10**5, "x", "-1", "9" * 30):
        see(client, slot)
    flush_visits()
    assert not StageDay.objects.exists()


def test_shares_are_told_beside_the_fair_part(client, as_user, curator):
    street = Street(booths=12)
    now = slot_at(timezone.now())
    seen = Counter()
    for back in range(10):
        see(client, now - back, times=back % 3 + 1)
        seen.update(dict.fromkeys(lineup(now - back), back % 3 + 1))
    flush_visits()
    today = timezone.localdate()
    found, total = shares(today - dt.timedelta(days=1), today)
    assert {share.booth.pk: share.views for share in found} == seen
    assert total == sum(seen.values())
    assert abs(sum(share.share_bp for share in found) - 10_000) <= 12
    assert abs(sum(share.fair for share in found) - total) <= 12
    exhibitor = street.booths[0].exhibitor
    figure = stage_figure(exhibitor)
    assert figure.value == str(seen[street.booths[0].pk])
    assert "8,33%" in str(figure.note)
    as_user(curator)
    html = client.get("/admin/visits/stageday/?hari=7").content.decode()
    assert all(booth.exhibitor.name in html for booth in street.booths)
    assert SLOT_SECONDS == 60


def test_shares_are_for_staff(client):
    client.force_login(person("siapa"))
    assert client.get("/admin/visits/stageday/").status_code in (302, 403)
