"""Sales that can't be recorded: thrown away with a reason, never unseen."""

import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from journal.models import Entry
from orders.cashdesk.signing import open_sheets
from orders.models import StandDiscard, StandSale
from tests.orders import desk, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, edition=shop.selling_edition(), price=75_000, stock=9).product


@pytest.fixture
def post(as_user, owner):
    client = as_user(owner)

    def send(**said):
        now = timezone.now().isoformat()
        message = {
            "key": str(uuid.uuid4()),
            "owner": f"{owner.pk}-{owner.exhibitor.pk}",
            "way": "cash",
            "amount": 75_000,
            "what": "1 × Keripik",
            "sold_at": now,
            "sent_at": now,
            "refusal": "Ada barang yang bukan milik stan ini.",
            "reason": "Salah ketik",
            **said,
        }
        return client.post(reverse("orders:desk-discard"), json.dumps(message), content_type="application/json")

    return send


def test_a_discarded_sale_is_kept_once_and_told_at_the_sign_off(post, owner, goods, as_user):
    sold = desk.sell(owner.exhibitor, desk.piece(goods), by=owner)
    key = str(uuid.uuid4())
    assert [post(key=key).json()["state"] for _twice in range(2)] == ["discarded"] * 2
    gone = StandDiscard.objects.get()
    assert (gone.reason, gone.amount, gone.discarded_by, gone.day) == ("Salah ketik", 75_000, owner, sold.day)
    (sheet,) = open_sheets(owner.exhibitor)
    assert (sheet.discards, sheet.discarded, sheet.total, sheet.expected) == (1, 75_000, 75_000, 75_000)
    client = as_user(owner)
    page = reverse("orders:desk-day", args=[sold.day.isoformat()])
    assert "1 penjualan dibuang" in client.get(page).content.decode()
    signed = desk.sign(owner.exhibitor, sold.day, by=owner)
    assert (signed.discards, signed.discarded, signed.total) == (1, 75_000, 75_000)
    assert StandDiscard.objects.get().sign_off == signed
    assert Entry.objects.values_list("transaction_key", flat=True).distinct().count() == 1
    shown = client.get(reverse("orders:desk-sales")).content.decode()
    assert "Salah ketik" in shown
    assert gone.number in shown


def test_a_day_of_which_nothing_but_discards_is_left_is_signed_as_well(post, owner, as_user):
    post()
    day = StandDiscard.objects.get().day
    (sheet,) = open_sheets(owner.exhibitor)
    assert (sheet.day, sheet.count, sheet.discards) == (day, 0, 1)
    page = as_user(owner).get(reverse("orders:desk-day", args=[day.isoformat()])).content.decode()
    assert "1 penjualan dibuang" in page
    days = as_user(owner).get(reverse("orders:desk-days")).content.decode()
    assert "1 penjualan dibuang: Rp75.000" in days
    assert "0 penjualan" not in days
    assert "Tutup kas hari ini" in page
    signed = desk.sign(owner.exhibitor, day, by=owner)
    assert (signed.discards, signed.discarded, signed.total) == (1, 75_000, 0)
    assert open_sheets(owner.exhibitor) == []


def test_one_that_was_mended_is_no_loss(post, owner, goods):
    sold = desk.sell(owner.exhibitor, desk.piece(goods), by=owner)
    post(replaced_by=str(sold.key), reason=f"Diperbaiki menjadi {sold.number}")
    (sheet,) = open_sheets(owner.exhibitor)
    assert (sheet.discards, sheet.discarded) == (0, 0)


def test_what_was_recorded_is_not_thrown_away_and_what_was_thrown_away_not_recorded(post, owner, goods, as_user):
    sold = desk.sell(owner.exhibitor, desk.piece(goods), by=owner)
    assert post(key=str(sold.key)).json()["state"] == "recorded"
    assert not StandDiscard.objects.exists()
    gone = desk.new_sale(desk.piece(goods))
    post(key=str(gone.key))
    message = json.dumps(desk.message(gone, f"{owner.pk}-{owner.exhibitor.pk}"))
    answer = as_user(owner).post(reverse("orders:desk-delivery"), message, content_type="application/json")
    assert (answer.status_code, StandSale.objects.count()) == (422, 1)
    assert "sudah dibuang" in answer.json()["reason"]


@pytest.mark.parametrize(
    "said", [{"reason": "  "}, {"reason": None}, {"key": "x"}, {"amount": -1}, {"amount": "75"}, {"sold_at": "kemarin"}]
)
def test_what_nobody_could_look_up_is_refused(post, said):
    answer = post(**said)
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert not StandDiscard.objects.exists()


def test_another_persons_queue_is_left_alone(post):
    assert post(owner="1-1").json()["state"] == "owner"
    assert not StandDiscard.objects.exists()
