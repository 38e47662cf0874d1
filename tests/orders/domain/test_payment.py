import datetime as dt
import io

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from expo.models import OutgoingMail
from expo.pictures import PictureError, open_private
from journal.models import Channel, Entry, Evidence, Measure
from orders.domain.cancellation import cancel_order, expire_orders
from orders.domain.errors import OrderError
from orders.domain.offers import Wishes
from orders.domain.payment import claim_payment, confirm_payment, reject_proof, submit_proof, verify_claim
from orders.models import Order, Proof
from orders.states import OrderState, PaymentState, TransitionError
from tests import factories
from tests.factories import wib
from tests.orders import shop
from tests.orders.ways import give_settings

pytestmark = pytest.mark.django_db


def fresh(order) -> Order:
    return Order.objects.prefetch_related("payments").get(pk=order.pk)


def test_proof_is_kept_privately_and_stops_the_clock():
    order = shop.placed_order(shop.sold(exhibitor=factories.make_exhibitor(email="e@contoh.test")))
    proof = submit_proof(order, file=shop.photo(), note="dari rekening ibu")
    assert fresh(order).payment.state == PaymentState.PROOF_SUBMITTED
    assert fresh(order).payment.proof_at == proof.at
    assert proof.file.startswith("proofs/")
    assert Image.open(open_private(proof.file)).size == (60, 80)
    assert str(settings.MEDIA_ROOT) not in open_private(proof.file).name
    assert OutgoingMail.objects.filter(subject=f"Periksa pembayaran {order.code}").exists()


def test_every_proof_is_kept():
    order = shop.order_with_proof()
    submit_proof(order, file=shop.photo())
    assert order.payment.proofs.count() == 2


def bomb() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(file, "PNG")
    file.seek(0)
    return file


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4 bukti",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?php system($_GET[0]); ?>",
        b"\xff\xd8\xff\xe0" + b"\0" * 500,
        b"GIF89a\xff\xff\xff\xff" + b"x" * 50,
    ],
)
def test_what_is_no_picture_is_refused(content):
    order = shop.placed_order()
    with pytest.raises(PictureError):
        submit_proof(order, file=io.BytesIO(content))
    assert fresh(order).payment.state == PaymentState.PENDING
    assert not Proof.objects.exists()


def test_decompression_bomb_is_refused():
    with pytest.raises(PictureError, match="terlalu besar"):
        submit_proof(shop.placed_order(), file=bomb())


def test_proof_of_an_order_that_ended_is_refused():
    order = cancel_order(shop.placed_order())
    with pytest.raises(TransitionError, match="Dibatalkan"):
        submit_proof(order, file=shop.photo())


def test_confirming_pays_and_posts_goods_only(owner):
    placement = shop.sold(exhibitor=owner.exhibitor, edition=shop.selling_edition(), price=75_000, name="Tas anyam")
    factories.make_shipping(owner.exhibitor, ("home", 10_000))
    order = confirm_payment(shop.order_with_proof(placement, quantity=2), by=owner)
    assert order.state == OrderState.PAID
    assert order.paid_at == fresh(order).payment.confirmed_at
    assert fresh(order).payment.confirmed_by == owner
    assert not fresh(order).payment.is_open
    entry = Entry.objects.get()
    assert (entry.amount, entry.quantity) == (150_000, 2)
    assert (entry.measure, entry.channel, entry.evidence) == (Measure.REALISED, Channel.ONLINE, Evidence.B)
    assert (entry.edition, entry.phase) == (placement.booth.edition, "during")
    assert (entry.product_label, entry.transaction_key) == ("Tas anyam", order.code)
    assert (entry.destination_code, entry.destination_label) == ("33.73", "Kota Salatiga")
    assert entry.occurred_at == order.paid_at
    assert entry.recorded_by == owner
    assert OutgoingMail.objects.filter(subject=f"Pembayaran {order.code} diterima").exists()


def test_one_entry_for_each_line(owner):
    edition = shop.selling_edition()
    first = shop.sold(exhibitor=owner.exhibitor, edition=edition, price=40_000)
    second = factories.make_placement(
        booth=first.booth, product=factories.make_product(exhibitor=owner.exhibitor, price=60_000)
    )
    order = shop.place(shop.cart_with(first, second)).orders.get()
    confirm_payment(order, by=owner)
    assert sorted(Entry.objects.values_list("amount", flat=True)) == [40_000, 60_000]


def test_abroad_is_credited_to_the_country(owner):
    order = shop.order_with_proof(shop.sold(exhibitor=owner.exhibitor), country="QA", regency=None)
    confirm_payment(order, by=owner)
    assert Entry.objects.get().destination_code == "QA"


def test_without_any_proof_it_is_a_claim(owner):
    confirm_payment(shop.placed_order(shop.sold(exhibitor=owner.exhibitor)), by=owner)
    assert Entry.objects.get().evidence == Evidence.D


def test_evidence_of_the_exhibitor_is_proof(owner):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor))
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert Entry.objects.get().evidence == Evidence.B
    assert order.payment.proofs.get().by == owner


def test_staff_verify_a_claim_once(owner, finance):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, price=75_000))
    confirm_payment(order, by=owner)
    assert verify_claim(order, by=finance, note="Mutasi diperiksa") == 1
    assert verify_claim(order, by=finance, note="Mutasi diperiksa") == 0
    claim, off, on = Entry.objects.order_by("pk")
    assert (off.amount, off.evidence, off.reverses) == (-75_000, Evidence.D, claim)
    assert (on.amount, on.evidence, on.nature) == (75_000, Evidence.B, "sale")


def test_unpaid_order_has_no_claim_to_verify(finance):
    with pytest.raises(TransitionError):
        verify_claim(shop.placed_order(), by=finance, note="x")


@pytest.mark.parametrize(
    ("paid_at", "phase"),
    [
        (wib(2020, 11, 18, 8, 59, 59, 999_999), "before"),
        (wib(2020, 11, 18, 9), "during"),
        (wib(2020, 11, 19, 0), "during"),
        (wib(2020, 11, 20, 15, 59, 59, 999_999), "during"),
        (wib(2020, 11, 20, 16), "mall"),
        (wib(2020, 12, 1, 0), "mall"),
    ],
)
def test_phase_is_that_of_the_confirmation(owner, paid_at, phase):
    placement = factories.make_placement(booth=factories.make_booth(exhibitor=owner.exhibitor))
    order = shop.placed_order(placement, now=wib(2020, 11, 17))
    confirm_payment(order, by=owner, now=paid_at)
    entry = Entry.objects.get()
    assert (entry.phase, entry.occurred_at) == (phase, paid_at)


def test_payment_confirmed_after_the_mall_closed_counts_in_its_last_moment(owner):
    closing = wib(2020, 12, 31)
    edition = factories.make_edition(mall_closes_at=closing)
    placement = factories.make_placement(booth=factories.make_booth(edition=edition, exhibitor=owner.exhibitor))
    order = shop.placed_order(placement, now=closing - dt.timedelta(hours=1))
    confirm_payment(order, by=owner, now=closing + dt.timedelta(hours=3))
    entry = Entry.objects.get()
    assert entry.occurred_at == closing - dt.timedelta(microseconds=1)
    assert entry.phase == "mall"
    assert "setelah mal ditutup" in entry.note


def test_rejection_tells_why_and_lets_the_buyer_try_again(owner):
    order = shop.order_with_proof()
    reject_proof(order, by=owner, reason="Jumlahnya kurang")
    assert fresh(order).payment.state == PaymentState.REJECTED
    assert fresh(order).payment.is_open
    assert "Jumlahnya kurang" in OutgoingMail.objects.get(key__contains="rejected").body
    submit_proof(fresh(order), file=shop.photo())
    assert fresh(order).payment.state == PaymentState.PROOF_SUBMITTED
    assert fresh(order).payment.rejection == ""
    confirm_payment(order, by=owner)
    assert Entry.objects.count() == 1


def test_paid_order_is_neither_confirmed_nor_rejected_again(owner):
    order = shop.paid_order(by=owner)
    with pytest.raises(TransitionError):
        confirm_payment(order, by=owner)
    with pytest.raises(TransitionError):
        reject_proof(order, by=owner, reason="x")
    assert Entry.objects.count() == 1


def test_too_many_proofs_are_refused(monkeypatch):
    monkeypatch.setattr("orders.domain.payment.MOST_PROOFS", 1)
    order = shop.order_with_proof()
    with pytest.raises(OrderError, match="terlalu banyak"):
        submit_proof(order, file=shop.photo())


@pytest.mark.django_db(transaction=True)
def test_confirming_at_once_posts_once(owner):
    order = shop.order_with_proof(shop.sold(exhibitor=owner.exhibitor))
    results = shop.at_once(*[lambda: confirm_payment(order, by=owner)] * 6)
    assert sum(isinstance(result, Order) for result in results) == 1, results
    assert sum(isinstance(result, TransitionError) for result in results) == 5
    assert Entry.objects.count() == 1
    assert OutgoingMail.objects.filter(key__contains="paid_buyer").count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_and_cancelling_at_once_have_one_winner(owner):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, stock=1))
    results = shop.at_once(lambda: confirm_payment(order, by=owner), lambda: cancel_order(order))
    assert sum(isinstance(result, Order) for result in results) == 1
    order = fresh(order)
    sold = order.state == OrderState.PAID
    assert Entry.objects.count() == int(sold)
    assert order.lines.get().product.stock == (0 if sold else 1)
    assert order.placed_at <= timezone.now()


def test_a_claim_tells_the_seller_and_holds_the_goods_once():
    order = shop.placed_order()
    late = order.expires_at - dt.timedelta(hours=1)
    claim_payment(order, now=late)
    claim_payment(order, now=late + dt.timedelta(hours=5))

    order = Order.objects.get(pk=order.pk)
    assert order.expires_at == late + dt.timedelta(hours=24)
    assert [event.kind for event in order.events.all()] == ["placed", "claimed"]
    assert list(Order.objects.awaiting_confirmation()) == [order]
    assert not Order.objects.awaiting_payment().exists()


def test_a_claim_is_no_proof(owner):
    order = shop.placed_order()
    claim_payment(order)
    confirm_payment(order, by=owner)
    assert set(Entry.objects.values_list("evidence", flat=True)) == {"D"}


def test_an_early_claim_takes_nothing_from_the_deadline():
    order = shop.placed_order()
    claim_payment(order, now=order.placed_at)
    assert Order.objects.get(pk=order.pk).expires_at == order.expires_at


def test_who_only_claims_expires_in_the_end():
    order = shop.placed_order()
    claim_payment(order, now=order.expires_at - dt.timedelta(minutes=1))
    order.refresh_from_db()
    assert expire_orders(order.expires_at - dt.timedelta(seconds=1)) == 0
    assert expire_orders(order.expires_at) == 1


def test_cash_is_a_claim_until_its_day_is_signed_off(owner):
    placement = shop.sold(edition=shop.hybrid_edition())
    give_settings(placement.booth.exhibitor, takes_cash=True)
    wishes = Wishes(deliveries={placement.booth.pk: "pickup"}, methods={placement.booth.pk: "cash"})
    order = shop.placed_order(placement, wishes=wishes)
    with pytest.raises(OrderError):
        claim_payment(order)
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert set(Entry.objects.values_list("evidence", flat=True)) == {"D"}


def test_an_order_whose_fee_is_not_agreed_cannot_be_said_to_be_paid():
    order = shop.placed_order()
    order.payments.all().delete()
    with pytest.raises(OrderError, match="belum disepakati"):
        claim_payment(order)
