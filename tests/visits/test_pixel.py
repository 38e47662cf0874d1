import datetime as dt

import pytest

from expo.store import redis_client
from tests.factories import make_booth, make_edition, wib
from visits.domain import flush
from visits.domain.sketches import unique
from visits.models import BoothVisitHour, Salt, VisitHour

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"
NOON = wib(2020, 11, 18, 12)


@pytest.fixture
def booth():
    return make_booth(edition=make_edition(slug="uvo-2"))


@pytest.fixture
def see(client, monkeypatch):
    """Look at a page at a moment; returns the pixel's response."""

    def look(kind="lobby", booth="", at=NOON, address="36.80.1.2", browser=PHONE, edition="uvo-2", **headers):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)
        address_of_pixel = f"/kunjungan.gif?e={edition}&h={kind}&b={booth}"
        return client.get(address_of_pixel, REMOTE_ADDR=address, HTTP_USER_AGENT=browser, **headers)

    return look


def counted():
    flush.flush_visits()
    names = ("visits", "page_views", "booth_visits", "bots", "staff")
    rows = VisitHour.objects.order_by("hour").values_list(*names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def minutes(number):
    return NOON + dt.timedelta(minutes=number)


def test_answers_with_a_picture_nobody_keeps(see, booth, client):
    response = see()
    assert (response.status_code, response["Content-Type"]) == (200, "image/gif")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_counts_under_the_english_address_too(client, booth, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    assert client.get("/en/kunjungan.gif?e=uvo-2&h=lobby", HTTP_USER_AGENT=PHONE).status_code == 200
    assert counted()[0]["visits"] == 1


def test_a_visit_ends_after_thirty_minutes_without_activity(see, booth):
    for minute in (0, 29, 58):
        see(at=minutes(minute))
    assert counted()[0] == {"visits": 1, "page_views": 3, "booth_visits": 0, "bots": 0, "staff": 0}


def test_another_address_or_browser_is_another_visitor(see, booth):
    see()
    see(address="36.80.1.3")
    see(browser=PHONE.replace("SM-A107F", "Redmi 8"))
    assert counted()[0]["visits"] == 3


def test_booth_and_product_pages_are_one_visit_to_the_booth(see, booth):
    see("booth", booth.pk)
    see("product", booth.pk)
    see("lobby")
    assert counted()[0] == {"visits": 1, "page_views": 3, "booth_visits": 1, "bots": 0, "staff": 0}
    assert BoothVisitHour.objects.get().visits == 1


def test_visitors_of_a_booth_are_told_apart_from_its_visits(see, booth):
    """Whoever comes again is the same, also behind a flush; who was in the lobby only was not at the booth."""
    see("booth", booth.pk)
    see("booth", booth.pk, address="36.80.1.3")
    see("lobby", address="36.80.1.4")
    counted()
    row = BoothVisitHour.objects.get()
    assert (row.visits, row.period, unique([row.sketch])) == (2, "run", 2)
    see("product", booth.pk)
    see("product", booth.pk, address="36.80.1.5")
    counted()
    row.refresh_from_db()
    assert (row.visits, unique([row.sketch])) == (3, 3)


def test_who_comes_to_a_booth_while_it_is_flushed_is_kept(see, booth, monkeypatch):
    """Also when its hour is over: a bucket is dropped only as it was added."""
    see("booth", booth.pk)

    def late(held):
        see("booth", booth.pk, address="36.80.1.3")
        return drop(held)

    drop = flush.drop
    monkeypatch.setattr(flush, "drop", late)
    monkeypatch.setattr(flush, "OVER", dt.timedelta(days=-1))
    flush.flush_visits()
    monkeypatch.undo()
    flush.flush_visits()
    row = BoothVisitHour.objects.get()
    assert (row.visits, unique([row.sketch])) == (2, 2)
    assert not redis_client().keys("*sketch*")


def test_bots_and_prefetching_are_counted_apart(see, booth):
    see(browser="Mozilla/5.0 (compatible; Googlebot/2.1)")
    see(HTTP_SEC_PURPOSE="prefetch")
    see(browser="")
    assert counted()[0] == {"visits": 0, "page_views": 0, "booth_visits": 0, "bots": 3, "staff": 0}


@pytest.mark.parametrize("name", ["curator", "official", "owner", "helper"])
def test_people_of_the_house_are_counted_apart(request, see, booth, client, name):
    client.force_login(request.getfixturevalue(name))
    see()
    assert counted()[0] == {"visits": 0, "page_views": 0, "booth_visits": 0, "bots": 0, "staff": 1}


def test_a_shopper_with_an_account_is_a_visitor(see, booth, client, shopper):
    client.force_login(shopper)
    see()
    assert counted()[0] == {"visits": 1, "page_views": 1, "booth_visits": 0, "bots": 0, "staff": 0}


@pytest.mark.parametrize(
    ("counts", "headers"),
    [
        (True, {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_SEC_FETCH_DEST": "image"}),
        (True, {"HTTP_REFERER": "http://testserver/stan/"}),
        (False, {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_DEST": "image"}),
        (False, {"HTTP_SEC_FETCH_SITE": "none", "HTTP_SEC_FETCH_DEST": "document"}),
        (False, {"HTTP_REFERER": "https://ramai.example/"}),
    ],
)
def test_other_sites_bring_no_visitors_with_our_picture(see, booth, counts, headers):
    """A page with many readers that shows the picture, or somebody who opens it again and again, adds nothing."""
    assert see(**headers).status_code == 200
    assert [row["visits"] for row in counted()] == ([1] if counts else [])


@pytest.mark.parametrize(
    ("kind", "booth_id", "edition"),
    [("booth", "999999", "uvo-2"), ("booth", "x", "uvo-2"), ("palace", "", "uvo-2"), ("lobby", "", "uvo-99")],
)
def test_nobody_invents_places(see, booth, kind, booth_id, edition):
    assert see(kind, booth_id, edition=edition).status_code == 404
    assert counted() == []


def test_booths_of_other_editions_are_not_counted(see, booth):
    other = make_booth()
    assert see("booth", other.pk).status_code == 404


def test_outside_the_moments_nothing_counts(see, booth):
    assert see(at=wib(2020, 11, 15, 23, 59)).status_code == 200
    assert counted() == []


def test_hours_are_kept_apart_and_added_to(see, booth):
    see()
    counted()
    see(address="36.80.1.9")
    see(at=minutes(60), address="36.80.1.10")
    assert [row["visits"] for row in counted()] == [2, 1]


def test_counting_writes_nothing_to_the_database(see, booth, django_assert_num_queries):
    see("booth", booth.pk)
    with django_assert_num_queries(0):
        see("booth", booth.pk)


def test_no_personal_data_is_kept(see, booth):
    see("booth", booth.pk)
    kept = [*redis_client().keys(), *VisitHour.objects.values_list("sketch", flat=True)]
    secret = bytes(Salt.objects.get().secret)
    assert all(b"36.80.1.2" not in bytes(key) and b"Android" not in bytes(key) for key in kept)
    assert all(secret.hex().encode() not in key for key in redis_client().scan_iter())
    for key in redis_client().keys("*:seen:*"):
        assert 0 < redis_client().ttl(key) <= 1800


def test_pages_live_without_the_store(see, booth, monkeypatch):
    from redis import ConnectionError as StoreIsGoneError

    def gone(*_, **__):
        raise StoreIsGoneError

    monkeypatch.setattr("visits.views.count_hit", gone)
    assert see().status_code == 200


@pytest.mark.parametrize("method", ["post", "put"])
def test_only_looking_counts(client, booth, method):
    assert getattr(client, method)("/kunjungan.gif?e=uvo-2&h=lobby").status_code == 405


def test_flushing_twice_adds_nothing(see, booth):
    see()
    assert flush.flush_visits() == 1
    assert flush.flush_visits() == 0
    assert counted()[0]["visits"] == 1


def test_killed_before_a_bucket_is_dropped_it_is_not_added_again(see, booth, monkeypatch):
    see("booth", booth.pk)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("visits.domain.flush.drop", killed)
    monkeypatch.setattr(flush, "OVER", dt.timedelta(days=-1))
    with pytest.raises(KeyboardInterrupt):
        flush.flush_visits()
    monkeypatch.undo()
    see("booth", booth.pk, address="36.80.1.3")
    assert counted()[0] == {"visits": 2, "page_views": 2, "booth_visits": 2, "bots": 0, "staff": 0}
    assert BoothVisitHour.objects.get().visits == 2


def test_the_task_flushes(see, booth):
    from visits.tasks import flush_visits

    see()
    flush_visits()
    assert VisitHour.objects.get().visits == 1


def test_one_address_begins_only_so_many_visits_an_hour(see, booth, monkeypatch):
    """Changing its name makes no crowd; who visits already goes on, other addresses and the next hour begin anew."""
    monkeypatch.setattr("visits.domain.counting.MOST_OF_AN_ADDRESS", 2)
    for number in range(5):
        see(at=minutes(number), browser=f"{PHONE} {number}")
    see("booth", booth.pk, at=minutes(6), browser=f"{PHONE} 0")
    see(at=minutes(7), address="36.80.1.3")
    see(at=minutes(61), browser=f"{PHONE} 4")
    shared = {"visits": 3, "page_views": 4, "booth_visits": 1, "bots": 3, "staff": 0}
    assert counted() == [shared, {"visits": 1, "page_views": 1, "booth_visits": 0, "bots": 0, "staff": 0}]


def test_one_line_of_ipv6_is_one_address(see, booth, monkeypatch):
    monkeypatch.setattr("visits.domain.counting.MOST_OF_AN_ADDRESS", 2)
    for number in range(1, 5):
        see(address=f"2001:db8:1:2::{number}")
    see(address="2001:db8:1:3::1")
    assert (counted()[0]["visits"], counted()[0]["bots"]) == (3, 2)
    assert all(0 < redis_client().ttl(key) <= 3600 for key in redis_client().keys("*:address:*"))
