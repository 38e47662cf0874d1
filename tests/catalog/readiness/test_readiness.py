"""Checklists of markets: what is asked of whom, what is missing, and what the admin keeps of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import Category, MarketStanding, PriceStep, ProductPhoto, ReadinessMark
from catalog.readiness.markets import BY_KEY, MARKABLE, Market, Weight
from catalog.readiness.standing import checklists_of, ready_for, renew_standings
from exhibitors.models import Certificate
from expo.formats import WIB
from tests.catalog.street import make_picture
from tests.factories import make_exhibitor, make_product, wib

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def food():
    root = Category.objects.create(slug="dapur", name="Dapur", is_food=True)
    return Category.objects.create(slug="keripik", name="Keripik", parent=root)


def lines(exhibitor, market, now=None) -> dict:
    found = next(one for one in checklists_of(exhibitor, now) if one.market == market)
    return {line.requirement.key: line for line in found.lines}


def certify(exhibitor, by, kind, **fields) -> Certificate:
    return Certificate.objects.create(
        **{"exhibitor": exhibitor, "kind": kind, "number": "1", "verified_at": timezone.now(), "verified_by": by}
        | fields
    )


def complete(product) -> None:
    """Whatever retail asks of a product that is no food."""
    for _number in range(3):
        ProductPhoto.objects.create(product=product, picture=make_picture())
    product.photos.first().picture.__class__.objects.update(width=1200, height=1000)
    product.weight_grams = product.length_mm = product.width_mm = product.height_mm = 100
    product.sku, product.has_steps = "K-1", True
    product.save()
    PriceStep.objects.create(product=product, minimum_quantity=10, unit_price=1000)


def test_every_requirement_of_law_says_which():
    for requirement in BY_KEY.values():
        for weight, source in requirement.markets.values():
            assert source or weight == Weight.USUAL, requirement.key


def test_food_needs_permits_and_crafts_do_not(owner, curator, food):
    craft = make_product(exhibitor=owner.exhibitor)
    assert not {"food", "halal", "ingredients"} & lines(owner.exhibitor, Market.RETAIL).keys()
    chips = make_product(exhibitor=owner.exhibitor, category=food)
    found = lines(owner.exhibitor, Market.RETAIL)
    assert [product.pk for product in found["food"].lacking] == [chips.pk]
    assert {product.pk for product in found["sku"].lacking} == {craft.pk, chips.pk}

    mine = certify(owner.exhibitor, curator, "pirt", product=chips, verified_at=None, verified_by=None)
    assert not lines(owner.exhibitor, Market.RETAIL)["food"].is_met  # nobody has verified it
    Certificate.objects.filter(pk=mine.pk).update(verified_at=timezone.now(), verified_by=curator)
    assert lines(owner.exhibitor, Market.RETAIL)["food"].is_met
    mine.delete()
    certify(owner.exhibitor, curator, "bpom", product=craft)
    assert not lines(owner.exhibitor, Market.RETAIL)["food"].is_met  # of another product


def test_declared_not_halal_answers_the_question_and_in_process_does_not(owner, curator, food):
    make_product(exhibitor=owner.exhibitor, category=food)
    asked = certify(owner.exhibitor, curator, "halal", standing="process")
    assert not lines(owner.exhibitor, Market.RETAIL)["halal"].is_met
    asked.standing, asked.number, asked.verified_at, asked.verified_by = "not_halal", "", None, None
    asked.save()
    assert lines(owner.exhibitor, Market.RETAIL)["halal"].is_met


def test_a_permit_counts_through_its_last_day_in_jakarta(owner, curator, food):
    make_product(exhibitor=owner.exhibitor, category=food)
    certify(owner.exhibitor, curator, "pirt", expires_on=dt.date(2026, 8, 31))
    midnight = wib(2026, 9, 1)
    assert lines(owner.exhibitor, Market.RETAIL, midnight - dt.timedelta(microseconds=1))["food"].is_met
    assert not lines(owner.exhibitor, Market.RETAIL, midnight)["food"].is_met


def test_a_cooperative_shows_its_legal_number():
    assert "legal" not in lines(make_exhibitor(), Market.GOVERNMENT)
    assert not lines(make_exhibitor(kind="koperasi"), Market.GOVERNMENT)["legal"].is_met


def test_ready_with_one_whole_product(as_user, owner, curator):
    exhibitor = owner.exhibitor
    exhibitor.nib = "1234567890123"
    exhibitor.save()
    good, bare = make_product(exhibitor=exhibitor), make_product(exhibitor=exhibitor, name="Tanpa apa pun")
    complete(good)
    certify(exhibitor, curator, "merek")
    client, page = as_user(owner), reverse("catalog:dashboard-market", args=["ritel"])
    html = client.get(page).content.decode()
    assert reverse("catalog:dashboard-photos", args=[bare.pk]) in html
    assert reverse("catalog:dashboard-photos", args=[good.pk]) not in html
    assert "Biasanya diminta" in html
    marks = reverse("catalog:dashboard-market-mark", args=["ritel"])
    assert client.post(marks, {"syarat": "nib", "punya": "1"}).status_code == 404  # that is seen, not told
    for key in MARKABLE:
        client.post(marks, {"syarat": key, "punya": "1"})
    assert "Siap ditawarkan" in client.get(page).content.decode()
    assert [row.exhibitor for row in ready_for(Market.RETAIL)] == [exhibitor]
    client.post(marks, {"syarat": "npwp", "punya": "0"})
    assert not ReadinessMark.objects.filter(requirement="npwp").exists()
    assert not ready_for(Market.RETAIL).exists()


def test_what_is_kept_ends_with_the_first_certificate(owner, curator):
    exhibitor = owner.exhibitor
    today = timezone.now().astimezone(WIB).date()
    certify(exhibitor, curator, "merek", expires_on=today)
    renew_standings(timezone.now())
    MarketStanding.objects.update(is_ready=True)
    assert ready_for(Market.RETAIL).count() == 1
    assert not ready_for(Market.RETAIL, timezone.now() + DAY).exists()


def test_rounds_take_the_oldest_first_with_the_same_queries_for_many(owner):
    renew_standings(timezone.now() - DAY)
    make_product(exhibitor=owner.exhibitor)
    with CaptureQueriesContext(connection) as few:
        assert renew_standings(timezone.now()) == 1
    for _number in range(5):
        make_product(exhibitor=make_exhibitor())
    with CaptureQueriesContext(connection) as many:
        assert renew_standings(timezone.now()) == 6
    assert len(many) == len(few)
    assert MarketStanding.objects.count() == 18


def test_staff_see_and_filter_it_without_working_it_out(as_user, curator, owner):
    make_exhibitor()
    renew_standings(timezone.now())
    client = as_user(curator)
    address = reverse("admin:exhibitors_exhibitor_changelist")
    assert "Ritel modern" in client.get(address).content.decode()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _number in range(6):
        make_exhibitor()
    renew_standings(timezone.now())
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    MarketStanding.objects.filter(exhibitor=owner.exhibitor).update(is_ready=True)
    html = client.get(address, {"siap": "ekspor"}).content.decode()
    assert owner.exhibitor.name in html
    assert html.count('class="field-name') <= 1
    one = reverse("admin:exhibitors_exhibitor_change", args=[owner.exhibitor.pk])
    assert "dari" in client.get(one).content.decode()


@pytest.mark.parametrize(
    ("change", "is_shown"),
    [
        ({}, True),
        ({"valid_until": dt.date(2020, 1, 1)}, False),
        ({"version": "0"}, False),
        ({"is_ready": False}, False),
    ],
)
def test_the_tick_in_the_list_says_what_the_filter_finds(as_user, curator, owner, change, is_shown):
    renew_standings(timezone.now())
    MarketStanding.objects.update(**{"is_ready": True} | change)
    client, address = as_user(curator), reverse("admin:exhibitors_exhibitor_changelist")
    assert ("✓ " in client.get(address).content.decode()) is is_shown
    found = client.get(address, {"siap": Market.RETAIL}).content.decode()
    assert (owner.exhibitor.name in found) is is_shown


@pytest.mark.parametrize("guide", ["foto-produk", "siaran-langsung"])
def test_guides_are_public_in_both_languages(client, guide):
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/panduan/{guide}/")
        assert response.status_code == 200
        assert not response.cookies
        assert response.content.count(b'<svg class="guide__drawing') == 5
    assert client.get("/panduan/lain/").status_code == 404
