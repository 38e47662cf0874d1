"""Prices for many pieces and sales obey the limit of prices, and every price that counts at once is in the log."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog.domain.assortment import change_variant
from catalog.domain.bulk import Wanted, change_products, locked_products
from catalog.domain.bulk_variants import WantedSteps, WantedVariant, write_steps, write_variants
from catalog.domain.curation import approve_product, content_of_product
from catalog.domain.import_products import steps_of
from catalog.domain.offers import add_step, end_sale, fitting, remove_step, start_sale, take_back
from catalog.domain.products import ProductError, change_product
from catalog.domain.proposals import approve_change, content_of_change, reject_change, return_change
from catalog.models import PriceStep, Product, ProductChange, SaleBy, Variant
from exhibitors.domain.decisions import ChangedMeanwhileError, CurationError
from exhibitors.models import Decision, ProposalState
from tests.factories import make_booth, make_edition, make_placement, make_product
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def product(owner) -> Product:
    fields = {"cover": make_picture(), "name": "Kemeja", "price": 100_000, "approved_price": 100_000}
    return make_product(exhibitor=owner.exhibitor, **fields)


def live_steps(product) -> list[tuple]:
    rows = PriceStep.objects.filter(product=product).order_by("variant", "minimum_quantity")
    return list(rows.values_list("minimum_quantity", "unit_price"))


def told() -> list[tuple]:
    lines = Decision.objects.filter(after="priced").order_by("pk")
    return [(line.decided_by, *pair) for line in lines for _label, *pair in line.told_changes]


def week(placement, percent, *, by, **more):
    now = timezone.now()
    return start_sale(placement, percent=percent, start=now - DAY, end=now + 6 * DAY, by=by, **more)


def test_a_step_far_below_waits_and_counts_when_it_is_approved(owner, curator, product):
    assert add_step(product, by=owner, minimum_quantity=10, unit_price=70_000) == "saved"
    assert add_step(product, by=owner, minimum_quantity=50, unit_price=1_500) == "proposed"
    assert live_steps(product) == [(10, 70_000)]
    with pytest.raises(ProductError, match="sudah punya"):
        add_step(product, by=owner, minimum_quantity=50, unit_price=60_000)
    change = ProductChange.objects.get()
    with pytest.raises(ChangedMeanwhileError):
        approve_change(change, by=curator, seen="lain")
    approve_change(change, by=curator, seen=content_of_change(change))
    assert live_steps(product) == [(10, 70_000), (50, 1_500)]
    decided = Decision.objects.get(after="change_approved")
    [(label, before, after)] = decided.told_changes
    assert (str(label), before) == ("harga grosir", "")
    assert "50 buah: Rp1.500" in after


def test_what_waits_can_be_returned_answered_taken_back_and_rejected(owner, curator, product):
    add_step(product, by=owner, minimum_quantity=50, unit_price=1_500)
    return_change(ProductChange.objects.get(), by=curator, notes={"offers": "Salah ketik?"})
    assert take_back(product, "step-0-50", by=owner)
    assert not ProductChange.objects.exists()
    assert not take_back(product, "step-0-50", by=owner)
    add_step(product, by=owner, minimum_quantity=50, unit_price=15_000)
    change = ProductChange.objects.get()
    return_change(change, by=curator, notes={"offers": "Salah ketik?"})
    add_step(product, by=owner, minimum_quantity=60, unit_price=14_000)  # what was noted says something else now
    assert ProductChange.objects.get().state == ProposalState.WAITING
    reject_change(change, by=curator, reason="Terlalu murah")
    assert live_steps(product) == []


def test_a_step_is_not_approved_above_the_price_of_then(owner, curator, product):
    add_step(product, by=owner, minimum_quantity=50, unit_price=60_000)
    Product.objects.filter(pk=product.pk).update(price=50_000)
    with pytest.raises(CurationError, match="tidak di bawah"):
        approve_change(ProductChange.objects.get(), by=curator)


def test_a_variants_steps_are_measured_from_its_own_price(owner, product):
    red = Variant.objects.create(product=product, name="Merah", price=200_000, approved_price=200_000, stock=1)
    assert add_step(product, by=owner, variant=red, minimum_quantity=5, unit_price=140_000) == "saved"
    assert add_step(product, by=owner, variant=red, minimum_quantity=9, unit_price=139_000) == "proposed"


def test_a_large_sale_waits_and_its_end_restores_the_price(owner, curator, product):
    placement = make_placement(product=product)
    assert week(placement, 50, by=owner) == "saved"
    assert week(placement, 51, by=owner) == "proposed"
    placement.refresh_from_db()
    assert placement.sale_percent == 50
    approve_change(ProductChange.objects.get(), by=curator)
    placement.refresh_from_db()
    assert (placement.sale_percent, placement.sale_by) == (51, SaleBy.EXHIBITOR)
    assert end_sale(placement, by=owner).sale_percent == 0
    product.refresh_from_db()
    assert (product.price, product.approved_price) == (100_000, 100_000)
    assert [who for who, *_pair in told()] == [owner, owner]


def test_each_edition_says_how_large_a_sale_may_be(owner, curator, product):
    strict = make_placement(
        product=product, booth=make_booth(exhibitor=owner.exhibitor, edition=make_edition(free_sale_percent=0))
    )
    assert week(strict, 1, by=owner) == "proposed"
    strict.refresh_from_db()
    assert strict.sale_percent == 0
    assert week(strict, 60, by=curator, side=SaleBy.EDITION) == "saved"  # the organiser's own
    approve_change(ProductChange.objects.get(), by=curator)
    strict.refresh_from_db()
    assert (strict.sale_percent, strict.sale_by) == (60, SaleBy.EDITION)


def test_a_smaller_sale_replaces_the_one_that_waits(owner, product):
    placement = make_placement(product=product)
    week(placement, 80, by=owner)
    assert week(placement, 20, by=owner) == "saved"
    assert not ProductChange.objects.exists()


def test_every_price_that_counts_at_once_is_in_the_log(owner, product):
    red = Variant.objects.create(product=product, name="Merah", price=100_000, approved_price=100_000, stock=1)
    change_product(product, by=owner, price=110_000)
    change_variant(red, by=owner, price=90_000)
    locked = locked_products([product.pk])[product.pk]
    change_products([Wanted({"price": 95_000}, product=locked)], by=owner)
    write_variants([WantedVariant({"price": 105_000}, red.pk, product=locked)], by=owner)
    write_steps([WantedSteps(locked, red.pk, [(10, 80_000)])], by=owner)
    remove_step(PriceStep.objects.get(), by=owner)
    assert told() == [
        (owner, "Rp100.000", "Rp110.000"),
        (owner, "Merah: Rp100.000", "Merah: Rp90.000"),
        (owner, "Rp90.000", "Rp95.000"),
        (owner, "Merah: Rp90.000", "Merah: Rp105.000"),
        (owner, "", "Merah, mulai 10 buah: Rp80.000"),
        (owner, "mulai 10 buah: Rp80.000", ""),
    ]


def test_drafts_are_priced_without_log_and_limit(owner, curator):
    draft = make_product(exhibitor=owner.exhibitor, state="submitted", price=1_000, cover=make_picture())
    seen = content_of_product(draft)
    assert add_step(draft, by=owner, minimum_quantity=2, unit_price=1) == "saved"
    assert told() == []
    with pytest.raises(ChangedMeanwhileError):
        approve_product(draft, by=curator, seen=seen)


def test_a_file_with_far_steps_proposes_them_once(owner, curator, product):
    add_step(product, by=owner, minimum_quantity=10, unit_price=90_000)
    wanted = ((10, 60_000), (20, 50_000))
    locked = locked_products([product.pk])[product.pk]
    step = WantedSteps(locked, None, wanted)
    write_steps([step], by=owner)
    assert step.outcome == "proposed"
    assert live_steps(product) == [(10, 90_000)]  # what it would replace stays
    assert steps_of([product.pk]) == {(product.pk, None): wanted}  # so the same file again changes nothing
    approve_change(ProductChange.objects.get(), by=curator)
    assert live_steps(product) == list(wanted)
    write_steps([WantedSteps(locked, None, ((10, 60_000),))], by=owner)  # approved already: it stays
    assert live_steps(product) == [(10, 60_000)]
    assert not ProductChange.objects.exists()


def test_what_stays_never_costs_more_than_fewer_pieces(owner, product):
    add_step(product, by=owner, minimum_quantity=10, unit_price=90_000)
    locked = locked_products([product.pk])[product.pk]
    write_steps([WantedSteps(locked, None, ((5, 75_000), (10, 50_000)))], by=owner)
    assert live_steps(product) == [(5, 75_000)]
    assert fitting({5: 9, 10: 9, 20: 8}) == {5: 9, 20: 8}


def test_a_step_above_the_price_on_show_waits_with_the_price(owner, product):
    locked = locked_products([product.pk])[product.pk]
    change_products([Wanted({"price": 200_000}, product=locked)], by=owner)
    write_steps([WantedSteps(locked, None, ((10, 120_000),))], by=owner)
    change = ProductChange.objects.get()
    assert (change.price, change.offers, live_steps(product)) == (200_000, {"step-0-10": 120_000}, [])
