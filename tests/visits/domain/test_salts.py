import datetime as dt

import pytest

from tests.factories import make_edition, wib
from visits.domain.salts import KEPT_AFTER, destroy_overdue_salts, destroy_salts, salt_for
from visits.models import Salt

pytestmark = pytest.mark.django_db


def living() -> list[str]:
    return list(Salt.objects.filter(secret__isnull=False).order_by("period").values_list("period", flat=True))


def make_salts(edition, *periods):
    for period in periods:
        salt_for(edition.pk, period)


def test_salts_end_with_the_recap_that_ends_their_period():
    edition = make_edition(closes_at=wib(2020, 11, 20, 21))
    make_salts(edition, "run", "2020-11", "2020-12")
    assert destroy_salts(edition, wib(2020, 11, 20, 21)) == 0
    assert destroy_salts(edition, wib(2020, 11, 21)) == 1
    assert living() == ["2020-11", "2020-12"]
    assert destroy_salts(edition, wib(2020, 12, 1)) == 1
    assert living() == ["2020-12"]


def test_the_end_of_the_mall_ends_them_all():
    edition = make_edition(closes_at=wib(2020, 11, 20, 21), mall_closes_at=wib(2020, 11, 20, 21))
    make_salts(edition, "run")
    assert destroy_salts(edition, wib(2020, 11, 20, 20)) == 0
    assert destroy_salts(edition, wib(2020, 11, 20, 21)) == 1
    assert living() == []


def test_where_nobody_seals_salts_end_all_the_same():
    edition = make_edition(closes_at=wib(2020, 11, 20, 21))
    make_salts(edition, "run", "2020-11")
    end = wib(2020, 11, 21) + KEPT_AFTER
    assert destroy_overdue_salts(end - dt.timedelta(seconds=1)) == 0
    assert destroy_overdue_salts(end) == 1
    assert living() == ["2020-11"]


def test_a_destroyed_salt_is_never_used_again():
    edition = make_edition()
    first = salt_for(edition.pk, "run")
    Salt.objects.update(secret=None, destroyed_at=wib(2021, 1, 1))
    again = salt_for(edition.pk, "run")
    assert (again.period, again.pk != first.pk) == ("run/2", True)
    assert len(bytes(again.secret)) == 32
