"""Many orders at once: what is done, what stays and why, clicked twice, and both at the same time."""

import pytest
from django.urls import reverse

from expo.models import OutgoingMail
from orders.domain.fulfilment import pack_order, ship_order
from orders.domain.many import Parcel, pack_many, ship_many
from orders.domain.requests import request_cancellation
from orders.models import Order, OrderEvent
from tests.orders import shop

pytestmark = pytest.mark.django_db
PACKING, SHIPMENTS = "orders:inbox-packing-many", "orders:inbox-shipments"


@pytest.fixture
def placement(owner):
    return shop.sold(exhibitor=owner.exhibitor, name="Tas pandan", price=75_000, stock=90)


def states(*orders) -> list[str]:
    found = Order.objects.in_bulk([order.pk for order in orders])
    return [found[order.pk].state for order in orders]


def picked(*orders) -> dict:
    return {"pesanan": [order.code for order in orders]}


def parcels(*rows, **more) -> dict:
    """Form data of (order, courier, number)."""
    data = picked(*(order for order, _courier, _number in rows)) | more
    for order, courier, number in rows:
        data |= {f"{order.code}-courier": courier, f"{order.code}-tracking_number": number}
    return data


def test_list_offers_bulk_actions_and_can_tick_all(owner, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    inside, inbox = as_user(owner), reverse("orders:inbox")
    text = inside.get(inbox, {"antrean": "kemas"}).content.decode()
    assert f'value="{order.code}">' in text
    assert reverse(PACKING) in text
    text = inside.get(inbox, {"antrean": "kemas", "pilih": "semua"}).content.decode()
    assert f'value="{order.code}" checked' in text


def test_packing_shows_what_goes_where_then_packs(owner, as_user, placement):
    orders = [shop.paid_order(placement, by=owner, quantity=n) for n in (2, 3)]
    inside = as_user(owner)
    text = inside.get(reverse(PACKING), picked(*orders)).content.decode()
    assert "2 ×" in text
    assert "3 ×" in text
    for _click in range(2):
        response = inside.post(reverse(PACKING), picked(*orders))
        assert response.url.endswith("?antrean=kirim")
    assert states(*orders) == ["packed", "packed"]
    assert OrderEvent.objects.filter(kind="packed").count() == 2


def test_what_cannot_be_packed_is_told_by_order(owner, as_user, placement):
    good, asked, unpaid = (
        shop.paid_order(placement, by=owner),
        shop.paid_order(placement, by=owner),
        shop.placed_order(placement),
    )
    request_cancellation(asked, reason="Salah ukuran")
    response = as_user(owner).post(reverse(PACKING), picked(good, asked, unpaid))
    text = response.content.decode()
    assert states(good, asked, unpaid) == ["packed", "paid", "placed"]
    assert "Jawab permintaan itu dahulu" in text
    assert "statusnya sekarang" in text
    assert [row["order"].code for row in response.context["rows"]] == [asked.code, unpaid.code]


def test_numbers_of_many_parcels_in_one_table(owner, as_user, placement):
    first, second, third = (shop.paid_order(placement, by=owner) for _each in range(3))
    inside = as_user(owner)
    assert f'name="{first.code}-tracking_number"' in inside.get(reverse(SHIPMENTS), picked(first)).content.decode()
    data = parcels((first, "JNE", "JT1"), (second, "SiCepat", ""), (third, "Kurir toko", ""))
    data[f"{third.code}-without_number"] = "on"
    response = inside.post(reverse(SHIPMENTS), data)
    assert states(first, second, third) == ["shipped", "paid", "shipped"]
    assert [row["order"].code for row in response.context["rows"]] == [second.code]
    shipped = Order.objects.get(pk=first.pk)
    assert (shipped.courier, shipped.tracking_number) == ("JNE", "JT1")
    assert OutgoingMail.objects.filter(key__startswith="order:shipped_buyer").count() == 2


def test_sent_twice_is_sent_once(owner, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    for _click in range(2):
        response = as_user(owner).post(reverse(SHIPMENTS), parcels((order, "JNE", "JT1")))
        assert response.url.endswith("?antrean=dikirim")
    assert OutgoingMail.objects.filter(key__startswith="order:shipped_buyer").count() == 1
    text = as_user(owner).post(reverse(SHIPMENTS), parcels((order, "JNE", "JT2"))).content.decode()
    assert "statusnya sekarang" in text
    assert Order.objects.get(pk=order.pk).tracking_number == "JT1"


def test_rows_that_are_wrong_keep_what_was_typed(owner, as_user, placement):
    good, bad, unpaid = (
        shop.paid_order(placement, by=owner),
        shop.paid_order(placement, by=owner),
        shop.placed_order(placement),
    )
    data = parcels((good, "JNE", "JT1"), (bad, "", "JT2"), (unpaid, "JNE", "JT3"))
    text = as_user(owner).post(reverse(SHIPMENTS), data).content.decode()
    assert states(good, bad, unpaid) == ["shipped", "paid", "placed"]
    assert "Tulis nama kurirnya" in text
    assert 'value="JT2"' in text
    assert "statusnya sekarang" in text


@pytest.mark.parametrize("name", [PACKING, SHIPMENTS])
def test_nothing_picked_leads_back(owner, as_user, name):
    for data in ({}, {"pesanan": "x' OR 1=1"}, {"pesanan": "TIDAK-ADA"}):
        assert as_user(owner).get(reverse(name), data).url == reverse("orders:inbox")
        assert as_user(owner).post(reverse(name), data).url == reverse("orders:inbox")


def test_orders_of_others_stay(owner, outsider, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    outside = as_user(outsider)
    assert outside.post(reverse(PACKING), picked(order)).status_code == 302
    assert outside.post(reverse(SHIPMENTS), parcels((order, "JNE", "JT1"))).status_code == 302
    assert states(order) == ["paid"]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_do_each_step_once(owner, placement):
    orders = [shop.paid_order(placement, by=owner) for _each in range(4)]
    codes = [order.code for order in orders]
    for order in orders[2:]:
        pack_order(order, by=owner)
    sent = {code: Parcel("JNE", f"JT-{code}") for code in reversed(codes)}
    done = shop.at_once(
        lambda: pack_many(owner.exhibitor, codes, by=owner),
        lambda: pack_many(owner.exhibitor, codes[::-1], by=owner),
        lambda: ship_many(owner.exhibitor, sent, by=owner),
    )
    assert not [one for one in done if isinstance(one, Exception)]
    assert states(*orders) == ["shipped"] * 4
    assert OrderEvent.objects.filter(kind="shipped").count() == 4
    assert not any(OrderEvent.objects.filter(order=order, kind="packed").count() > 1 for order in orders)


def test_shipped_elsewhere_meanwhile_is_told(owner, placement):
    order = shop.paid_order(placement, by=owner)
    ship_order(order, by=owner, courier="TIKI", tracking_number="T1")
    (outcome,) = ship_many(owner.exhibitor, {order.code: Parcel("JNE", "JT1")}, by=owner)
    assert outcome.problem


def test_more_than_fit_at_once_are_not_cut_off_silently(owner, as_user, placement, monkeypatch):
    orders = [shop.paid_order(placement, by=owner) for _ in range(3)]
    for module in ("orders.domain.many", "orders.views.bulk", "orders.views.papers"):
        monkeypatch.setattr(f"{module}.MOST", 2)
    inside = as_user(owner)
    for page in (PACKING, SHIPMENTS):
        text = inside.get(reverse(page), picked(*orders)).content.decode()
        assert "1 lainnya belum ada di sini" in text, page
        assert f'value="{orders[2].code}"' not in text
    answer = inside.post(reverse(PACKING), picked(*orders))
    text = answer.content.decode()
    assert states(*orders) == ["packed", "packed", "paid"]
    assert "paling banyak 2 pesanan sekaligus" in text
    assert f'value="{orders[2].code}" checked' in text  # the next click does it
    assert f'value="{orders[0].code}"' not in text
    refused = inside.get(reverse("orders:inbox-labels"), picked(*orders), follow=True).content.decode()
    assert "Paling banyak 2 pesanan dalam satu berkas" in refused
