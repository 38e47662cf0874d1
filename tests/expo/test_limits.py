import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import translation

from expo.errors import DomainError
from expo.limits import RateExceededError, check_rate
from expo.store import redis_client


def attempts(count, scope="sign-in", key="10.0.0.1", limit=3, seconds=60):
    passed = 0
    for _ in range(count):
        try:
            check_rate(scope, key, limit, seconds)
            passed += 1
        except RateExceededError:
            pass
    return passed


def test_check_rate_refuses_with_a_sentence():
    attempts(3)
    with pytest.raises(DomainError) as caught:
        check_rate("sign-in", "10.0.0.1", 3, 600)
    assert "coba lagi" in str(caught.value)
    assert 590 <= caught.value.retry_after <= 600


def test_check_rate_counts_scopes_and_keys_apart():
    assert attempts(5) == 3
    assert attempts(5, key="10.0.0.2") == 3
    assert attempts(5, scope="checkout") == 3


def test_check_rate_counts_a_network_of_ipv6_as_one():
    assert attempts(2, key="2001:db8:1:2::1") == 2
    assert attempts(2, key="2001:db8:1:2:ffff::9") == 1
    assert attempts(2, key="2001:db8:1:3::1") == 2


def test_check_rate_window_slides():
    assert attempts(3, seconds=1) == 3
    assert attempts(1, seconds=1) == 0
    time.sleep(1.1)
    assert attempts(5, seconds=1) == 3


def test_check_rate_is_atomic_under_threads():
    with ThreadPoolExecutor(16) as pool:
        passed = sum(pool.map(lambda _: attempts(5, limit=20), range(16)))
    assert passed == 20


def test_check_rate_keeps_no_addresses_and_forgets():
    attempts(1)
    [key] = redis_client().keys("expo:limit:*")
    assert b"10.0.0.1" not in key
    assert 0 < redis_client().ttl(key) <= 60


def test_sentence_is_translated_when_shown():
    with translation.override("en"):
        assert str(RateExceededError(61))


def test_what_is_named_is_counted_once():
    for code in ("a", "b", "a", "b", "a"):
        check_rate("codes", "10.0.0.1", 2, 60, attempt=code)
    with pytest.raises(RateExceededError):
        check_rate("codes", "10.0.0.1", 2, 60, attempt="c")
    check_rate("codes", "10.0.0.1", 2, 60, attempt="a")
