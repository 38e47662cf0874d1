"""Prepared queries answer as the ORM does."""

import pytest
from django.db import connection, transaction
from django.db.models import F

from catalog.models import Product
from expo.models import Edition
from expo.prepared import IDS, MOMENT, Among, Count, Prepared, PreparedObjects, number_slot, text_slot
from tests.factories import make_edition, make_exhibitor, make_product, make_region, wib


@pytest.mark.django_db
def test_slots_are_filled_at_each_call():
    editions = [make_edition() for _ in range(3)]
    query = Prepared(
        Edition.objects.filter(Among(F("pk")), opens_at__lte=MOMENT).order_by("pk").values_list("pk", "slug"),
        ids=IDS, now=MOMENT,
    )  # fmt: skip
    ids = [edition.pk for edition in editions]
    assert query.rows(ids=ids[:2], now=wib(2030, 1, 1)) == [(e.pk, e.slug) for e in editions[:2]]
    assert query.rows(ids=ids, now=wib(2010, 1, 1)) == []
    assert query.dicts(["id", "slug"], ids=ids, now=wib(2030, 1, 1), limit=1, offset=2)[0]["slug"] == editions[2].slug


@pytest.mark.django_db
def test_rows_and_different_values_are_counted():
    for year, month in ((2020, 1), (2020, 2), (2021, 11)):
        make_edition(year=year, sales_open=wib(2020, month, 1))
    held = Edition.objects.filter(sales_open__lt=MOMENT).order_by("-opens_at")
    rows, years = Count(held, before=MOMENT), Count(held, distinct="year", before=MOMENT)
    assert [query.number(before=wib(2020, 12, 1)) for query in (rows, years)] == [3, 2]
    assert [query.number(before=wib(2020, 11, 1)) for query in (rows, years)] == [2, 1]
    assert [query.number(before=wib(2020, 1, 1)) for query in (rows, years)] == [0, 0]


@pytest.mark.django_db
def test_a_slot_without_a_place_is_an_error_at_once():
    with pytest.raises(ValueError, match="no place for word"):
        Prepared(Edition.objects.values_list("pk"), word=text_slot("word"))


@pytest.mark.django_db
def test_objects_come_with_their_relations(django_assert_num_queries):
    with_region = make_product(exhibitor=make_exhibitor(regency=make_region()))
    without = make_product()
    query = PreparedObjects(Product.objects.order_by("pk"), "exhibitor", "exhibitor__regency", "category", "cover")
    with django_assert_num_queries(1):
        first, second = query.objects()
        assert first == with_region
        assert first.exhibitor.regency.name == "Kota Salatiga"
        assert second.exhibitor.regency is None
        assert second.cover is None
        assert second.category == without.category
    assert first.approved_at == with_region.approved_at
    assert first.search  # left out, and fetched when asked for


@pytest.mark.django_db
def test_the_database_plans_a_query_once_for_all_values():
    query = Prepared(
        Edition.objects.filter(pk=number_slot(1), name__contains="100%").values_list("pk"), pk=number_slot(1)
    )
    before = statements()
    for number in (1, 70_000, 2**40):  # which psycopg would send as three types
        assert query.rows(pk=number, limit=1) == []
    assert len(statements() - before) == 1


@pytest.mark.django_db
def test_a_later_page_is_planned_afresh():
    editions = [make_edition() for _ in range(3)]
    query = Prepared(Edition.objects.filter(pk__gt=number_slot(1)).order_by("pk").values_list("pk"), pk=number_slot(1))
    before = statements()
    assert query.rows(pk=0, limit=1, offset=1) == [(editions[1].pk,)]
    assert statements() == before


def statements() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_statements_outlive_what_is_taken_back():
    """A worker that refuses an order would otherwise plan every page anew."""
    outside, inside = (
        Prepared(Edition.objects.filter(pk=number_slot(1), name=name).values_list("pk"), pk=number_slot(1))
        for name in ("planned before", "planned in between")
    )
    before = statements()
    outside.rows(pk=1)
    with transaction.atomic():
        inside.rows(pk=1)
        transaction.set_rollback(True)
    kept = statements()
    assert outside.rows(pk=2) == inside.rows(pk=2) == []
    assert statements() == kept
    assert len(kept - before) == 2
