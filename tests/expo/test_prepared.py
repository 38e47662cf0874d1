"""Prepared queries answer as the ORM does."""

import pytest
from django.db.models import F

from expo.models import Edition
from expo.prepared import IDS, MOMENT, Among, Prepared, text_slot
from tests.factories import make_edition, wib


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
def test_a_slot_without_a_place_is_an_error_at_once():
    with pytest.raises(ValueError, match="no place for word"):
        Prepared(Edition.objects.values_list("pk"), word=text_slot("word"))
