import pytest
from django.utils import timezone

from catalog.domain.curation import (
    approve_product,
    reject_product,
    return_product,
    submit_product,
    suspend_product,
)
from catalog.models import Placement
from exhibitors.domain.booths import open_booth
from exhibitors.domain.curation import approve_exhibitor, suspend_exhibitor
from exhibitors.domain.decisions import CurationError
from expo.models import OutgoingMail
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_product, wib
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def product_in(state, **fields):
    return make_product(state=state, cover=make_picture(), **fields)


def shown(product):
    return set(Placement.objects.filter(product=product, shown_until=None).values_list("booth_id", flat=True))


def test_submit_needs_a_photo(owner):
    with pytest.raises(CurationError, match="foto"):
        submit_product(make_product(state="draft"), by=owner)


def test_approval_puts_it_into_the_booths_of_selling_editions(owner, curator):
    mall = make_booth(exhibitor=owner.exhibitor)
    coming = make_booth(
        exhibitor=owner.exhibitor,
        edition=make_edition(
            sales_open=wib(2090, 1, 1), opens_at=wib(2090, 1, 2), closes_at=wib(2090, 1, 3), recaps_from=None
        ),
    )
    make_booth(exhibitor=owner.exhibitor, edition=make_edition(mall_closes_at=wib(2020, 12, 1)))
    product = approve_product(product_in("submitted", exhibitor=owner.exhibitor), by=curator)
    assert shown(product) == {mall.pk, coming.pk}
    assert Placement.objects.get(booth=coming).shown_from == wib(2090, 1, 1)
    assert Placement.objects.get(booth=mall).shown_from <= timezone.now()
    assert OutgoingMail.objects.get(to=owner.email).subject == f"Produk “{product.name}” tayang"


def test_suspending_closes_and_approving_reopens(curator):
    booth = make_booth()
    product = approve_product(product_in("submitted", exhibitor=booth.exhibitor), by=curator)
    suspend_product(product, by=curator, reason="Izin habis.")
    assert shown(product) == set()
    assert Placement.objects.get(product=product).shown_until is not None
    approve_product(product, by=curator)
    assert shown(product) == {booth.pk}
    assert Placement.objects.filter(product=product).count() == 1


@pytest.mark.parametrize("verb", [return_product, reject_product])
def test_refused_products_are_not_shown(verb, curator):
    product = product_in("submitted")
    make_booth(exhibitor=product.exhibitor)
    with pytest.raises(CurationError):
        verb(product, by=curator, reason="")
    verb(product, by=curator, reason="Bukan kerajinan.")
    assert shown(product) == set()


def test_products_follow_their_exhibitor(curator):
    exhibitor = make_exhibitor(state="submitted")
    booth = make_booth(exhibitor=exhibitor)
    product = approve_product(product_in("submitted", exhibitor=exhibitor), by=curator)
    assert shown(product) == set()
    approve_exhibitor(exhibitor, by=curator)
    assert shown(product) == {booth.pk}
    suspend_exhibitor(exhibitor, by=curator, reason="Aduan.")
    assert shown(product) == set()
    approve_exhibitor(exhibitor, by=curator)
    assert shown(product) == {booth.pk}


def test_a_new_booth_is_filled():
    product = product_in("approved")
    waiting = product_in("submitted", exhibitor=product.exhibitor)
    booth = open_booth(product.exhibitor, make_hall())
    assert shown(product) == {booth.pk}
    assert shown(waiting) == set()
