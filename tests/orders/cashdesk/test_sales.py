import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import Product, Variant
from exhibitors.states import CurationState
from expo.formats import WIB
from journal.models import Entry
from orders.cashdesk.content import SoldLine
from orders.cashdesk.errors import DeskError, DifferentSaleError
from orders.cashdesk.goods import goods_of
from orders.cashdesk.place import booth_at
from orders.cashdesk.sales import record_sale, void_sale
from orders.cashdesk.stock import conflicts_of, rivals_of, settle_conflict
from orders.models import StandSale
from tests import factories
from tests.factories import wib
from tests.orders import shop
from tests.orders.desk import new_sale, piece, sell, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    """A product of the owner's that stands in a running edition, ten in stock."""
    return shop.sold(exhibitor=owner.exhibitor).product


def test_sale_takes_stock_and_is_a_claim_of_the_stand(owner, goods):
    sale = sell(owner.exhibitor, piece(goods, 2), given=400_000, by=owner)
    assert (sale.amount, sale.change) == (300_000, 100_000)
    assert Product.objects.get(pk=goods.pk).stock == 8
    (entry,) = Entry.objects.all()
    assert (entry.amount, entry.quantity, entry.channel, entry.evidence) == (300_000, 2, "onsite", "D")
    assert (entry.edition, entry.phase, entry.source_kind) == (sale.edition, "during", "desk")
    assert entry.category_code == goods.category.slug
    assert entry.occurred_at == sale.occurred_at


def test_free_amount_has_a_category_and_no_product(owner, goods):
    category = factories.make_category(name="Kerajinan")
    sale = sell(owner.exhibitor, SoldLine(unit_price=25_000, category=category.slug, name="Gantungan"), by=owner)
    (line,) = sale.lines.all()
    assert (line.name, line.category_label, line.taken, line.short) == ("Gantungan", "Kerajinan", 0, 0)
    assert Entry.objects.get().product_key == ""
    with pytest.raises(DeskError):
        sell(owner.exhibitor, SoldLine(unit_price=25_000, category="tidak-ada"), by=owner)


def test_price_is_what_was_agreed_at_the_stand(owner, goods):
    (line,) = sell(owner.exhibitor, piece(goods, price=120_000), by=owner).lines.all()
    assert (line.unit_price, line.list_price) == (120_000, 150_000)
    assert Entry.objects.get().amount == 120_000


def test_variant_is_named_and_taken(owner, goods):
    Product.objects.filter(pk=goods.pk).update(has_variants=True)
    variant = Variant.objects.create(product=goods, name="Merah", price=150_000, stock=4)
    with pytest.raises(DeskError):
        sell(owner.exhibitor, piece(goods), by=owner)
    (line,) = sell(owner.exhibitor, piece(goods, 3, variant=variant), by=owner).lines.all()
    assert (line.variant_label, line.taken) == ("Merah", 3)
    assert Variant.objects.get().stock == Product.objects.get(pk=goods.pk).stock == 1
    assert Entry.objects.get().product_label == f"{goods.name}, Merah"


def test_the_same_sale_again_is_one_sale(owner, goods):
    new = new_sale(piece(goods))
    first = record_sale(owner.exhibitor, new, by=owner)
    again = record_sale(owner.exhibitor, new, by=owner, now=timezone.now() + dt.timedelta(hours=3))
    assert (first.is_new, again.is_new, first.sale) == (True, False, again.sale)
    assert Product.objects.get(pk=goods.pk).stock == 9
    assert Entry.objects.count() == 1


def test_another_content_under_the_same_key_is_refused(owner, goods):
    new = new_sale(piece(goods))
    record_sale(owner.exhibitor, new, by=owner)
    with pytest.raises(DifferentSaleError):
        record_sale(owner.exhibitor, new_sale(piece(goods, 2), key=new.key, sold_at=new.sold_at), by=owner)
    assert StandSale.objects.get().amount == 150_000


def test_keys_of_others_tell_nothing(owner, outsider, goods):
    """Two exhibitors' devices may make the same key: neither hears of the other."""
    new = new_sale(piece(goods))
    record_sale(owner.exhibitor, new, by=owner)
    other = shop.sold(exhibitor=outsider.exhibitor).product
    assert record_sale(outsider.exhibitor, new_sale(piece(other), key=new.key), by=outsider).is_new


def test_goods_of_others_are_not_sold(owner, outsider, goods):
    other = shop.sold(exhibitor=outsider.exhibitor).product
    with pytest.raises(DeskError):
        sell(owner.exhibitor, piece(other), by=owner)
    assert Product.objects.get(pk=other.pk).stock == 10
    assert not StandSale.objects.exists()


@pytest.mark.parametrize("state", [CurationState.SUSPENDED, CurationState.DRAFT])
def test_who_may_not_sell_does_not(owner, goods, state):
    owner.exhibitor.state = state
    with pytest.raises(DeskError):
        sell(owner.exhibitor, piece(goods), by=owner)


def test_pieces_that_are_not_there_any_more_are_a_conflict(owner, goods):
    Product.objects.filter(pk=goods.pk).update(stock=2)
    order = shop.placed_order(goods.placements.get())
    sale = sell(owner.exhibitor, piece(goods, 3), piece(goods, 1, price=100_000), by=owner)
    assert [(line.taken, line.short) for line in sale.lines.all()] == [(1, 2), (0, 1)]
    assert Product.objects.get(pk=goods.pk).stock == 0
    assert sum(Entry.objects.values_list("amount", flat=True)) == 550_000
    lines = list(conflicts_of(owner.exhibitor))
    assert len(lines) == 2
    assert [line.order for line in rivals_of(lines)[goods.pk, None]] == [order]
    with pytest.raises(DeskError):
        settle_conflict(lines[0], by=owner, settlement=" ")
    settle_conflict(lines[0], by=owner, settlement="Stok salah hitung")
    with pytest.raises(DeskError):
        settle_conflict(lines[0], by=owner, settlement="Lagi")
    assert list(conflicts_of(owner.exhibitor)) == [lines[1]]


def test_what_is_made_to_order_takes_no_stock(owner, goods):
    Product.objects.filter(pk=goods.pk).update(made_to_order=True, stock=0)
    (line,) = sell(owner.exhibitor, piece(goods, 5), by=owner).lines.all()
    assert (line.taken, line.short) == (0, 0)


def test_void_puts_everything_back(owner, helper, goods):
    sale = sell(owner.exhibitor, piece(goods, 4), by=owner)
    with pytest.raises(DeskError):
        void_sale(sale, by=helper, reason=" ")
    void_sale(sale, by=helper, reason="Salah ketik")
    assert Product.objects.get(pk=goods.pk).stock == 10
    entries = list(Entry.objects.order_by("pk"))
    assert [(entry.amount, entry.nature) for entry in entries] == [(600_000, "sale"), (-600_000, "correction")]
    assert entries[1].note == "Salah ketik"
    with pytest.raises(DeskError):
        void_sale(sale, by=helper, reason="Lagi")


def test_void_after_the_sign_off_only_on_the_day_itself(owner, goods):
    now = timezone.now().astimezone(WIB).replace(hour=12)
    early, late = (sell(owner.exhibitor, piece(goods), by=owner, now=now) for _number in range(2))
    sign(owner.exhibitor, early.day, by=owner, now=now)
    void_sale(early, by=owner, reason="Salah ketik", now=now)
    assert sum(Entry.objects.filter(evidence="C").values_list("amount", flat=True)) == 150_000
    with pytest.raises(DeskError):
        void_sale(late, by=owner, reason="Salah ketik", now=now + dt.timedelta(days=1))


def test_edition_that_runs_comes_before_the_mall_and_the_next_one(owner):
    def booth(opens, closes, **fields):
        moments = {"sales_open": wib(*opens[:3]), "opens_at": wib(*opens), "closes_at": wib(*closes)}
        return factories.make_booth(exhibitor=owner.exhibitor, edition=factories.make_edition(**moments, **fields))

    first = booth((2020, 3, 1, 9), (2020, 3, 4, 16))
    second = booth((2020, 11, 18, 9), (2020, 11, 20, 16), mall_closes_at=wib(2021, 6, 1))
    at = lambda *moment: booth_at(owner.exhibitor, wib(*moment))  # noqa: E731
    assert at(2020, 2, 1) is None
    assert at(2020, 3, 1, 8) == first  # before its opening, with nothing else on sale
    assert at(2020, 11, 18, 8, 59) == first  # the mall, until the ceremony
    assert at(2020, 11, 18, 9) == second
    assert at(2020, 11, 20, 16) == second  # its own mall, the youngest
    assert at(2021, 6, 1) == first


def test_sale_far_from_any_edition_is_refused(owner):
    product = factories.make_product(exhibitor=owner.exhibitor)
    with pytest.raises(DeskError):
        sell(owner.exhibitor, piece(product), by=owner)


def test_queries_do_not_grow_with_the_lines(owner, goods, django_assert_max_num_queries):
    products = [factories.make_product(exhibitor=owner.exhibitor) for _number in range(6)]
    counts = []
    for some in (products[:1], products):
        with django_assert_max_num_queries(30) as context:
            sell(owner.exhibitor, *[piece(product) for product in some], by=owner)
        counts.append(len(context.captured_queries))
    assert counts[0] == counts[1], connection.queries


def test_what_curators_refused_is_not_sold_although_it_was_put_away(owner, goods):
    """A device that had it in its memory may send it; what was merely put away is sold, but no longer offered."""
    Product.objects.filter(pk=goods.pk).update(state="archived", archived_from="approved")
    assert not goods_of(owner.exhibitor, None, timezone.now())
    assert sell(owner.exhibitor, piece(goods), by=owner).amount == 150_000
    Product.objects.filter(pk=goods.pk).update(archived_from="rejected")
    with pytest.raises(DeskError, match="tidak boleh dijual"):
        sell(owner.exhibitor, piece(goods), by=owner)
    assert StandSale.objects.count() == 1
