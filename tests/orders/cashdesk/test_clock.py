import datetime as dt

import pytest

from expo.formats import WIB
from orders.cashdesk.clock import LONGEST_OFFLINE, moment_of
from tests.factories import wib
from tests.orders import shop
from tests.orders.desk import new_sale, piece

NOW = wib(2020, 11, 20, 15)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize("wrong", [dt.timedelta(), 5 * HOUR, -5 * HOUR, dt.timedelta(days=-7000)])
def test_clock_that_is_wrong_all_the_time_cancels_out(wrong):
    moment = moment_of(NOW + wrong - 3 * HOUR, NOW + wrong, NOW)
    assert (moment.occurred_at, moment.is_doubtful) == (NOW - 3 * HOUR, False)


@pytest.mark.parametrize("waited", [-dt.timedelta(seconds=1), LONGEST_OFFLINE + dt.timedelta(seconds=1)])
def test_clock_that_makes_no_sense_tells_nothing(waited):
    moment = moment_of(NOW - waited, NOW, NOW)
    assert (moment.occurred_at, moment.is_doubtful) == (NOW, True)


def test_the_longest_wait_still_counts():
    assert moment_of(NOW - LONGEST_OFFLINE, NOW, NOW).occurred_at == NOW - LONGEST_OFFLINE


@pytest.mark.django_db
def test_day_and_edition_are_those_of_the_sale_not_of_the_sending(owner):
    from orders.cashdesk.sales import record_sale

    opens = wib(2020, 11, 18, 9)
    edition = shop.selling_edition(
        sales_open=opens, opens_at=opens, closes_at=wib(2020, 11, 20), mall_closes_at=wib(2020, 12, 1)
    )
    goods = shop.sold(exhibitor=owner.exhibitor, edition=edition).product
    received = wib(2020, 11, 20, 8)
    for sold, day, phase in [
        (wib(2020, 11, 19, 23, 59, 59, 999_999), dt.date(2020, 11, 19), "during"),
        (wib(2020, 11, 20), dt.date(2020, 11, 20), "mall"),
    ]:
        new = new_sale(piece(goods), sold_at=sold, sent_at=received)
        sale = record_sale(owner.exhibitor, new, by=owner, now=received).sale
        assert (sale.occurred_at, sale.day, sale.received_at) == (sold, day, received)
        assert sale.edition.phase_at(sale.occurred_at) == phase
        assert sale.occurred_at.astimezone(WIB).date() == day


@pytest.mark.django_db
def test_doubtful_clock_is_marked_in_the_journal(owner):
    from journal.models import Entry
    from orders.cashdesk.sales import record_sale

    goods = shop.sold(exhibitor=owner.exhibitor).product
    new = new_sale(piece(goods), sold_at=wib(2031, 1, 1), sent_at=wib(2020, 1, 1))
    sale = record_sale(owner.exhibitor, new, by=owner).sale
    assert sale.is_doubtful
    assert sale.occurred_at == sale.received_at
    assert (sale.device_at, sale.sent_at) == (wib(2031, 1, 1), wib(2020, 1, 1))
    assert "diragukan" in Entry.objects.get().note
