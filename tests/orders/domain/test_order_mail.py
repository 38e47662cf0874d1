"""Mail is a row of the same transaction: whoever dies afterwards, it is sent, and sent once."""

from unittest.mock import patch

import pytest
from django.core import mail as outbox
from django.db import transaction

from expo.delivery import deliver_pending
from expo.models import MailState, OutgoingMail
from orders.domain.fulfilment import ship_order
from orders.domain.offers import Wishes
from orders.models import Order
from orders.states import OrderState
from tests.orders import shop
from tests.orders.ways import give_settings

pytestmark = pytest.mark.django_db


def shipped_mail():
    return OutgoingMail.objects.filter(key__startswith="order:shipped_buyer:")


@pytest.mark.django_db(transaction=True)
def test_mail_survives_a_process_that_dies_after_the_commit(owner):
    order = shop.paid_order(by=owner)
    OutgoingMail.objects.all().delete()
    with patch("expo.tasks.deliver_mail.delay", side_effect=SystemExit):  # killed before any worker was told
        try:
            ship_order(order, by=owner, courier="JNE", tracking_number="JT1234567")
        except SystemExit:
            pass
    assert Order.objects.get(pk=order.pk).state == OrderState.SHIPPED
    assert shipped_mail().get().state == MailState.PENDING
    outbox.outbox.clear()
    deliver_pending()
    deliver_pending()
    sent = [mail for mail in outbox.outbox if "JT1234567" in mail.body]
    assert len(sent) == 1
    ((html, kind),) = [(part.content, part.mimetype) for part in sent[0].alternatives]
    assert kind == "text/html"
    assert order.exhibitor.name in html


@pytest.mark.django_db(transaction=True)
def test_change_that_fails_leaves_no_mail(owner):
    order = shop.paid_order(by=owner)
    try:
        with transaction.atomic():
            ship_order(order, by=owner, courier="JNE")
            raise RuntimeError("killed before the commit")
    except RuntimeError:
        pass
    assert Order.objects.get(pk=order.pk).state == OrderState.PAID
    assert not shipped_mail().exists()


def test_buyer_reads_their_own_language(owner):
    order = shop.paid_order(by=owner, language="en")
    ship_order(order, by=owner, courier="JNE")
    mail = shipped_mail().get()
    assert mail.subject == f"Order {order.code} shipped"
    assert '<html lang="en">' in mail.html


@pytest.fixture
def english_goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, name="Tas anyam", name_en="Woven bag", price=75_000)


def mail_to(order, start):
    return OutgoingMail.objects.get(key__startswith=start, to=order.buyer_email).body


def test_english_buyer_reads_english_names_to_the_end(owner, client, english_goods):
    order = shop.placed_order(english_goods, quantity=2, language="en")
    assert "2 × Woven bag: Rp150,000" in mail_to(order, "checkout:")
    english_goods.product.name_en = "Something else"
    english_goods.product.save(update_fields=["name_en"])
    page = client.get(f"/en{order.get_absolute_url()}").content.decode()
    assert "2 × Woven bag" in page
    assert "Tas anyam" not in page
    assert "2 × Tas anyam" in client.get(order.get_absolute_url()).content.decode()
    assert order.lines.get().name == "Tas anyam"


def test_exhibitor_reads_indonesian_names_and_how_it_is_paid(owner, english_goods):
    owner.exhibitor.email = "penjual@contoh.test"
    owner.exhibitor.save(update_fields=["email"])
    shop.placed_order(english_goods, language="en")
    body = OutgoingMail.objects.get(key__startswith="order:placed_exhibitor").body
    assert "1 × Tas anyam: Rp75.000" in body
    assert "Cara bayar: Transfer bank" in body
    assert "bukti pembayaran" in body


def test_exhibitor_is_not_told_to_wait_for_the_proof_of_cash(owner):
    owner.exhibitor.email = "penjual@contoh.test"
    owner.exhibitor.save(update_fields=["email"])
    give_settings(owner.exhibitor, takes_cash=True)
    placement = shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition())
    shop.placed_order(
        placement, wishes=Wishes(deliveries={placement.booth_id: "pickup"}, methods={placement.booth_id: "cash"})
    )
    body = OutgoingMail.objects.get(key__startswith="order:placed_exhibitor").body
    assert "membayar tunai" in body
    assert "bukti" not in body
