import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from expo.formats import WIB
from journal.models import Entry
from orders.cashdesk.signing import open_sheets, sign_day
from orders.domain.cash import hand_over
from orders.domain.errors import OrderError
from orders.domain.offers import Wishes
from orders.domain.payment import confirm_payment
from orders.domain.undoing import undo_confirmation
from orders.models import CashSignOff, Delivery, Order
from orders.states import OrderState, TransitionError
from tests.orders import shop
from tests.orders.ways import give_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(owner):
    give_settings(owner.exhibitor, takes_cash=True)
    return shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition(), stock=9)


def cash_order(placement) -> Order:
    booth = placement.booth.pk
    return shop.placed_order(placement, wishes=Wishes(deliveries={booth: Delivery.PICKUP}, methods={booth: "cash"}))


def grades(order=None):
    entries = Entry.objects.filter(amount__gt=0) if order is None else Entry.objects.filter(transaction_key=order.code)
    return list(entries.order_by("pk").values_list("evidence", flat=True))


def test_paid_and_taken_in_one_moment(owner, placement):
    order = hand_over(cash_order(placement), by=owner)
    assert Order.objects.get(pk=order.pk).state == OrderState.COMPLETED
    assert grades() == ["D"]
    with pytest.raises(TransitionError):
        hand_over(order, by=owner)


def test_what_is_not_paid_in_cash_is_not_handed_over_so(owner, placement):
    with pytest.raises(OrderError):
        hand_over(shop.placed_order(placement), by=owner)


@pytest.mark.django_db(transaction=True)
def test_a_day_is_signed_off_or_its_payment_undone_never_half_of_both(owner, placement):
    for _round in range(3):
        order = confirm_payment(cash_order(placement), by=owner)
        (day,) = open_sheets(owner.exhibitor)
        shop.at_once(
            lambda day=day: sign_day(owner.exhibitor, day.day, seen=day.stamp, counted=day.expected, by=owner),
            lambda order=order: undo_confirmation(order, by=owner, reason="Salah tekan"),
        )
        order = Order.objects.get(pk=order.pk)
        assert (order.state, order.payment.state, order.payment.evidence) == (OrderState.PLACED, "pending", "")
        assert sum(Entry.objects.filter(transaction_key=order.code).values_list("amount", flat=True)) == 0


def test_the_day_signed_off_makes_stand_receipts(owner, placement):
    orders = [hand_over(cash_order(placement), by=owner) for _number in range(2)]
    (day,) = open_sheets(owner.exhibitor)
    assert (day.count, day.expected) == (2, sum(order.total for order in orders))
    sign_day(owner.exhibitor, day.day, seen=day.stamp, counted=day.expected, by=owner)
    assert open_sheets(owner.exhibitor) == []
    assert grades(orders[0]) == ["D", "D", "C"]
    assert sum(Entry.objects.values_list("amount", flat=True)) == sum(order.goods_total for order in orders)
    with pytest.raises(OrderError):
        sign_day(owner.exhibitor, day.day, seen=day.stamp, counted=day.expected, by=owner)


def test_cash_that_came_meanwhile_is_looked_at_again(owner, placement):
    hand_over(cash_order(placement), by=owner)
    (day,) = open_sheets(owner.exhibitor)
    hand_over(cash_order(placement), by=owner)
    with pytest.raises(OrderError):
        sign_day(owner.exhibitor, day.day, seen=day.stamp, counted=day.expected, by=owner)
    assert not CashSignOff.objects.exists()


def test_a_day_is_a_wib_day(owner, placement):
    midnight = timezone.now().astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    for moment in (midnight - dt.timedelta(microseconds=1), midnight):
        confirm_payment(cash_order(placement), by=owner, now=moment)
    assert [day.count for day in open_sheets(owner.exhibitor)] == [1, 1]


def test_from_the_orders_page_to_the_sign_off_and_back(client, helper, placement):
    client.force_login(helper)
    order = cash_order(placement)
    address = reverse("orders:inbox-order", args=[order.code])
    assert "tunai diterima, barang diserahkan" in client.get(address).content.decode()
    assert "Selesai" in client.post(reverse("orders:inbox-cash", args=[order.code]), follow=True).content.decode()
    (day,) = open_sheets(helper.exhibitor)
    address = reverse("orders:desk-day", args=[day.day.isoformat()])
    assert address in client.get(reverse("orders:desk-days")).content.decode()
    form = {"seen": day.stamp, "counted": day.expected}
    assert "Kas ditutup" in client.post(address, form, follow=True).content.decode()
    assert "berubah" in client.post(address, form, follow=True).content.decode()


def test_a_mistaken_confirmation_is_undone_from_the_orders_page(client, helper, owner, outsider, placement):
    order = shop.paid_order(placement, by=owner)
    address = reverse("orders:inbox-undoing", args=[order.code])
    client.force_login(outsider)
    assert client.post(address, {"undo-reason": "x"}).status_code in (403, 404)
    client.force_login(helper)
    assert "belum masuk?" in client.get(reverse("orders:inbox-order", args=[order.code])).content.decode()
    client.post(address, {"undo-reason": ""})
    assert Order.objects.get(pk=order.pk).state == OrderState.PAID
    client.post(address, {"undo-reason": "Salah orang"})
    assert Order.objects.get(pk=order.pk).state == OrderState.PLACED
