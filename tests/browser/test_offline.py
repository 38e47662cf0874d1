"""The network goes while a form is sent: nothing that was typed is lost, and no photo that was chosen."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from catalog.models import Review
from inquiries.models import Inquiry
from orders.domain.fulfilment import complete_order
from orders.models import Order, Proof
from tests.browser.test_purchase import buy, fill_checkout, goods, photo  # noqa: F401 (fixtures)
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)


def send_without_a_network(page: Page, context: BrowserContext, button: str) -> None:
    """Press while offline: the page stays as it is and says so. Then the network comes back."""
    address = page.url
    context.set_offline(True)
    page.get_by_role("button", name=re.compile(button)).click()
    expect(page.get_by_text("Tidak tersambung.")).to_be_visible()
    assert page.url == address
    context.set_offline(False)
    expect(page.get_by_text("Tidak tersambung.")).to_be_hidden()


def lose_the_page(page: Page) -> None:
    """The network breaks unnoticed while the answer comes; the reader finds an empty page and opens it again."""
    address = page.url
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.get_by_role("button", name=re.compile("^(Pesan|Kirim|Hitung)")).last.click()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    page.goto(address)


def test_the_checkout_keeps_what_was_typed(page: Page, context, site, goods):  # noqa: F811
    buy(page, site, goods[0])
    expect(page.locator("#added a")).to_be_visible()
    page.goto(f"{site}/keranjang/bayar/")
    fill_checkout(page)
    send_without_a_network(page, context, "^(Pesan|Hitung)")
    expect(page.get_by_label("Alamat lengkap")).to_have_value("Jalan Merdeka 1, RT 2 RW 3")
    lose_the_page(page)
    expect(page.get_by_label("Nama penerima")).to_have_value("Sari Dewi")
    expect(page.get_by_label("Alamat lengkap")).to_have_value("Jalan Merdeka 1, RT 2 RW 3")
    expect(page.get_by_label("Kecamatan atau kode pos")).to_have_value("Salatiga")
    page.get_by_role("button", name=re.compile("^(Pesan|Hitung)")).click()
    page.wait_for_url("**/pembelian/**")
    assert Order.objects.count() == 1


def test_proof_question_and_review_wait_for_the_network(page: Page, context, site, goods, owner, photo):  # noqa: F811
    bag, _crisps = goods
    order = shop.placed_order(bag)
    page.goto(site + order.get_absolute_url())
    page.get_by_label("Foto atau tangkapan layar").set_input_files(photo)
    send_without_a_network(page, context, "Kirim bukti pembayaran")
    page.get_by_role("button", name="Kirim bukti pembayaran").click()
    expect(page.get_by_text("Bukti Anda sudah diterima")).to_be_visible()
    assert Proof.objects.count() == 1

    page.goto(f"{site}{bag.booth.get_absolute_url()}tanya/")
    message = page.locator("textarea").first
    message.fill("Bisa pesan 200 buah?")
    page.locator("input[name=name]").fill("Sari Dewi")
    page.locator("input[name=email]").fill("sari@contoh.test")
    send_without_a_network(page, context, "Kirim")
    lose_the_page(page)
    expect(message).to_have_value("Bisa pesan 200 buah?")
    assert not Inquiry.objects.exists()

    shop.confirm_payment(order, by=owner)
    complete_order(order, by=owner)
    page.goto(f"{site}/pesanan/{order.token}/ulasan/{order.lines.get().pk}/")
    page.get_by_label("★★★★☆ Bagus").check()
    page.locator("textarea").first.fill("Anyamannya rapat.")
    send_without_a_network(page, context, "Kirim ulasan")
    lose_the_page(page)
    expect(page.get_by_label("★★★★☆ Bagus")).to_be_checked()
    page.get_by_role("button", name="Kirim ulasan").click()
    expect(page.get_by_text("Ulasan Anda tampil di halaman produk")).to_be_visible()
    assert Review.objects.get().body == "Anyamannya rapat."
