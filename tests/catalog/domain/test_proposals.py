"""An approved product's changes: harmless ones at once, the rest when the curators have looked."""

import pytest

from catalog.domain.assortment import add_variant, change_variant
from catalog.domain.bulk import Wanted, change_products, locked_products
from catalog.domain.curation import approve_product, suspend_product
from catalog.domain.products import change_product
from catalog.domain.proposals import (
    approve_change,
    content_of_change,
    hand_in_change,
    propose_change,
    reject_change,
    return_change,
    withdraw_change,
)
from catalog.models import Product, ProductChange
from exhibitors.domain.decisions import ChangedMeanwhileError, CurationError
from exhibitors.models import Decision, ProposalState
from expo.models import OutgoingMail
from tests.factories import make_booth, make_category, make_edition, make_product
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def fresh(product) -> Product:
    return Product.objects.get(pk=product.pk)


def on_show(owner, **fields):
    fields = {"cover": make_picture(), "name": "Kemeja", "price": 100_000, "approved_price": 100_000, **fields}
    return make_product(exhibitor=owner.exhibitor, **fields)


def test_old_version_stays_until_the_change_is_approved(owner, curator):
    product = on_show(owner)
    cover = make_picture(name="baru")
    propose_change(product, by=owner, name="Kemeja parang", cover=cover)
    propose_change(product, by=owner, name="Kemeja parang rusak", cover=cover)
    assert fresh(product).name == "Kemeja"
    approve_change(ProductChange.objects.get(), by=curator, reason="Sesuai fotonya")
    assert (fresh(product).name, fresh(product).cover) == ("Kemeja parang rusak", cover)
    assert product.photos.get().picture == cover
    assert not ProductChange.objects.exists()
    proposed, approved = Decision.objects.order_by("pk")
    assert (proposed.after, approved.after, approved.decided_by) == ("proposed", "change_approved", curator)
    assert approved.changes["name"] == ["Kemeja", "Kemeja parang rusak"]
    assert approved.content["name"] == "Kemeja parang rusak"


def test_only_what_was_proposed_is_written(owner, curator):
    """Staff mend the category while a new name waits: the name comes, the category stays mended."""
    product = on_show(owner)
    propose_change(product, by=owner, name="Kemeja parang")
    mended = make_category()
    Product.objects.filter(pk=product.pk).update(category=mended, name="Kemeja (asli)")
    change = ProductChange.objects.get()
    approve_change(change, by=curator, seen=content_of_change(change))
    assert (fresh(product).name, fresh(product).category) == ("Kemeja parang", mended)


def test_what_moved_since_the_look_is_not_approved(owner, curator):
    product = on_show(owner)
    change = propose_change(product, by=owner, name="Kemeja parang")
    seen = content_of_change(change)
    Product.objects.filter(pk=product.pk).update(name="Kemeja (diganti petugas)")
    with pytest.raises(ChangedMeanwhileError):
        approve_change(change, by=curator, seen=seen)
    assert ProductChange.objects.exists()


def test_a_returned_change_stays_with_its_notes_until_they_are_answered(owner, curator):
    product = on_show(owner)
    change = propose_change(product, by=owner, name="KEMEJA!!!", description="Bagus")
    with pytest.raises(CurationError):
        return_change(change, by=curator, reason=" ")
    return_change(change, by=curator, notes={"name": "Tanpa huruf besar semua."})
    assert fresh(product).name == "Kemeja"
    assert "Tanpa huruf besar semua." in OutgoingMail.objects.get(to=owner.email).body
    assert not ProductChange.objects.waiting().exists()
    with pytest.raises(CurationError):
        approve_change(change, by=curator)
    with pytest.raises(CurationError):
        hand_in_change(product, by=owner)
    propose_change(product, by=owner, description="Bagus sekali")
    assert ProductChange.objects.get().state == ProposalState.RETURNED  # the note is about the name
    propose_change(product, by=owner, name="Kemeja parang")
    assert ProductChange.objects.get().state == ProposalState.WAITING
    return_change(ProductChange.objects.get(), by=curator, reason="Sudah yakin?")
    assert hand_in_change(product, by=owner, message="Ya, parang asli.").state == ProposalState.WAITING


def test_taken_back_or_rejected_nothing_is_left(owner, curator):
    product = on_show(owner)
    change = propose_change(product, by=owner, name="Lain")
    assert withdraw_change(product, by=owner)
    assert not withdraw_change(product, by=owner)
    with pytest.raises(CurationError, match="sudah tidak ada"):
        approve_change(change, by=curator)
    reject_change(propose_change(product, by=owner, name="Lain lagi"), by=curator, reason="Bukan barang ini")
    assert fresh(product).name == "Kemeja"
    assert "Bukan barang ini" in OutgoingMail.objects.get(to=owner.email).body
    assert Decision.objects.get(after="change_rejected").changes["name"] == ["Kemeja", "Lain lagi"]


def test_a_suspended_products_change_waits_for_its_return(owner, curator):
    product = on_show(owner)
    change = propose_change(product, by=owner, name="Lain")
    suspend_product(product, by=curator, reason="Diperiksa")
    assert not ProductChange.objects.waiting().exists()
    with pytest.raises(CurationError, match="tidak tayang"):
        approve_change(change, by=curator)
    approve_product(product, by=curator)
    approve_change(change, by=curator)
    assert fresh(product).name == "Lain"


def test_a_price_moves_freely_within_the_limit_of_the_strictest_edition(owner, curator):
    product = on_show(owner)
    assert change_product(product, by=owner, price=130_000, stock=3) == "saved"
    assert change_product(product, by=owner, price=131_000, stock=4) == "proposed"  # measured from what was approved
    assert (fresh(product).price, fresh(product).stock) == (130_000, 4)
    assert change_product(product, by=owner, stock=5) == "saved"
    assert ProductChange.objects.get().price == 131_000
    assert change_product(product, by=owner, price=70_000) == "saved"  # free again: nothing waits any more
    assert not ProductChange.objects.exists()
    assert fresh(product).price == 70_000
    make_booth(exhibitor=owner.exhibitor, edition=make_edition(free_price_percent=10))
    make_booth(exhibitor=owner.exhibitor, edition=make_edition(free_price_percent=50))
    assert change_product(product, by=owner, price=85_000) == "proposed"
    approve_change(ProductChange.objects.get(), by=curator)
    assert (fresh(product).price, fresh(product).approved_price) == (85_000, 85_000)
    assert change_product(product, by=owner, price=90_000) == "saved"


def test_a_variants_price_obeys_the_same_rule(owner, curator):
    product = on_show(owner, state="submitted")
    add_variant(product, by=owner, name="S", price=100_000, stock=1)
    approve_product(product, by=curator)
    variant = product.variants.get()
    assert change_variant(variant, by=owner, price=10_000, stock=2) == "proposed"
    variant.refresh_from_db()
    assert (variant.price, variant.stock, fresh(product).price) == (100_000, 2, 100_000)
    assert change_variant(variant, by=owner, stock=3) == "saved"
    approve_change(ProductChange.objects.get(), by=curator)
    variant.refresh_from_db()
    assert (variant.price, variant.approved_price, fresh(product).price) == (10_000, 10_000, 10_000)


def test_many_products_at_once_obey_the_same_rule(owner, curator):
    near, far = on_show(owner), on_show(owner)
    locked = locked_products([near.pk, far.pk])
    wanted = [
        Wanted({"price": 120_000, "stock": 7}, product=locked[near.pk]),
        Wanted({"price": 1_000, "stock": 8}, product=locked[far.pk]),
    ]
    change_products(wanted, by=owner)
    assert [one.outcome for one in wanted] == ["saved", "proposed"]
    assert (fresh(near).price, fresh(near).stock) == (120_000, 7)
    assert (fresh(far).price, fresh(far).stock) == (100_000, 8)
    approve_change(ProductChange.objects.get(), by=curator)
    assert fresh(far).price == 1_000
