"""Variants, photos, price steps and sales as their exhibitor sees to them, while buyers buy."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog.domain.assortment import add_variant, change_variant, put_on_sale, take_off_sale
from catalog.domain.curation import approve_product
from catalog.domain.offers import add_step, end_sale, remove_step, start_sale
from catalog.domain.products import (
    ProductError,
    StockMovedError,
    add_product,
    change_photos,
    change_product,
    shown_photos,
)
from catalog.domain.proposals import approve_change, propose_change, reject_change
from catalog.models import Product, ProductChange, SaleBy, Variant
from catalog.pricing import sale_percent
from exhibitors.domain.decisions import CurationError
from exhibitors.models import Decision
from tests.cast import person
from tests.factories import make_category, make_placement, make_product
from tests.orders import shop
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def fresh(product) -> Product:
    return Product.objects.get(pk=product.pk)


def on_show(owner, **fields):
    return make_product(exhibitor=owner.exhibitor, cover=make_picture(), **fields)


def with_variants(owner, *stocks):
    product = on_show(owner, state="submitted")
    for number, stock in enumerate(stocks):
        add_variant(product, by=owner, name=f"V{number}", price=1000 + number, stock=stock)
    return approve_product(fresh(product), by=person("Ratih"))


def test_a_variant_of_a_product_on_show_waits_for_its_name_and_photo(owner, curator):
    product = on_show(owner, price=9000, stock=4)
    picture = make_picture(name="red")
    assert add_variant(product, by=owner, name="Merah", price=5000, stock=2, picture=picture) == "proposed"
    assert (fresh(product).has_variants, fresh(product).price) == (False, 9000)
    variant = product.variants.get()
    assert change_variant(variant, by=owner, price=6000, stock=3) == "saved"
    approve_change(ProductChange.objects.get(), by=curator)
    variant.refresh_from_db()
    assert (variant.is_active, variant.is_approved, variant.picture) == (True, True, picture)
    assert (fresh(product).price, fresh(product).stock, fresh(product).has_variants) == (6000, 3, True)
    assert not ProductChange.objects.exists()


def test_a_renamed_variant_sells_under_its_old_name_meanwhile(owner, curator):
    product = with_variants(owner, 5)
    variant = product.variants.get()
    assert change_variant(variant, by=owner, name="Besar", price=1300) == "proposed"
    variant.refresh_from_db()
    assert (variant.name, variant.price, fresh(product).price) == ("V0", 1300, 1300)
    assert change_variant(variant, by=owner, name="V0") == "saved"  # taken back: nothing waits any more
    assert not ProductChange.objects.exists()
    change_variant(variant, by=owner, name="Besar")
    reject_change(ProductChange.objects.get(), by=curator, reason="Kurang jelas")
    variant.refresh_from_db()
    assert variant.name == "V0"


def test_a_returned_new_variant_cannot_slip_onto_sale(owner, curator):
    product = on_show(owner)
    add_variant(product, by=owner, name="Palsu", price=1000, stock=1)
    reject_change(ProductChange.objects.get(), by=curator, reason="Bukan barang Anda")
    variant = product.variants.get()
    assert put_on_sale(variant, by=owner) == "proposed"
    assert not Variant.objects.get().is_active
    approve_change(ProductChange.objects.get(), by=curator)
    assert Variant.objects.get().is_active


def test_off_sale_and_back(owner):
    product = with_variants(owner, 5, 7)
    first = product.variants.first()
    take_off_sale(first, by=owner)
    assert (fresh(product).stock, fresh(product).price) == (7, 1001)
    put_on_sale(first, by=owner)
    assert (fresh(product).stock, fresh(product).price_top) == (12, 1001)


def test_names_are_taken_once_also_by_what_waits(owner):
    product = with_variants(owner, 5, 7)
    first, second = product.variants.all()
    change_variant(first, by=owner, name="Hijau")
    for name in ("hijau", "V0"):
        with pytest.raises(ProductError, match="sudah ada"):
            change_variant(second, by=owner, name=name)


def test_stock_sold_meanwhile_is_not_written_over(owner):
    product = on_show(owner, stock=7)
    with pytest.raises(StockMovedError, match="dari 10 menjadi 7") as error:
        change_product(product, by=owner, seen_stock=10, stock=20)
    assert error.value.stock == 7
    assert fresh(product).stock == 7
    change_product(product, by=owner, seen_stock=7, stock=20)
    assert fresh(product).stock == 20
    variant = with_variants(owner, 3).variants.get()
    with pytest.raises(StockMovedError):
        change_variant(variant, by=owner, seen_stock=4, stock=9)


@pytest.mark.django_db(transaction=True)
def test_pieces_sold_while_the_form_is_saved_stay_sold(owner):
    placement = shop.sold(exhibitor=owner.exhibitor, stock=20)
    product = placement.product
    carts = [shop.cart_with(placement) for _ in range(6)]
    region = shop.buyer().regency
    buy = [lambda cart=cart: shop.place(cart, regency=region) for cart in carts]
    edit = [lambda: change_product(product, by=owner, seen_stock=20, stock=100)] * 2
    results = shop.at_once(*buy, *edit)
    sold = sum(1 for result in results[:6] if not isinstance(result, Exception))
    assert sold == 6
    # Either the edit came first and the sales were taken from 100, or it was refused.
    assert fresh(product).stock in (100 - 6, 20 - 6)
    assert all(isinstance(result, str | StockMovedError) for result in results[6:])


def test_proposals_of_several_pages_are_one(owner, curator):
    old, new = make_picture(), make_picture(name="red")
    product = on_show(owner, name="Kopi", description="Lama")
    assert change_product(product, by=owner, description="Baru") == "proposed"
    assert change_photos(product, [new, old], by=owner) == "proposed"
    add_variant(product, by=owner, name="250 g", price=1000, stock=1)
    change = ProductChange.objects.get()
    assert (change.name, change.description, change.cover) == ("Kopi", "Baru", new)
    assert shown_photos(product) == [new, old]
    assert set(change.pictures.all()) == {new, old}
    assert fresh(product).cover == old
    product = approve_change(change, by=curator)
    assert (product.description, product.cover, product.has_variants) == ("Baru", new, True)
    assert [photo.picture for photo in product.photos.all()] == [new, old]
    assert Decision.objects.filter(after="proposed").count() == 1


def test_what_is_taken_back_leaves_the_queue(owner):
    product = on_show(owner, description="Lama")
    change_product(product, by=owner, description="Baru")
    assert change_product(product, by=owner, description="Lama") == "saved"
    assert not ProductChange.objects.exists()
    assert propose_change(product, by=owner, name=product.name) is None


def test_photos_of_a_draft_are_live_and_never_none(owner):
    draft = Product(exhibitor=owner.exhibitor, category=make_category(), name="Kopi", price=1, cover=make_picture())
    product = add_product(draft, by=owner)
    red = make_picture(name="red")
    assert change_photos(product, [red, make_picture(), red], by=owner) == "saved"
    assert shown_photos(fresh(product)) == [red, make_picture()]
    assert fresh(product).cover == red
    for pictures in ([], [make_picture(name=str(n)) for n in range(11)]):
        with pytest.raises(ProductError):
            change_photos(product, pictures, by=owner)


def test_suspended_products_change_in_nothing(owner):
    product = on_show(owner, state="suspended")
    variant = Variant.objects.create(product=product, name="A", price=1)
    for call in (
        lambda: add_variant(product, by=owner, name="B", price=1, stock=1),
        lambda: change_variant(variant, by=owner, price=5),
        lambda: put_on_sale(variant, by=owner),
        lambda: change_photos(product, [make_picture()], by=owner),
        lambda: add_step(product, by=owner, minimum_quantity=5, unit_price=1),
    ):
        with pytest.raises(ProductError):
            call()


@pytest.mark.parametrize(("quantity", "price"), [(1, 800), (10, 700), (20, 1000), (20, 900), (5, 750)])
def test_steps_get_cheaper_with_the_quantity(owner, quantity, price):
    product = on_show(owner, price=1000)
    add_step(product, by=owner, minimum_quantity=10, unit_price=800)
    with pytest.raises(ProductError):
        add_step(product, by=owner, minimum_quantity=quantity, unit_price=price)


def test_a_step_and_its_end(owner):
    product = on_show(owner, price=1000)
    for quantity, price in ((10, 800), (20, 700)):
        assert add_step(product, by=owner, minimum_quantity=quantity, unit_price=price) == "saved"
    assert fresh(product).has_steps
    for each in product.steps.all():
        remove_step(each, by=owner)
    assert not fresh(product).has_steps


def test_sales_have_an_end_and_one_hand(owner, curator):
    now, day = timezone.now(), dt.timedelta(days=1)
    placement = make_placement(product=on_show(owner))
    for percent, start, end in (
        (0, now, now + day),
        (91, now, now + day),
        (10, now, now),
        (10, now - 2 * day, now - day),
        (10, now, now + 93 * day),
    ):
        with pytest.raises(ProductError):
            start_sale(placement, percent=percent, start=start, end=end, by=owner)
    assert start_sale(placement, percent=20, start=now, end=now + day, by=owner) == "saved"
    placement.refresh_from_db()
    assert (sale_percent(placement, now), sale_percent(placement, now + day)) == (20, 0)
    start_sale(placement, percent=30, start=now, end=now + day, by=curator, side=SaleBy.EDITION)
    with pytest.raises(ProductError, match="penyelenggara"):
        end_sale(placement, by=owner)
    assert end_sale(placement, by=curator, side=SaleBy.EDITION).sale_percent == 0


def test_one_sku_for_one_product(owner, outsider):
    make_product(exhibitor=owner.exhibitor, sku="K-1")
    make_product(exhibitor=outsider.exhibitor, sku="K-2")
    product = on_show(owner)
    with pytest.raises(ProductError, match="SKU"):
        change_product(product, by=owner, sku="K-1")
    assert change_product(product, by=owner, sku="K-2") == "saved"


def test_two_waiting_variants_of_one_name_are_not_both_approved(owner, curator):
    product = on_show(owner)
    add_variant(product, by=owner, name="A", price=1, stock=1)
    Variant.objects.create(product=product, name="B", price=1)
    change = ProductChange.objects.get()
    change.variants.update(name="B")
    with pytest.raises(CurationError, match="sudah ada"):
        approve_change(change, by=curator)


def test_saving_the_photos_that_are_there_leaves_no_trace(owner):
    product = on_show(owner, name="Kopi")
    first = product.cover
    assert change_photos(product, [first], by=owner) == "saved"
    assert not Decision.objects.exists()
    second = make_picture(name="dua")
    assert change_photos(product, [first, second], by=owner) == "proposed"
    assert change_photos(product, [first, second], by=owner) == "proposed"
    assert change_photos(product, [first], by=owner) == "saved"
    assert list(Decision.objects.order_by("pk").values_list("after", flat=True)) == ["proposed", "change_withdrawn"]
