import pytest

from catalog.domain.curation import approve_product, content_of_product
from catalog.domain.products import ProductError, add_product, change_product
from catalog.models import Product, ProductChange
from exhibitors.domain.decisions import ChangedMeanwhileError, CurationError
from tests.factories import make_category, make_product, wib
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def test_new_product_waits_for_curation(owner):
    draft = Product(exhibitor=owner.exhibitor, category=make_category(), name="Kopi Temanggung", price=45000)
    draft.cover = make_picture()
    product = add_product(draft, by=owner)
    assert (product.state, product.slug) == ("submitted", "kopi-temanggung")
    assert product.photos.get().picture == make_picture()


def test_nothing_is_kept_of_a_product_without_photo(owner):
    with pytest.raises(CurationError):
        add_product(Product(exhibitor=owner.exhibitor, category=make_category(), name="Kopi", price=1), by=owner)
    assert not Product.objects.exists()


def test_harmless_edits_are_live(owner):
    product = make_product(exhibitor=owner.exhibitor, price=1000, stock=3)
    assert change_product(product, by=owner, price=1200, stock=8) == "saved"
    product.refresh_from_db()
    assert (product.price, product.stock, product.state) == (1200, 8, "approved")


def test_others_wait_while_the_product_stays_on_show(owner):
    product = make_product(exhibitor=owner.exhibitor, name="Kopi", price=1000)
    assert change_product(product, by=owner, name="Kopi robusta", price=1200) == "proposed"
    product.refresh_from_db()
    assert (product.name, product.price, product.state) == ("Kopi", 1200, "approved")
    assert ProductChange.objects.get().name == "Kopi robusta"


def test_returned_product_is_submitted_again(owner):
    product = make_product(exhibitor=owner.exhibitor, state="returned", cover=make_picture())
    assert change_product(product, by=owner, name="Kopi baru") == "submitted"
    product.refresh_from_db()
    assert (product.name, product.state) == ("Kopi baru", "submitted")


def test_waiting_product_is_changed_at_its_place_in_the_queue(owner, curator):
    """What a curator opened before is not what can be approved then."""
    product = make_product(
        exhibitor=owner.exhibitor, state="submitted", cover=make_picture(), submitted_at=wib(2026, 1, 1)
    )
    seen = content_of_product(product)
    assert change_product(product, by=owner, name="Kopi baru") == "saved"
    product.refresh_from_db()
    assert (product.name, product.state, product.submitted_at) == ("Kopi baru", "submitted", wib(2026, 1, 1))
    with pytest.raises(ChangedMeanwhileError):
        approve_product(product, by=curator, seen=seen)
    approve_product(product, by=curator, seen=content_of_product(product))


def test_suspended_product_is_not_changed(owner):
    product = make_product(exhibitor=owner.exhibitor, state="suspended")
    with pytest.raises(ProductError):
        change_product(product, by=owner, price=5)
