import datetime as dt
import random

import pytest
from django.utils import timezone

from exhibitors.models import Exhibitor
from expo.formats import WIB
from journal.models import Entry, Measure
from journal.own import Scope, own_sums
from journal.posting import post_commitment, post_correction, post_payment_on_order, post_refund, post_sale, reclassify
from journal.totals import AsOf, tables
from journal.values import Correction, Line, Payment, Refund, Reversal, Sale
from orders.counts import placed_with
from reports.own.figures import Span, own_figures
from tests import factories
from tests.factories import wib
from tests.orders import shop
from tests.visits.hours import booth_hour

pytestmark = pytest.mark.django_db
FAR = wib(2030, 1, 1)


def sell(edition, exhibitor, key, amount, moment, **fields):
    names = {"product_key": fields.pop("product", ""), "product_label": fields.pop("label", "")}
    post = fields.pop("post", post_sale)
    line = Line(key="1", amount=amount, quantity=fields.pop("quantity", 1), category_code="batik", **names)
    return post(
        Sale(
            edition=edition,
            exhibitor=exhibitor,
            key=key,
            transaction_key=fields.pop("transaction", key),
            occurred_at=moment,
            lines=(line,),
            **fields,
        )
    )[0]


def anything(chance: random.Random, edition, exhibitors) -> None:
    """A few dozen postings of every kind, at any time of the run."""
    for number in range(40):
        moment = edition.sales_open + dt.timedelta(minutes=chance.randrange(60 * 24 * 8))
        entry = sell(
            edition,
            chance.choice(exhibitors),
            f"s{number}",
            chance.randrange(1, 900_000),
            moment,
            post=chance.choice([post_sale, post_sale, post_commitment]),
            product=chance.choice(["", "p1", "p2"]),
            label="Barang",
            quantity=chance.randrange(4),
            channel=chance.choice(["online", "live", "onsite", "reported"]),
            evidence=chance.choice("ABCD"),
        )
        later, key = moment + dt.timedelta(hours=chance.randrange(72)), f"n{number}"
        part = (Reversal(entry_id=entry.pk, amount=chance.randrange(1, entry.amount + 1)),)
        match chance.randrange(5):
            case 0 if entry.measure == Measure.COMMITTED:
                post_payment_on_order(Payment(key=key, occurred_at=later, lines=part))
            case 1:
                post_refund(Refund(key=key, occurred_at=later, lines=part))
            case 2:
                post_correction(Correction(key=key, occurred_at=later, lines=part, note="Salah tulis"))
            case 3:
                reclassify(entry.pk, key=key, occurred_at=later, note="Bukti", by_id=None, evidence="B")


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_the_exhibitors_row_of_the_recap_and_a_naive_recount(seed):
    edition, other = factories.make_edition(), factories.make_edition()
    exhibitors = [factories.make_exhibitor() for _ in range(3)]
    anything(random.Random(seed), edition, exhibitors)
    sell(other, exhibitors[0], "other", 5_000, wib(2020, 11, 19))
    recap = {row.key: row for row in tables(AsOf(editions=(edition.pk,), occurred=FAR, recorded=FAR))["exhibitor"]}
    for exhibitor in exhibitors:
        found = own_figures(exhibitor, Span(edition=edition), None, now=FAR)
        row = recap[str(exhibitor.pk)]
        for name in ("realised", "committed", "units", "transactions"):
            assert getattr(found.total, name) == getattr(row, name)
        assert_recount(found, Entry.objects.filter(exhibitor=exhibitor, edition=edition))


def assert_recount(found, entries) -> None:
    """Every table sums to the total, and each day and product is what its entries say."""
    counted = [entry for entry in entries if entry.measure in ("realised", "committed") and entry.evidence != "D"]
    paid = [entry for entry in counted if entry.measure == "realised"]
    assert found.total.claimed == sum(e.amount for e in entries if e.evidence == "D" and e.measure == "realised")
    for rows in (
        [day.sums for day in found.days],
        [sums for _key, sums in found.channels],
        [product.sums for product in found.products],
    ):
        for name in ("realised", "committed", "units"):
            assert sum(getattr(row, name) for row in rows) == getattr(found.total, name)
    for day in found.days:
        assert day.sums.realised == sum(e.amount for e in paid if e.occurred_at.astimezone(WIB).date() == day.day)
    for product in found.products:
        assert product.sums.units == sum(e.quantity for e in paid if e.product_key == product.key)


def test_a_day_ends_at_midnight_of_java():
    edition, exhibitor = factories.make_edition(), factories.make_exhibitor()
    late, early = wib(2020, 11, 18, 23, 59, 59, 999_999), wib(2020, 11, 19)
    sell(edition, exhibitor, "late", 1, late)
    sell(edition, exhibitor, "early", 10, early)
    found = own_figures(exhibitor, Span(edition=edition), None, now=FAR)
    assert [(row.day.day, row.sums.realised) for row in found.days] == [(18, 1), (19, 10)]
    day = dt.date(2020, 11, 18)
    assert own_figures(exhibitor, Span(first=day, last=day), None, now=FAR).total.realised == 1
    assert own_figures(exhibitor, Span(edition=edition), None, now=early).total.realised == 1


def test_days_between_are_there_and_visits_count_by_booth():
    edition, exhibitor = factories.make_edition(), factories.make_exhibitor()
    booth, other = factories.make_booth(edition=edition, exhibitor=exhibitor), factories.make_booth(edition=edition)
    booth_hour(booth=booth, hour=wib(2020, 11, 18, 23), visits=30)
    booth_hour(booth=booth, hour=wib(2020, 11, 20, 0), visits=20)
    booth_hour(booth=other, hour=wib(2020, 11, 19, 0), visits=99)
    sell(edition, exhibitor, "web", 1_000, wib(2020, 11, 18, 10))
    sell(edition, exhibitor, "stand", 1_000, wib(2020, 11, 18, 10), channel="onsite")
    found = own_figures(exhibitor, Span(edition=edition), None, now=FAR)
    assert [row.visits for row in found.days] == [30, 0, 20]
    assert (found.visits, found.funnel.paid, found.conversion_bp) == (50, 1, 200)
    assert own_figures(factories.make_exhibitor(), Span(edition=edition), None, now=FAR).conversion_bp is None


def test_the_last_edition_counts_as_far_as_this_one_has_come():
    before = factories.make_edition(
        sales_open=wib(2019, 11, 1), opens_at=wib(2019, 11, 5, 10), closes_at=wib(2019, 11, 8, 16)
    )
    edition, exhibitor = factories.make_edition(), factories.make_exhibitor()
    sell(before, exhibitor, "a", 1, wib(2019, 11, 4, 23, 59))
    sell(before, exhibitor, "b", 10, wib(2019, 11, 5, 23, 59))
    sell(before, exhibitor, "c", 100, wib(2019, 11, 6, 11, 59))
    sell(before, exhibitor, "d", 1_000, wib(2019, 11, 6, 12))
    sell(edition, exhibitor, "e", 5, wib(2020, 11, 19, 8))
    found = own_figures(exhibitor, Span(edition=edition), before, now=wib(2020, 11, 19, 12)).comparison
    assert found.until == wib(2019, 11, 6, 12)
    assert [(row.key, row.now, row.then) for row in found.rows] == [
        ("before", 0, 1), ("1", 0, 10), ("2", 5, 100), ("3", 0, 0), ("4", 0, 0), ("after", 0, 0),
    ]  # fmt: skip
    assert (found.now, found.then) == (5, 111)
    assert (found.funnel.paid, found.funnel.placed, found.funnel.visits) == (3, 0, 0)
    later = own_figures(exhibitor, Span(edition=edition), before, now=FAR).comparison
    assert later.then == 1_111


def test_products_stand_beside_what_they_sold_in_the_last_edition():
    before = factories.make_edition(opens_at=wib(2020, 11, 17, 9))
    edition, exhibitor = factories.make_edition(), factories.make_exhibitor()
    sell(edition, exhibitor, "a", 500, wib(2020, 11, 18), product="p1", label="Tas")
    sell(before, exhibitor, "b", 90, wib(2020, 11, 17), product="p1", label="Tas lama")
    sell(before, exhibitor, "c", 700, wib(2020, 11, 17), product="p2", label="Topi")
    found = own_figures(exhibitor, Span(edition=edition), before, now=FAR)
    assert [(row.label, row.sums.realised, row.then) for row in found.products] == [("Tas", 500, 90), ("Topi", 0, 700)]
    assert sum(row.then for row in found.products) == found.comparison.then
    assert [row.then for row in own_figures(exhibitor, Span(edition=edition), None, now=FAR).products] == [None]


def test_orders_placed_count_whether_they_are_paid_or_not(owner):
    placement = shop.sold(exhibitor=owner.exhibitor)
    start = timezone.now()
    for _ in range(2):
        shop.placed_order(placement)
    shop.paid_order(placement, by=owner)
    shop.placed_order()  # somebody else's
    edition = placement.booth.edition
    funnel = own_figures(owner.exhibitor, Span(edition=edition), None, now=timezone.now()).funnel
    assert (funnel.placed, funnel.paid) == (3, 1)
    assert placed_with(owner.exhibitor.pk, None, start, timezone.now()) == 3
    assert placed_with(owner.exhibitor.pk, (edition.pk,), start - dt.timedelta(days=1), start) == 0


def test_one_query_for_sums_however_many_entries(django_assert_num_queries):
    edition, exhibitor = factories.make_edition(), factories.make_exhibitor()
    for number in range(3):
        with django_assert_num_queries(1):
            found = own_sums(Scope(exhibitor=exhibitor.pk, end=FAR))
        assert found.total.transactions == number
        sell(edition, exhibitor, f"s{number}", 1_000, wib(2020, 11, 18), product=f"p{number}")
    assert Exhibitor.objects.count() == 1
