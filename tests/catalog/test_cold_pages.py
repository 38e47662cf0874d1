"""Public pages when nothing is remembered: an empty store and a process that has just begun."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Product
from exhibitors.models import Certificate, CertificateKind
from inquiries.domain.inquiries import answer
from tests import factories
from tests.browser.test_every_page import World, walked
from tests.inquiries.test_inbox import make_inquiry
from tests.orders import shop

MOST = 6
FACTS = ("Uang muka", "Ongkos kirim", "Membalas pertanyaan", "id=\"more\"", "id=\"alike\"", "NIB-77", "Merah", "Rapi.",
         "Ada tiga.", "Rp120.000")  # fmt: skip


@pytest.fixture
def world(owner):
    """A product with everything that its page can show."""
    made = World(owner)
    Product.objects.filter(pk=made.product.pk).update(made_to_order=True, lead_days=7, deposit_percent=40)
    Certificate.objects.create(
        exhibitor=made.exhibitor,
        kind=CertificateKind.NIB,
        number="NIB-77",
        verified_at=timezone.now(),
        verified_by=owner,
    )
    factories.make_placement(booth=made.booth, product=factories.make_product(exhibitor=made.exhibitor))
    shop.sold(edition=made.edition, category=made.product.category)
    for number in range(3):
        asked = make_inquiry(made.exhibitor, edition=made.edition, message=f"Masih ada {number}?")
        answer(asked, "Ada.", by=owner)
    return made


def cold(client, address, forgotten):
    forgotten()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        if response.streaming:
            response.getvalue()
    return response, [query["sql"] for query in captured]


@pytest.mark.django_db
def test_no_public_page_asks_more_than_six_times(client, world, forgotten):
    """Every address of the address book that answers everyone alike."""
    asked = {}
    for address in walked(world).open:
        response, queries = cold(client, address, forgotten)
        if response.headers.get("Cache-Control", "").startswith("public"):
            asked[address] = queries
    assert len(asked) > 25
    assert {address: queries for address, queries in asked.items() if len(queries) > MOST} == {}


@pytest.mark.django_db
def test_the_richest_product_does_not_either(client, world, forgotten):
    response, queries = cold(client, world.product.get_absolute_url(), forgotten)
    html = response.content.decode()
    assert [fact for fact in FACTS if fact not in html] == []
    assert len(queries) <= MOST
    assert len(cold(client, f"/en{world.product.get_absolute_url()}", forgotten)[1]) <= MOST
