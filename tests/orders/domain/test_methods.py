import datetime as dt

import pytest
from django.utils import timezone

from orders.domain.methods import methods_for, possible_methods, ways_of
from orders.models import Delivery, Method, QrisState
from tests.orders import shop
from tests.orders.ways import give_qris, give_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def booth():
    return shop.sold(edition=shop.hybrid_edition()).booth


def methods(booth, *, total=100_000, delivery=Delivery.PICKUP, now=None):
    return methods_for(booth.exhibitor, booth, total, delivery, now or timezone.now())


def test_by_default_a_booth_takes_transfers(booth):
    (option,) = methods(booth)
    assert (option.method, option.problem) == (Method.TRANSFER, "")
    assert booth.exhibitor.bank_account_holder in option.detail


def test_all_that_is_set_up_is_offered_in_one_order(booth):
    give_qris(booth.exhibitor)
    give_settings(booth.exhibitor, takes_cash=True)
    assert possible_methods(methods(booth)) == [Method.TRANSFER, Method.QRIS, Method.CASH]


def test_an_exhibitor_without_an_account_takes_no_transfers(booth):
    booth.exhibitor.bank_account_number = ""
    assert methods(booth) == []


@pytest.mark.parametrize(("total", "possible"), [(9_999_001, True), (9_999_002, False), (20_000_000, False)])
def test_qris_ends_at_ten_million_with_its_unique_code(booth, total, possible):
    give_qris(booth.exhibitor)
    option = next(option for option in methods(booth, total=total) if option.method == Method.QRIS)
    assert option.is_possible == possible
    assert ("10.000.000" in option.problem) != possible


def test_cash_needs_the_stand(booth):
    give_settings(booth.exhibitor, takes_cash=True)
    shipped = next(o for o in methods(booth, delivery=Delivery.SHIP) if o.method == Method.CASH)
    assert "diambil" in shipped.problem
    after = booth.edition.closes_at
    assert Method.CASH not in [o.method for o in methods(booth, now=after)]


def test_a_code_counts_from_the_end_of_its_cool_down(booth):
    now = timezone.now()
    old = give_qris(booth.exhibitor, active_from=now - dt.timedelta(days=9))
    new = give_qris(booth.exhibitor, active_from=now + dt.timedelta(hours=24))
    pk = booth.exhibitor.pk
    assert ways_of([pk], now)[pk].qris == old
    assert ways_of([pk], new.active_from - dt.timedelta(microseconds=1))[pk].qris == old
    assert ways_of([pk], new.active_from)[pk].qris == new


@pytest.mark.parametrize("state", [QrisState.WAITING, QrisState.BLOCKED, QrisState.WITHDRAWN])
def test_a_code_that_is_not_confirmed_is_never_shown(booth, state):
    ended = {} if state == QrisState.WAITING else {"ended_at": timezone.now()}
    give_qris(booth.exhibitor, state=state, active_from=timezone.now() - dt.timedelta(days=2), **ended)
    assert [option.method for option in methods(booth)] == [Method.TRANSFER]


def test_ways_of_many_exhibitors_cost_the_same(booth, django_assert_num_queries):
    others = [shop.sold(edition=booth.edition).booth.exhibitor.pk for _number in range(3)]
    with django_assert_num_queries(3):
        ways_of([booth.exhibitor.pk], timezone.now())
    with django_assert_num_queries(3):
        ways_of([booth.exhibitor.pk, *others], timezone.now())
