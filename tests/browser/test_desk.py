"""The cash desk on a phone: installed, without a network, and back."""

import re

import pytest
from playwright.sync_api import expect

from catalog.models import Product
from expo.amounts import parse_rupiah
from journal.models import Entry
from orders.cashdesk.signing import open_sheets
from orders.models import StandDiscard, StandSale
from tests.browser.barriers import violations
from tests.browser.looking import becomes, fits
from tests.orders import shop
from tests.orders.desk import sign
from tests.orders.ways import give_qris

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def goods(owner):
    edition = shop.selling_edition()
    product = shop.sold(exhibitor=owner.exhibitor, edition=edition, price=75_000, name="Keripik Tempe").product
    return product


def sign_in(page, site, user, target="/dasbor/kasir/"):
    from django.test import Client

    client = Client()
    client.force_login(user)
    cookie = client.cookies["sesi"].value
    page.context.add_cookies([{"name": "sesi", "value": cookie, "url": site}])
    page.goto(site + target)


def ready(page):
    """The service worker looks after this page and has kept what it needs."""
    page.evaluate(
        """() => new Promise((resolve) => {
          if (navigator.serviceWorker.controller) resolve();
          else navigator.serviceWorker.addEventListener("controllerchange", () => resolve());
        })"""
    )


def sell(page, given=""):
    page.locator("[data-goods] button").first.click()
    page.locator("[data-open-pay]").click()
    if given:
        page.fill("[data-given]", given)
    page.locator("[data-finish]").click()
    expect(page.locator("[data-receipt]")).to_be_visible()


def done(page):
    page.locator("[data-receipt] [data-close]").click()


def test_three_sales_without_a_network_arrive_once_each(page, site, owner, goods, complaints):
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    ready(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-net-text]")).to_contain_text("Tanpa jaringan")
    for number in range(3):
        sell(page, "100.000")
        expect(page.locator("[data-change-row]")).to_contain_text("Rp25.000")
        done(page)
        expect(page.locator("[data-net-text]")).to_contain_text(f"{number + 1} penjualan menunggu")
    page.reload()  # what is on the disk outlives the page
    expect(page.locator("[data-sales] [data-sale-state]")).to_have_text(["menunggu"] * 3)
    assert not StandSale.objects.exists()

    page.context.set_offline(False)
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    expect(page.locator("[data-sales] [data-sale-state]")).to_have_text(["terkirim"] * 3)
    becomes(page, StandSale.objects.count, 3)
    page.reload()
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    page.evaluate(RESEND)  # as if no answer had ever come
    page.reload()
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    expect(page.locator("[data-sales] [data-sale-state]")).to_have_text(["terkirim"] * 3)

    sales = list(StandSale.objects.all())
    assert len(sales) == 3
    assert sum(Entry.objects.values_list("amount", flat=True)) == sum(sale.amount for sale in sales) == 225_000
    assert Product.objects.get(pk=goods.pk).stock == 7
    (sheet,) = open_sheets(owner.exhibitor)
    sign(owner.exhibitor, sheet.day, by=owner)
    assert sum(Entry.objects.filter(evidence="C").values_list("amount", flat=True)) == 225_000
    assert [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text] == []
    assert fits(page)


RESEND = """async () => {
  for (const sale of await desk.store.all()) await desk.store.put({ ...sale, state: "queued" });
}"""


def test_queue_belongs_to_its_person_and_outlives_the_sign_out(page, site, owner, outsider, goods):
    shop.sold(exhibitor=outsider.exhibitor, name="Keramik")
    sign_in(page, site, owner)
    ready(page)
    page.context.set_offline(True)
    sell(page)
    done(page)
    page.route("**/dasbor/kasir/kiriman/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(f"{site}/dasbor/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda address: "/dasbor/" not in address)
    page.unroute("**/dasbor/kasir/kiriman/")
    page.context.set_offline(True)
    page.goto(f"{site}/dasbor/kasir/")  # signed out and without a network: nobody's goods are shown
    expect(page.locator("[data-net-text]")).to_contain_text("masuk lagi")
    expect(page.locator("[data-others]")).to_contain_text("1 penjualan")
    expect(page.get_by_text("Keripik Tempe")).to_have_count(0)

    page.context.set_offline(False)
    sign_in(page, site, outsider)
    expect(page.locator("[data-goods] button")).to_contain_text("Keramik")
    expect(page.locator("[data-others]")).to_contain_text("1 penjualan")
    assert not StandSale.objects.exists()

    sign_in(page, site, owner)
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    becomes(page, StandSale.objects.count, 1)
    assert StandSale.objects.get().exhibitor == owner.exhibitor


def test_refused_sale_is_kept_and_told(page, site, owner, goods):
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    Product.objects.filter(pk=goods.pk).update(state="suspended")
    sell(page)
    done(page)
    row = page.locator("[data-sales] li")
    expect(row).to_contain_text("ditolak")
    expect(row).to_contain_text("tidak boleh dijual")
    Product.objects.filter(pk=goods.pk).update(state="approved")
    page.locator("[data-sale-again]").click()
    expect(row).to_contain_text("terkirim")
    becomes(page, StandSale.objects.count, 1)


def test_qris_is_shown_with_its_amount_and_the_price_can_be_agreed(page, site, owner, goods, complaints):
    give_qris(owner.exhibitor, by=owner)
    sign_in(page, site, owner)
    page.locator("[data-goods] button").first.click()
    page.locator("[data-open-pay]").click()
    page.fill("[data-line-price]", "70.000")
    page.locator("[data-line-price]").press("Tab")
    page.get_by_label("QRIS").check()
    expect(page.locator("[data-qris-amount]")).to_have_text("Rp70.000")
    page.locator("[data-qris][src]").evaluate("code => code.decode()")
    page.locator("[data-finish]").click()
    expect(page.locator("[data-receipt]")).to_contain_text("Rp70.000")
    expect(page.locator("[data-share]")).to_have_attribute("href", re.compile(r"Rp70\.000"))
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    becomes(page, StandSale.objects.count, 1)
    sale = StandSale.objects.get()
    assert (sale.way, sale.amount) == ("qris", 70_000)
    assert complaints == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_the_form_sells(page, site, owner, goods):
    sign_in(page, site, owner)
    page.get_by_label(re.compile("Keripik Tempe")).fill("2")
    page.locator("#id_given").fill("200.000")
    page.get_by_role("button", name="Catat penjualan").click()
    expect(page.locator(".notice--success")).to_contain_text("Rp50.000")
    assert StandSale.objects.get().amount == 150_000


def test_session_that_ended_asks_to_sign_in_and_keeps_the_sale(page, site, owner, goods):
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    page.context.clear_cookies()
    sell(page)
    done(page)
    expect(page.locator("[data-net-text]")).to_contain_text("masuk lagi")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    assert not StandSale.objects.exists()
    sign_in(page, site, owner)
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    becomes(page, StandSale.objects.count, 1)


def test_can_be_installed_and_has_no_barriers(page, site, owner, goods):
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    ready(page)
    errors = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
    assert violations(page) == []
    page.locator("[data-goods] button").first.click()
    page.locator("[data-open-pay]").click()
    expect(page.locator("[data-finish]")).to_be_visible()
    assert violations(page) == []


def test_a_sale_that_always_fails_stands_aside_and_is_thrown_away_with_a_reason(page, site, owner, goods, complaints):
    """The first of three gets no answer but an error: the others arrive, once each."""
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    ready(page)
    page.context.set_offline(True)
    for given in ("Rp 100.000,00", "125rb", "80.000"):
        sell(page, given)
        done(page)
    seen = []

    def answer(route):
        key = route.request.post_data_json["key"]
        seen.append(key)
        route.fulfill(status=500, body="") if key == seen[0] else route.continue_()

    page.route("**/dasbor/kasir/kiriman/", answer)
    page.context.set_offline(False)
    states = page.locator("[data-sales] [data-sale-state]")
    expect(states).to_have_text(["menunggu", "terkirim", "terkirim"])
    stuck = page.locator("[data-sales] li").first
    expect(stuck).to_contain_text("Server gagal mencatatnya (500)")
    becomes(page, StandSale.objects.count, 2)

    stuck.get_by_role("button", name="Buang").click()
    dialog = page.locator("[data-drop]")
    dialog.get_by_role("button", name="Buang dan catat").click()
    expect(dialog.locator("[data-drop-problem]")).to_contain_text("Tulis alasannya")
    dialog.get_by_label("Alasan").fill("Pembeli batal")
    dialog.get_by_role("button", name="Buang dan catat").click()
    expect(states).to_have_text(["terkirim", "terkirim", "dibuang"])
    expect(page.locator("[data-sales]")).to_contain_text("Pembeli batal")
    becomes(page, StandDiscard.objects.count, 1)
    assert (StandDiscard.objects.get().amount, StandSale.objects.count()) == (75_000, 2)
    (sheet,) = open_sheets(owner.exhibitor)
    assert (sheet.discards, sheet.discarded, sheet.total) == (1, 75_000, 150_000)
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    assert fits(page)


def test_a_refused_sale_is_mended_and_counts_once(page, site, owner, goods):
    other = shop.sold(exhibitor=owner.exhibitor, name="Kue", price=20_000).product
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(2)
    page.locator("[data-goods] button").filter(has_text="Keripik").click()
    Product.objects.filter(pk=goods.pk).update(state="suspended")
    page.locator("[data-goods] button").filter(has_text="Kue").click()
    page.locator("[data-open-pay]").click()
    page.locator("[data-finish]").click()
    done(page)
    row = page.locator("[data-sales] li").filter(has_text="ditolak")
    row.get_by_role("button", name="Perbaiki").click()
    dialog = page.locator("[data-pay]")
    dialog.locator("li").filter(has_text="Keripik").get_by_label("Kurangi").click()
    dialog.locator("[data-finish]").click()
    done(page)
    expect(page.locator("[data-sales] li").filter(has_text="Diperbaiki menjadi")).to_have_count(1)
    becomes(page, StandDiscard.objects.count, 1)
    becomes(page, StandSale.objects.count, 1)
    sale = StandSale.objects.get()
    assert (sale.amount, sale.lines.get().product) == (20_000, other)
    assert StandDiscard.objects.get().replaced_by == sale.key


def test_what_was_recorded_behind_an_error_is_not_counted_again_when_it_is_mended(page, site, owner, goods):
    def record_and_fail(route):
        route.fetch()
        route.fulfill(status=500, body="")

    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    page.route("**/dasbor/kasir/kiriman/", record_and_fail, times=1)
    sell(page)
    done(page)
    row = page.locator("[data-sales] li").first
    expect(row).to_contain_text("Server gagal mencatatnya (500)")
    row.get_by_role("button", name="Perbaiki").click()
    dialog = page.locator("[data-pay]")
    dialog.get_by_label("Tambah").click()
    dialog.locator("[data-finish]").click()
    done(page)
    expect(page.locator("[data-sales]")).to_contain_text("ternyata sudah tercatat")
    becomes(page, lambda: list(StandSale.objects.values_list("amount", flat=True)), [75_000])
    assert not StandDiscard.objects.exists()


def test_who_gives_up_mending_sells_on(page, site, owner, goods):
    other = shop.sold(exhibitor=owner.exhibitor, name="Kue", price=20_000).product
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(2)
    Product.objects.filter(pk=goods.pk).update(state="suspended")
    page.locator("[data-goods] button").filter(has_text="Keripik").click()
    page.locator("[data-open-pay]").click()
    page.locator("[data-finish]").click()
    done(page)
    page.locator("[data-sales] li").filter(has_text="ditolak").get_by_role("button", name="Perbaiki").click()
    page.locator("[data-pay]").get_by_label("Kurangi").click()
    expect(page.locator("[data-pay]")).to_be_hidden()
    page.locator("[data-goods] button").filter(has_text="Kue").click()
    page.locator("[data-open-pay]").click()
    page.locator("[data-finish]").click()
    done(page)
    becomes(page, lambda: [sale.lines.get().product for sale in StandSale.objects.all()], [other])
    expect(page.locator("[data-sales] li").filter(has_text="ditolak")).to_have_count(1)
    assert not StandDiscard.objects.exists()


AMOUNTS = [
    ("12.500,00", 12_500), ("Rp 12.500,00", 12_500), ("12.500", 12_500), ("12,500", 12_500), ("12500", 12_500),
    ("125rb", 125_000), ("1,2 juta", 1_200_000), ("1,250,000.00", 1_250_000), ("Rp. 75.000,-", 75_000), ("0", 0),
    ("12,5", None), ("1.250 rb", None), ("1.25.000", None), ("12.5000", None), ("seribu", None), ("", None),
]  # fmt: skip


def test_amounts_are_read_as_the_server_reads_them(page, site, owner, goods):
    for text, amount in AMOUNTS:
        assert read(text) == amount, text
    sign_in(page, site, owner)
    expect(page.locator("[data-goods] button")).to_have_count(1)
    found = page.evaluate("texts => texts.map(desk.amountIn)", [text for text, _amount in AMOUNTS])
    assert found == [amount for _text, amount in AMOUNTS]
    page.locator("[data-goods] button").first.click()
    page.locator("[data-open-pay]").click()
    page.fill("[data-given]", "1.250 rb")
    expect(page.locator("[data-given-problem]")).to_contain_text("dengan angka")
    expect(page.locator("[data-finish]")).to_be_disabled()
    page.fill("[data-given]", "80rb")
    expect(page.locator("[data-back]")).to_have_text("Rp5.000")
    page.fill("[data-line-price]", "7O.000")
    page.locator("[data-line-price]").press("Tab")
    expect(page.locator("[data-line-problem]")).to_contain_text("dengan angka")
    expect(page.locator("[data-finish]")).to_be_disabled()
    page.fill("[data-line-price]", "70.000,00")
    page.locator("[data-line-price]").press("Tab")
    expect(page.locator("[data-back]")).to_have_text("Rp10.000")


def read(text):
    try:
        return parse_rupiah(text)
    except ValueError:
        return None
