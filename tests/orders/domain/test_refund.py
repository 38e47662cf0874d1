import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expo.models import OutgoingMail
from journal.models import Entry, Nature
from orders.domain.errors import OrderError
from orders.domain.payment import confirm_payment, verify_claim
from orders.domain.refund import record_refund
from orders.models import Order, Refund, VoucherUse
from orders.states import OrderState, PaymentState, TransitionError
from tests import factories
from tests.orders import shop
from tests.orders.domain.test_offers import voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(owner):
    """Paid: three bags of 50,000 and one shawl of 200,000, shipped for 10,000."""
    factories.make_shipping(owner.exhibitor, ("home", 10_000))
    bag = shop.sold(exhibitor=owner.exhibitor, price=50_000, name="Tas", stock=10)
    shawl = factories.make_placement(
        booth=bag.booth, product=factories.make_product(exhibitor=owner.exhibitor, price=200_000, name="Selendang")
    )
    cart = shop.cart_with(bag, quantity=3)
    shop.add_to_cart(cart, shawl, 1)
    return confirm_payment(shop.place(cart).orders.get(), by=owner, evidence=shop.photo())


def refund(order, by, key="k1", **fields):
    return record_refund(order, by=by, reason="Rusak", key=key, **fields)


def line(order, name):
    return order.lines.get(name=name)


def turnover():
    return sum(Entry.objects.values_list("amount", flat=True))


def test_part_of_a_line(order, finance):
    given = refund(order, finance, lines={line(order, "Tas").pk: 2})
    assert given.amount == 100_000
    entry = Entry.objects.get(nature=Nature.REFUND)
    assert (entry.amount, entry.quantity, entry.recorded_by) == (-100_000, -2, finance)
    assert entry.reverses.product_label == "Tas"
    assert entry.occurred_at == given.at
    assert turnover() == 250_000
    order.refresh_from_db()
    assert order.state == OrderState.PAID
    assert line(order, "Tas").refunded_quantity == 2
    assert "Rp100.000" in OutgoingMail.objects.get(key__contains="refunded_buyer").body


def test_everything(order, finance):
    extra = order.shipping_fee + order.unique_code
    given = refund(order, finance, extra_amount=extra)
    assert given.total == order.total
    assert turnover() == 0
    order = Order.objects.get(pk=order.pk)
    assert order.state == OrderState.REFUNDED
    assert order.payment.state == PaymentState.REFUNDED


def test_parts_add_up_to_everything(order, finance):
    refund(order, finance, "k1", lines={line(order, "Tas").pk: 1})
    refund(order, finance, "k2", amount=70_000)
    refund(order, finance, "k3")
    assert turnover() == 0
    assert sum(Refund.objects.values_list("amount", flat=True)) == 350_000
    order.refresh_from_db()
    assert order.state == OrderState.REFUNDED


def test_money_without_goods_comes_off_the_lines_in_order(order, finance):
    refund(order, finance, amount=160_000)
    assert line(order, "Tas").refunded_amount == 150_000
    assert line(order, "Selendang").refunded_amount == 10_000
    assert line(order, "Tas").refunded_quantity == 0
    assert turnover() == 190_000


def test_pieces_after_money_are_worth_what_is_left(order, finance):
    refund(order, finance, "k1", amount=120_000)
    assert refund(order, finance, "k2", lines={line(order, "Tas").pk: 3}).amount == 30_000
    assert turnover() == 200_000


def test_same_key_again_is_the_same_refund(order, finance):
    tas = line(order, "Tas").pk
    assert refund(order, finance, lines={tas: 1}) == refund(order, finance, lines={tas: 1})
    assert turnover() == 300_000


def test_restocking_puts_the_pieces_back(order, finance):
    product = line(order, "Tas").product
    before = product.stock
    refund(order, finance, "k1", lines={line(order, "Tas").pk: 2}, restock=True)
    product.refresh_from_db()
    assert product.stock == before + 2
    refund(order, finance, "k2", lines={line(order, "Tas").pk: 1})
    product.refresh_from_db()
    assert product.stock == before + 2


@pytest.mark.parametrize(
    "fields",
    [
        {"lines": {"Tas": 4}},
        {"lines": {"Tas": -1}},
        {"lines": {"Tas": 0}},
        {"lines": {0: 1}},
        {"amount": 350_001},
        {"amount": 0},
        {"amount": -5},
        {"amount": 1, "extra_amount": 99_999},
        {"amount": 1, "extra_amount": -1},
    ],
)
def test_more_than_was_paid_is_refused(order, finance, fields):
    if "lines" in fields:
        names = {line.name: line.pk for line in order.lines.all()}
        fields = {"lines": {names.get(name, name): count for name, count in fields["lines"].items()}}
    with pytest.raises(OrderError):
        refund(order, finance, **fields)
    assert turnover() == 350_000
    assert not Refund.objects.exists()


def test_unpaid_order_cannot_be_refunded(finance):
    with pytest.raises(TransitionError):
        refund(shop.placed_order(), finance)


def test_key_of_another_order_is_refused(order, owner, finance):
    other = shop.paid_order(by=owner)
    refund(other, finance)
    with pytest.raises(OrderError):
        refund(order, finance)


def test_verified_claim_is_refunded_from_its_new_entry(owner, finance):
    order = confirm_payment(shop.placed_order(shop.sold(price=80_000)), by=owner)
    verify_claim(order, by=finance, note="Mutasi diperiksa")
    refund(order, finance)
    assert turnover() == 0
    assert Entry.objects.get(nature=Nature.REFUND).evidence == "B"


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_never_give_back_more_than_was_paid(owner, finance):
    order = shop.paid_order(shop.sold(price=50_000, stock=9), quantity=3, by=owner)
    pk = order.lines.get().pk
    results = shop.at_once(*[lambda n=n: refund(order, finance, f"k{n}", lines={pk: 2}) for n in range(4)])
    assert sum(isinstance(result, Refund) for result in results) == 1
    assert turnover() == 50_000


@pytest.mark.django_db(transaction=True)
def test_same_refund_at_once_is_one(owner, finance):
    order = shop.paid_order(shop.sold(price=50_000, stock=9), quantity=3, by=owner)
    results = shop.at_once(*[lambda: refund(order, finance, amount=1_000)] * 5)
    assert len({result.pk for result in results}) == 1
    assert turnover() == 149_000


def test_a_whole_refund_locks_its_voucher_before_the_journal(owner, order):
    taken = voucher(order.lines.first().placement, code="HEMAT", uses=1, spent=5_000)
    Order.objects.filter(pk=order.pk).update(voucher_code="HEMAT")
    VoucherUse.objects.create(voucher=taken, order=order, buyer_phone="+62", amount=5_000, at=order.paid_at)
    with CaptureQueriesContext(connection) as queries:
        refund(order, owner)
    said = [query["sql"] for query in queries]
    lock = next(n for n, sql in enumerate(said) if 'FROM "orders_voucher"' in sql and "FOR UPDATE" in sql)
    assert lock < next(n for n, sql in enumerate(said) if "journal_entry" in sql and "INSERT" in sql)
    taken.refresh_from_db()
    assert (taken.uses, taken.spent) == (0, 0)
