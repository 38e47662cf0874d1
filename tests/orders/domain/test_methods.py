import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import Placement
from catalog.queries.product import _placements_query
from exhibitors.models import Exhibitor
from exhibitors.states import FINISHED_STEPS
from expo.models import Mode
from orders.domain.errors import OrderError
from orders.domain.methods import methods_for, possible_methods, ways_of
from orders.domain.offers import Wishes
from orders.home import payment_progress, payment_todos
from orders.models import Delivery, Method, QrisState
from tests.factories import make_exhibitor
from tests.orders import shop
from tests.orders.ways import give_gateway, give_qris, give_settings

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


SETS_UP = {
    "nothing": lambda exhibitor: None,
    "an account": lambda exhibitor: Exhibitor.objects.filter(pk=exhibitor.pk).update(bank_account_number="123456"),
    "QRIS": lambda exhibitor: give_qris(exhibitor),
    "QRIS to come": lambda exhibitor: give_qris(exhibitor, active_from=timezone.now() + dt.timedelta(days=9)),
    "gateway": lambda exhibitor: give_gateway(exhibitor),
    "a gateway for rehearsals": lambda exhibitor: give_gateway(exhibitor, is_production=False),
    "cash": lambda exhibitor: give_settings(exhibitor, takes_cash=True),
}


@pytest.fixture
def gateway_on(settings):
    """A process works out its queries once, so the tests around this one must not see these settings."""
    settings.GATEWAY, settings.GATEWAY_SANDBOX = True, False
    _placements_query.cache_clear()
    yield
    _placements_query.cache_clear()


@pytest.mark.parametrize("mode", Mode.values)
@pytest.mark.parametrize("way", SETS_UP)
def test_one_way_to_be_paid_is_enough_to_be_bought_from(way, mode, client, gateway_on):
    """What pages and carts are told by their query is what the checkout then offers, in the expo and in its mall."""
    exhibitor = make_exhibitor(bank_account_number="", owner_name="Wati", whatsapp="+628123456789")
    placement = shop.sold(exhibitor=exhibitor, edition=shop.selling_edition(mode=mode))
    SETS_UP[way](exhibitor)
    placement = Placement.objects.select_related("booth__edition", "booth__exhibitor").get()
    now = timezone.now()
    offered = possible_methods(methods(placement.booth, now=now))
    for moment in (now, placement.booth.edition.closes_at):
        expected = bool(methods(placement.booth, now=moment))
        assert Placement.objects.buyable_at(moment).exists() == expected, moment

    page = client.get(placement.product.get_absolute_url()).content.decode()
    assert (reverse("orders:cart-add") in page) == bool(offered)
    assert [todo.order for todo in payment_todos(placement.booth.exhibitor)] == ([] if offered else [1])


def test_curators_ask_for_an_account_only_without_another_way():
    exhibitor = make_exhibitor(bank_account_number="")
    assert payment_progress(exhibitor).state not in FINISHED_STEPS
    give_qris(exhibitor)
    assert payment_progress(exhibitor).state in FINISHED_STEPS


def test_cash_alone_is_no_way_to_pay_for_a_parcel(booth):
    Exhibitor.objects.update(bank_account_number="")
    give_settings(booth.exhibitor, takes_cash=True)
    placement = booth.placements.get()
    cart = shop.cart_with(placement)
    (offer,) = shop.offers(cart)
    assert (offer.picked_up, offer.method, offer.problem) == (True, Method.CASH, "")
    sent = Wishes(deliveries={booth.pk: Delivery.SHIP})
    (offer,) = shop.offers(cart, wishes=sent)
    assert "diambil di stan" in offer.problem
    with pytest.raises(OrderError, match="diambil di stan"):
        shop.place(cart, wishes=sent)
