import datetime as dt

import pytest

from tests.factories import wib
from visits.domain.bots import is_bot, is_prefetch
from visits.domain.counting import Moments, visitor_hash

MOMENTS = Moments(1, wib(2020, 10, 20), wib(2020, 10, 27, 21), None)


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (wib(2020, 10, 20), "run"),
        (wib(2020, 10, 27, 23, 59, 59), "run"),
        (wib(2020, 10, 28), "2020-10"),
        (wib(2020, 10, 31, 23, 59, 59), "2020-10"),
        (dt.datetime(2020, 10, 31, 17, tzinfo=dt.UTC), "2020-11"),
    ],
)
def test_periods_of_salts_change_at_midnight_in_wib(moment, period):
    assert MOMENTS.period_at(moment) == period


def test_closing_at_midnight_ends_the_run_there():
    moments = Moments(1, wib(2020, 10, 20), wib(2020, 10, 28), None)
    assert moments.period_at(wib(2020, 10, 28)) == "2020-10"


def test_moments_are_half_open():
    moments = Moments(1, wib(2020, 10, 20), wib(2020, 10, 27, 21), wib(2020, 12, 1))
    assert moments.contains(wib(2020, 10, 20))
    assert not moments.contains(wib(2020, 10, 19, 23, 59, 59))
    assert not moments.contains(wib(2020, 12, 1))


def test_hash_depends_on_salt_address_and_browser():
    hashes = {
        visitor_hash(secret, address, browser)
        for secret in (b"a", b"b")
        for address in ("1.2.3.4", "1.2.3.5")
        for browser in ("Firefox", "Chrome")
    }
    assert len(hashes) == 8


PHONE = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "WhatsApp/2.20.206.24 A",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/86.0.4240.75 Safari/537.36",
        "python-requests/2.24.0",
        "curl/7.68.0 (x86_64)",
        "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "Mozilla/5.0 (Linux; Android 7.0;) AppleWebKit/537.36 (compatible; PetalBot;+https://webmaster.petalsearch.com)",
    ],
)
def test_bots_are_known(name):
    assert is_bot(name)


@pytest.mark.parametrize(
    "name",
    [
        PHONE,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) AppleWebKit/605.1.15 Version/14.0 Mobile Safari/604.1",
        "Opera/9.80 (Android; Opera Mini/50.0/191.208; U; id) Presto/2.12.423 Version/12.16",
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 Instagram 165.1.0.29.119",
    ],
)
def test_readers_are_readers(name):
    assert not is_bot(name)


def test_a_head_request_is_no_reader():
    assert is_bot(PHONE, "HEAD")


def test_prefetching_is_no_reading():
    assert is_prefetch({"HTTP_SEC_PURPOSE": "prefetch;prerender"})
    assert not is_prefetch({})
