import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal.models import Entry
from orders.domain.payment import confirm_payment
from orders.models import Refund
from orders.states import OrderState
from tests.cast import person
from tests.orders import desk, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(owner):
    return shop.paid_order(shop.sold(exhibitor=owner.exhibitor, price=50_000), quantity=3, by=owner)


def url(name, *args):
    return reverse(f"admin:orders_{name}", args=args)


def form_of(client, order, **fields):
    page = client.get(url("order_refund", order.pk))
    key = page.context["form"]["key"].value()
    return {"key": key, "kind": "pieces", "reason": "Rusak di jalan", "proof": shop.photo(), **fields}


def test_finance_records_a_refund_once(finance, as_user, paid):
    client = as_user(finance)
    assert url("order_refund", paid.pk) in client.get(url("order_change", paid.pk)).content.decode()
    line = paid.lines.get()
    data = form_of(client, paid, **{f"line_{line.pk}": 2, "restock": "on"})
    for _click in range(2):
        response = client.post(url("order_refund", paid.pk), data)
        assert response.url == url("order_change", paid.pk)
    refund = Refund.objects.get()
    assert (refund.amount, refund.by, refund.restocked) == (100_000, finance, True)
    assert sum(Entry.objects.values_list("amount", flat=True)) == 50_000
    proof = url("order_refund_proof", paid.pk, refund.pk)
    assert proof in client.get(url("order_change", paid.pk)).content.decode()
    assert client.get(proof)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("fields", "amount"),
    [({"kind": "whole"}, 150_000), ({"kind": "amount", "amount": "Rp 20.000"}, 20_000)],
)
def test_refund_of_everything_or_of_money(finance, as_user, paid, fields, amount):
    client = as_user(finance)
    client.post(url("order_refund", paid.pk), form_of(client, paid, **fields))
    assert Refund.objects.get().amount == amount


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Tulis alasannya"),
        ({"proof": ""}, "Pilih foto bukti"),
        ({"kind": "amount"}, "Isi jumlah uangnya."),
        ({"kind": "amount", "amount": "150.001"}, "paling banyak"),
        ({"kind": "pieces"}, "Tidak ada yang dikembalikan."),
        ({"kind": "whole", "extra_amount": "999999"}, "paling banyak"),
    ],
)
def test_wrong_refunds_say_why(finance, as_user, paid, fields, sentence):
    client = as_user(finance)
    response = client.post(url("order_refund", paid.pk), form_of(client, paid, **fields))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert sentence.lower() in response.content.decode().lower()
    assert not Refund.objects.exists()


def test_only_finance_refunds(operator, curator, official, owner, as_user, paid):
    for user in (operator, curator, official, owner):
        response = as_user(user).post(url("order_refund", paid.pk), {"kind": "whole", "key": "x" * 20, "reason": "x"})
        assert response.status_code in (302, 403)
    assert not Refund.objects.exists()


def test_finance_verifies_a_claim(finance, operator, owner, as_user):
    order = confirm_payment(shop.placed_order(shop.sold(exhibitor=owner.exhibitor)), by=owner)
    client = as_user(finance)
    assert url("order_verification", order.pk) in client.get(url("order_change", order.pk)).content.decode()
    client.post(url("order_verification", order.pk), {"note": "Mutasi 20 November sama"})
    assert Entry.objects.order_by("pk").last().evidence == "B"
    assert url("order_verification", order.pk) not in client.get(url("order_change", order.pk)).content.decode()


def test_orders_are_looked_at_not_edited(finance, as_user, paid):
    client = as_user(finance)
    text = client.get(url("order_change", paid.pk)).content.decode()
    assert paid.code in text
    assert 'name="state"' not in text
    client.post(url("order_change", paid.pk), {"state": "placed"})
    paid.refresh_from_db()
    assert paid.state == OrderState.PAID
    assert client.get(url("order_add")).status_code == 403
    assert client.post(url("order_delete", paid.pk), {"post": "yes"}).status_code == 403


def test_proof_is_shown_to_those_who_may_see_orders(operator, curator, as_user, paid):
    proof = paid.payment.proofs.get()
    address = url("order_proof", paid.pk, proof.pk)
    assert as_user(operator).get(address).headers["Content-Type"] == "image/jpeg"
    assert as_user(operator).get(url("order_proof", paid.pk + 1, proof.pk)).status_code == 404
    assert as_user(curator).get(address).status_code == 403


@pytest.mark.parametrize("name", ["order", "payment", "refund"])
def test_lists_cost_the_same_for_one_and_for_many(as_user, paid, owner, name):
    client = as_user(person("Akar", is_staff=True, is_superuser=True))
    client.get(url(f"{name}_changelist"))
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(f"{name}_changelist")).status_code == 200
        counts.append(len(queries))
        shop.paid_order(by=owner)
    assert counts[0] == counts[1]


def test_staff_see_stand_sales_and_sign_offs_and_change_nothing(
    finance, operator, as_user, owner, django_assert_max_num_queries
):
    goods = shop.sold(exhibitor=owner.exhibitor).product
    sales = [desk.sell(owner.exhibitor, desk.piece(goods, 2), by=owner) for _number in range(4)]
    desk.sign(owner.exhibitor, sales[0].day, by=owner)
    last = desk.sell(owner.exhibitor, desk.piece(goods, 4), by=owner)
    for somebody in (finance, operator):
        client = as_user(somebody)
        with django_assert_max_num_queries(20):
            page = client.get(url("standsale_changelist")).content.decode()
        assert last.number in page
        assert sales[0].number not in client.get(url("standsale_changelist"), {"keadaan": "belum"}).content.decode()
        assert "Rp600.000" in client.get(url("standsale_change", last.pk)).content.decode()
        assert "Rp1.200.000" in client.get(url("cashsignoff_changelist")).content.decode()
        assert client.post(url("standsale_change", last.pk), {"void_reason": "x"}).status_code == 403
