"""How much is paid now and how much when the goods are made: said before the order, not after it."""

import pytest
from django.urls import reverse

from orders.models import Order
from tests import factories
from tests.orders import shop
from tests.orders.domain.test_offers import voucher
from tests.orders.views.test_checkout import URL, fill, hidden, typed

pytestmark = pytest.mark.django_db
MADE = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}


@pytest.fixture
def chair(owner):
    factories.make_region()
    factories.make_shipping(owner.exhibitor, ("home", 50_000))
    return shop.sold(exhibitor=owner.exhibitor, name="Kursi", stock=0, minimum_quantity=2, **MADE)


def page_of(client, placement, language="") -> str:
    return client.get(f"{language}{placement.product.get_absolute_url()}").content.decode()


def test_the_products_page_says_how_much_is_paid_when(client, as_user, owner, chair):
    page = page_of(client, chair)
    assert "40%: Rp800.000 saat memesan, sisanya Rp1.200.000 dan ongkos kirim setelah barang jadi." in page
    assert "Bila Anda membatalkan sebelum barang dikirim, uang muka dikembalikan." in page
    assert "40%: Rp800,000 with the order, the other Rp1,200,000" in page_of(client, chair, "/en")
    as_user(owner).post(reverse("orders:deposit-terms"), {"rule": "forfeited"})
    assert "Bila Anda membatalkan, uang muka tidak dikembalikan." in page_of(client, chair)


def test_the_checkout_says_it_with_shipping_and_voucher_and_keeps_its_word(client, owner, chair):
    in_stock = factories.make_product(exhibitor=owner.exhibitor, price=100_000, stock=10)
    other = factories.make_placement(booth=chair.booth, product=in_stock, shown_from=chair.shown_from)
    given = voucher(chair, value=10)
    fill(client, chair, other, quantity=2)
    fields = typed(**{f"voucher_{chair.booth_id}": given.code})
    assert "Deposit, paid now" in client.get(f"/en{URL}").content.decode()
    shown = client.post(URL, hidden(client.get(URL)) | fields | {"hitung": "1"})
    page = shown.content.decode()
    # 2,000,000 made to order at 40 percent and 200,000 from stock, less 10 percent; shipping comes with the rest.
    for text in ("Uang muka, dibayar sekarang", "Rp900.000", "Sisanya, setelah barang jadi", "Rp1.130.000"):
        assert text in page
    assert page.count("Bila Anda membatalkan sebelum barang dikirim, uang muka dikembalikan.") == 1
    assert client.post(URL, hidden(shown) | fields).status_code == 302
    order = Order.objects.get()
    assert order.payment.amount - order.unique_code == 900_000


def test_what_is_paid_at_once_says_nothing_of_deposits(client, owner):
    factories.make_region()
    fill(client, shop.sold(exhibitor=owner.exhibitor))
    page = client.get(URL).content.decode()
    assert "Uang muka" not in page
    assert "Dibayar sekarang" not in page
