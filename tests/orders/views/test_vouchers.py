"""The exhibitor's vouchers: made and changed by their owner alone; what is wrong is said at its field."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from orders.models import Voucher
from tests.orders import shop
from tests.orders.domain.test_offers import voucher
from tests.orders.views.test_shipping import errors

pytestmark = pytest.mark.django_db
NEW = reverse("orders:voucher-new")


def typed(**fields) -> dict[str, str]:
    now = timezone.localtime()
    moments = {"valid_from": now - dt.timedelta(days=1), "valid_until": now + dt.timedelta(days=9)}
    written = {name: moment.strftime("%Y-%m-%dT%H:%M") for name, moment in moments.items()}
    first = {"code": "hemat 10", "benefit": "percent", "value": "10", "minimum_spend": "0", "is_active": "on"}
    return first | written | fields


def test_a_voucher_is_made_and_taken_out_of_use(as_user, helper):
    client = as_user(helper)
    page = client.post(NEW, typed(), follow=True).content.decode()
    assert "HEMAT10" in page
    made = Voucher.objects.get()
    assert (made.exhibitor, made.created_by, made.value, made.is_active) == (helper.exhibitor, helper, 10, True)
    client.post(reverse("orders:voucher", args=[made.pk]), typed(is_active="", most_uses="5"))
    made.refresh_from_db()
    assert (made.is_active, made.most_uses) == (False, 5)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "A"}, "code"),
        ({"code": "HEMAT-10"}, "code"),
        ({"code": "lama99"}, "code"),  # somebody else's
        ({"value": "0"}, "value"),
        ({"value": "101"}, "value"),
        ({"value": "banyak"}, "value"),
        ({"valid_until": "2001-01-01T00:00"}, "valid_until"),
        ({"valid_from": "besok"}, "valid_from"),
        ({"budget": "-1"}, "budget"),
        ({"benefit": "emas"}, "benefit"),
    ],
)
def test_a_wrong_voucher_is_told_at_its_field(as_user, owner, fields, field):
    voucher(shop.sold(), code="LAMA99")
    assert field in errors(as_user(owner).post(NEW, typed(**fields)))
    assert Voucher.objects.count() == 1


def test_what_was_taken_cannot_be_undercut(as_user, owner):
    given = voucher(shop.sold(exhibitor=owner.exhibitor), most_uses=9, budget=90_000)
    Voucher.objects.filter(pk=given.pk).update(uses=3, spent=30_000)
    page = reverse("orders:voucher", args=[given.pk])
    found = errors(as_user(owner).post(page, typed(most_uses="2", budget="29999")))
    assert set(found) == {"most_uses", "budget"}


def test_vouchers_of_others_do_not_exist(as_user, client, outsider):
    given = voucher(shop.sold(), code="LAMA99")
    page = reverse("orders:voucher", args=[given.pk])
    assert client.get(page).status_code == 302
    signed_in = as_user(outsider)
    for answer in (signed_in.get(page), signed_in.post(page, typed(code="CURI"))):
        assert answer.status_code in (403, 404)
    assert "LAMA99" not in signed_in.get(reverse("orders:vouchers"), follow=True).content.decode()
    given.refresh_from_db()
    assert given.code == "LAMA99"


def test_a_new_voucher_begins_now_and_ends_in_a_month(as_user, owner):
    form = as_user(owner).get(NEW).context["form"]
    begin, end = form["valid_from"].value(), form["valid_until"].value()
    assert abs(begin - timezone.localtime().replace(tzinfo=None)) < dt.timedelta(minutes=2)
    assert end - begin == dt.timedelta(days=30)
