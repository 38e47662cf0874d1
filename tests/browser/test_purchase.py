"""From a booth to a paid order, as a shopper and a seller on a small phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from expo.models import OutgoingMail
from journal.models import Entry
from orders.models import Order
from orders.states import OrderState
from tests import factories
from tests.browser.looking import fits, follow, sign_in
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)
ADDED = re.compile("/keranjang/tambah/")


@pytest.fixture
def goods(owner):
    """Two booths of one running edition: the owner's, and another that ships for Rp9.000."""
    factories.make_region()
    edition = shop.selling_edition(name="Pameran Uji")
    bag = shop.sold(exhibitor=owner.exhibitor, edition=edition, name="Tas anyam pandan", price=75_000)
    other = factories.make_exhibitor(name="Keripik Bu Tini", shipping_fee=9_000)
    crisps = shop.sold(exhibitor=other, edition=edition, name="Keripik tempe", price=18_000)
    return bag, crisps


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "bukti.jpg"
    path.write_bytes(shop.photo(size=(720, 1280)).read())
    return path


def buy(page: Page, site: str, placement) -> None:
    """Walk from the booth to the product and put it into the cart."""
    page.goto(site + placement.booth.get_absolute_url())
    follow(page.get_by_role("link", name=placement.product.name).first)
    with page.expect_response(ADDED):
        page.get_by_role("button", name="Beli").click()


def fill_checkout(page: Page) -> None:
    page.get_by_label("Nama penerima").fill("Sari Dewi")
    page.get_by_label("Nomor WhatsApp").fill("0812 3456 7890")
    page.get_by_label("Surel").fill("sari@contoh.test")
    page.get_by_label("Kecamatan atau kode pos").fill("Salatiga")
    page.get_by_label("Alamat lengkap").fill("Jalan Merdeka 1, RT 2 RW 3")


def find(page: Page, address: str, words: str, placement) -> None:
    """From the lobby by searching to the product, and put it into the cart."""
    page.goto(address)
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    page.wait_for_url("**/cari/**")
    follow(page.get_by_role("main").get_by_role("link", name=placement.product.name).first)
    with page.expect_response(ADDED):
        page.locator("form[action$='/keranjang/tambah/'] button").first.click()


def write_review(page: Page, words: str) -> None:
    """Five stars from the page of a completed order; ends on that page again."""
    page.locator("a[href*='/ulasan/']").first.click()
    page.locator("input[name=rating][value='5']").check()
    page.locator("textarea").first.fill(words)
    follow(page.get_by_role("button", name=re.compile("Kirim ulasan|Send the review")))


def confirm_and_ship(page: Page, site: str, buyer: str, *, courier: str, number: str) -> None:
    """What the exhibitor does, signed in: looks at the proof, says that the money is there, packs and sends."""
    page.goto(f"{site}/dasbor/pesanan/")
    assert fits(page)
    follow(page.get_by_role("link", name=buyer))
    expect(page.get_by_role("img", name=re.compile("Bukti transfer"))).to_be_visible()
    assert fits(page)
    follow(page.get_by_role("button", name=re.compile("sudah masuk")))
    follow(page.get_by_role("button", name="Sudah dikemas"))
    page.get_by_label("Kurir").fill(courier)
    page.get_by_label("Nomor resi").fill(number)
    follow(page.get_by_role("button", name="Sudah dikirim"))


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_whole_purchase_without_javascript(page: Page, site, goods, owner, photo):
    bag, crisps = goods
    find(page, f"{site}/", "menganyam tas", bag)
    expect(page.get_by_role("status")).to_contain_text("Tas anyam pandan")
    buy(page, site, crisps)
    page.get_by_label("Jumlah Tas anyam pandan").fill("2")
    page.get_by_label("Jumlah Tas anyam pandan").press("Enter")
    expect(page.get_by_text("Rp150.000").first).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Isi alamat dan bayar").click()
    expect(page.get_by_role("button", name=re.compile("Rp177.000"))).to_be_visible()
    assert fits(page)
    fill_checkout(page)
    page.get_by_role("button", name=re.compile("Pesan seharga")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sekarang bayar")
    assert fits(page)
    order = Order.objects.get(exhibitor=owner.exhibitor)
    assert (order.goods_total, order.lines.get().quantity) == (150_000, 2)
    page.locator(f"a[href='{order.get_absolute_url()}']").click()
    page.get_by_label("Foto atau tangkapan layar").set_input_files(photo)
    page.get_by_role("button", name="Kirim bukti pembayaran").click()
    expect(page.get_by_text("Bukti Anda sudah diterima")).to_be_visible()
    assert fits(page)
    tracking = page.url

    sign_in(page, site, owner)
    confirm_and_ship(page, site, "Sari Dewi", courier="JNE", number="JT0012345")
    page.goto(tracking)
    expect(page.get_by_text("JT0012345")).to_be_visible()
    page.get_by_role("button", name="Sudah saya terima").click()
    expect(page.get_by_text("Terima kasih! Pesanan selesai.")).to_be_visible()
    order.refresh_from_db()
    assert order.state == OrderState.COMPLETED
    entry = Entry.objects.get()
    assert (entry.amount, entry.evidence, entry.destination_code) == (150_000, "B", "33.73")
    assert OutgoingMail.objects.filter(to="sari@contoh.test").count() >= 3

    write_review(page, "Anyamannya rapat.")
    page.goto(site + bag.product.get_absolute_url())
    page.reload()  # the browser may show what it kept from before
    expect(page.locator("#reviews")).to_contain_text("Anyamannya rapat.")
    assert fits(page)


def test_purchase_with_htmx_from_abroad_in_english(page: Page, site, goods, owner, photo, complaints):
    bag, crisps = goods
    find(page, f"{site}/en/", "keripik tempe", crisps)
    find(page, f"{site}/en/", "tas anyam", bag)
    expect(page.locator("#added")).to_contain_text(bag.product.name)
    expect(page.locator("#cart-badge")).to_contain_text("2")
    page.goto(f"{site}/en/keranjang/")
    with page.expect_response(re.compile("keranjang/baris")):
        quantity = page.get_by_label(f"Quantity of {bag.product.name}")
        quantity.fill("3")
        quantity.press("Tab")
    expect(page.locator("#cart-badge")).to_contain_text("4")
    expect(page.get_by_text("Rp225,000").first).to_be_visible()
    page.goto(f"{site}/en/keranjang/bayar/")
    page.locator("[name=name]").fill("Aisha Khan")
    page.locator("[name=phone]").fill("+974 3312 3456")
    page.locator("[name=country]").select_option("QA")
    page.locator("[name=address]").fill("West Bay 1, Doha")
    page.get_by_role("button", name=re.compile("252,000")).click()
    page.wait_for_url("**/en/pembelian/**")
    assert Order.objects.count() == 2
    order = Order.objects.get(exhibitor=owner.exhibitor)
    assert (order.country, order.destination, order.language) == ("QA", None, "en")
    page.locator(f"a[href='/en{order.get_absolute_url()}']").click()
    page.locator("input[type=file]").set_input_files(photo)
    follow(page.get_by_role("button", name="Send proof of payment"))
    expect(page.get_by_role("button", name="Send proof of payment")).to_be_hidden()
    tracking = page.url
    sign_in(page, site, owner)
    confirm_and_ship(page, site, "Aisha Khan", courier="EMS", number="EE123456789ID")
    page.goto(tracking)
    follow(page.get_by_role("button", name="I have received it"))
    write_review(page, "Well made.")
    page.goto(f"{site}/en{bag.product.get_absolute_url()}")
    page.reload()
    expect(page.locator("#reviews")).to_contain_text("Well made.")
    assert complaints == []


def test_cart_badge_and_checkout_summary_follow_by_htmx(page: Page, site, complaints):
    placement = shop.sold(
        edition=shop.hybrid_edition(), price=100_000, exhibitor=factories.make_exhibitor(shipping_fee=12_000)
    )
    factories.make_region(code="33.73.01", name="Sidorejo", level="district", parent=factories.make_region())
    buy(page, site, placement)
    expect(page.locator("#added a")).to_be_visible()
    page.goto(f"{site}/keranjang/bayar/")
    expect(page.locator("#cart-badge")).to_contain_text("1")
    expect(page.locator("#checkout-summary")).to_contain_text("Rp112.000")
    page.get_by_label(re.compile("Saya ambil di stan")).check()
    expect(page.locator("#checkout-summary")).not_to_contain_text("Rp112.000")
    page.get_by_label("Kecamatan atau kode pos").press_sequentially("sidor")
    expect(page.get_by_role("radio", name=re.compile("Sidorejo"))).to_be_checked()
    assert complaints == []
