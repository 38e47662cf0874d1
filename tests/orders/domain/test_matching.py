import datetime as dt
import importlib
import io
import time

import pytest
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from expo.errors import DomainError
from expo.formats import WIB
from journal.models import Entry
from orders.domain.cancellation import expire_orders
from orders.domain.errors import OrderError
from orders.domain.matching import (
    confirm_exact,
    confirm_match,
    dismiss_row,
    restore_row,
    store_statement,
    suggestions,
    undo_match,
)
from orders.domain.payment import confirm_payment, submit_proof
from orders.domain.undoing import undo_confirmation
from orders.models import Match, MatchKind, Order, StatementRow
from orders.states import OrderState, TransitionError
from tests.cast import exhibitor_of, person
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(owner):
    return shop.sold(exhibitor=owner.exhibitor, stock=30)


def statement(*amounts, text="TRSF SARI DEWI") -> bytes:
    today = timezone.now().astimezone(WIB)
    lines = [f"{today:%d/%m/%Y};{text} {number};{amount}" for number, amount in enumerate(amounts)]
    return "\n".join(["Tanggal;Keterangan;Kredit", *lines, f"{today:%d/%m/%Y};Biaya;0"]).encode()


def upload(owner, *amounts, **options):
    return store_statement(owner.exhibitor, statement(*amounts, **options), "mutasi.csv", by=owner)


def total(*orders) -> int:
    codes = [order.code for order in orders]
    return Entry.objects.filter(transaction_key__in=codes).aggregate(total=Sum("amount"))["total"] or 0


def found(owner):
    return suggestions(owner.exhibitor, timezone.now())


def test_a_statement_uploaded_twice_or_overlapping_adds_nothing(owner):
    upload(owner, 5_000, 6_000)
    again = upload(owner, 5_000, 6_000, 7_000)
    assert (again.new_rows, again.known_rows, StatementRow.objects.count()) == (1, 2, 3)


def test_nothing_is_confirmed_by_uploading(owner, placement):
    order = shop.placed_order(placement)
    upload(owner, order.total)
    assert [one.kind for one in found(owner)] == [MatchKind.EXACT]
    assert Order.objects.get().state == OrderState.PLACED


def test_all_exact_ones_are_confirmed_in_one_click_with_evidence_a(owner, placement):
    orders = [shop.placed_order(placement) for _number in range(3)]
    upload(owner, *[order.total for order in orders], 123_456)
    assert confirm_exact(owner.exhibitor, by=owner) == (3, [])
    assert set(Entry.objects.values_list("evidence", flat=True)) == {"A"}
    assert total(*orders) == sum(order.goods_total for order in orders)
    assert StatementRow.objects.filter(is_open=True).count() == 1
    assert confirm_exact(owner.exhibitor, by=owner) == (0, [])


def test_a_match_is_undone_and_confirmed_again(owner, placement):
    order = shop.placed_order(placement)
    upload(owner, order.total)
    (one,) = found(owner)
    for _round in range(2):
        confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner)
        assert total(order) == order.goods_total
        undo_match(owner.exhibitor, one.row.pk, by=owner)
        assert total(order) == 0
        assert [each.kind for each in found(owner)] == [MatchKind.EXACT]
    assert Match.objects.filter(undone_at__isnull=False, undone_by=owner).count() == 2
    with pytest.raises(OrderError):
        undo_match(owner.exhibitor, one.row.pk, by=owner)


def test_undoing_on_the_orders_page_opens_the_row_again(owner, placement):
    order = shop.placed_order(placement)
    upload(owner, order.total)
    confirm_exact(owner.exhibitor, by=owner)
    undo_confirmation(order, by=owner, reason="Keliru")
    assert StatementRow.objects.get().is_open


def test_one_transfer_pays_two_orders_or_none(owner, placement):
    orders = [shop.placed_order(placement, phone="+6281234567890") for _number in range(2)]
    upload(owner, sum(order.total for order in orders))
    (one,) = found(owner)
    assert one.kind == MatchKind.COMBINED
    confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner)
    assert total(*orders) == sum(order.goods_total for order in orders)
    undo_match(owner.exhibitor, one.row.pk, by=owner)
    assert total(*orders) == 0
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.PLACED}


def test_a_near_miss_is_the_sellers_word_with_a_record(owner, placement):
    order = shop.placed_order(placement)
    upload(owner, order.total - 2_500)
    (one,) = found(owner)
    assert (one.kind, one.shortfall) == (MatchKind.NEAR, 2_500)
    assert confirm_exact(owner.exhibitor, by=owner) == (0, [])
    confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner)
    assert set(Entry.objects.values_list("evidence", flat=True)) == {"B"}


def test_a_late_payment_revives_its_order_or_says_that_the_goods_are_gone(owner):
    placement = shop.sold(exhibitor=owner.exhibitor, stock=1)
    order = shop.placed_order(placement)
    expire_orders(order.expires_at)
    upload(owner, order.total)
    (one,) = found(owner)
    assert one.kind == MatchKind.LATE
    rival = shop.placed_order(placement)
    with pytest.raises(OrderError, match="Kembalikan"):
        confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner)
    assert StatementRow.objects.get().is_open
    expire_orders(rival.expires_at + dt.timedelta(hours=1))
    confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner)
    assert Order.objects.get(pk=order.pk).state == OrderState.PAID


def test_what_was_not_suggested_cannot_be_confirmed(owner, placement):
    order = shop.placed_order(placement)
    upload(owner, 999)
    row = StatementRow.objects.get()
    with pytest.raises(OrderError):
        confirm_match(owner.exhibitor, row.pk, str(order.payment.pk), by=owner)


def test_other_exhibitors_rows_and_payments_do_not_exist(owner, placement):
    order = shop.placed_order(placement)
    other = person("Lain")
    other.exhibitor = exhibitor_of(other, "Usaha Lain")
    upload(other, order.total)
    assert found(other) == []
    upload(owner, order.total)
    (one,) = found(owner)
    with pytest.raises(OrderError):
        confirm_match(other.exhibitor, one.row.pk, one.key, by=other)
    with pytest.raises(OrderError):
        dismiss_row(other.exhibitor, one.row.pk)


def test_a_row_is_set_aside_and_taken_back(owner, placement):
    order = shop.placed_order(placement)
    upload(owner, order.total)
    row = StatementRow.objects.get()
    dismiss_row(owner.exhibitor, row.pk)
    assert found(owner) == []
    restore_row(owner.exhibitor, row.pk)
    confirm_exact(owner.exhibitor, by=owner)
    with pytest.raises(OrderError):
        restore_row(owner.exhibitor, row.pk)


@pytest.mark.django_db(transaction=True)
def test_a_match_and_a_confirmation_by_hand_at_once_are_one(owner):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor))
    upload(owner, order.total)
    (one,) = found(owner)
    results = shop.at_once(
        lambda: confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner),
        lambda: confirm_match(owner.exhibitor, one.row.pk, one.key, by=owner),
        lambda: confirm_payment(order, by=owner),
    )
    assert sum(isinstance(result, (OrderError, TransitionError)) for result in results) == 2
    assert total(order) == order.goods_total


def slowly(monkeypatch, name: str) -> None:
    """Let others begin while this is half done."""
    module, _, function = name.rpartition(".")
    real = getattr(importlib.import_module(module), function)

    def slow(*args, **options):
        time.sleep(0.4)
        return real(*args, **options)

    monkeypatch.setattr(name, slow)


@pytest.mark.django_db(transaction=True)
def test_matches_and_the_orders_own_verbs_never_wait_for_each_other_in_a_circle(owner, monkeypatch):
    """Everybody takes orders before rows: whoever comes second is told so, nobody is killed by the database."""
    placement = shop.sold(exhibitor=owner.exhibitor, stock=30)
    orders = [shop.placed_order(placement, phone="+628123456789") for _number in range(2)]
    upload(owner, sum(order.payment.amount for order in orders))
    (row,) = StatementRow.objects.all()
    (chosen,) = found(owner)
    confirm_match(owner.exhibitor, row.pk, chosen.key, by=owner)
    slowly(monkeypatch, "orders.domain.undoing.release_row")
    slowly(monkeypatch, "orders.domain.matching.carry_out")

    def undo(order):
        return lambda: undo_confirmation(order, by=owner, reason="Keliru")

    def match():
        return confirm_match(owner.exhibitor, row.pk, chosen.key, by=owner)

    def prove(order):
        return lambda: submit_proof(Order.objects.get(pk=order.pk), file=shop.photo())

    first, second = orders
    rounds = [
        [undo(first), undo(second), lambda: undo_match(owner.exhibitor, row.pk, by=owner)],
        [match, match, prove(first), lambda: confirm_payment(second, by=owner)],
        [undo(first), undo(second), lambda: undo_match(owner.exhibitor, row.pk, by=owner), match],
    ]
    for calls in rounds:
        for result in shop.at_once(*calls):
            assert not isinstance(result, Exception) or isinstance(result, DomainError), repr(result)
        confirmed = [order.goods_total for order in Order.objects.all() if order.payment.confirmed_at]
        assert total(*orders) == sum(confirmed)
    assert StatementRow.objects.get().is_open == (not Match.objects.filter(undone_at=None).exists())


def test_the_page_from_upload_to_undoing(client, owner, helper, placement):
    order = shop.placed_order(placement)
    client.force_login(helper)
    file = io.BytesIO(statement(order.total, 4_321))
    file.name = "mutasi.csv"
    page = client.post(reverse("orders:statement-upload"), {"file": file}, follow=True).content.decode()
    assert "2 uang masuk baru" in page
    assert order.code in page
    page = client.post(reverse("orders:statement-exact"), follow=True).content.decode()
    assert "1 pembayaran dikonfirmasi" in page
    row = StatementRow.objects.get(amount=order.total)
    page = client.post(reverse("orders:statement-undoing"), {"row": row.pk}, follow=True).content.decode()
    assert "menunggu pembayaran lagi" in page
    assert (
        "tidak berlaku lagi"
        in client.post(reverse("orders:statement-match"), {"row": "²"}, follow=True).content.decode()
    )
    bad = io.BytesIO(b"%PDF-1.4")
    bad.name = "mutasi.pdf"
    assert "PDF" in client.post(reverse("orders:statement-upload"), {"file": bad}).content.decode()
    assert client.get(reverse("orders:statement-upload")).status_code == 405
