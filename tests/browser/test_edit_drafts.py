"""What was typed and not saved is offered back after the page was closed, and never put over what is saved."""

import pytest
from playwright.sync_api import expect

from catalog.models import Product
from tests.browser.looking import fits, sign_in
from tests.factories import make_product

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Anyaman pandan dari Grobogan, dikerjakan tiga hari."


def test_typed_and_closed_is_offered_back_until_it_is_saved(page, site, owner, complaints):
    product = make_product(exhibitor=owner.exhibitor, state="draft", name="Tas", description="Pendek")
    address = f"{site}/dasbor/produk/{product.pk}/isi/"
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, site, owner)
    page.wait_for_url("**/dasbor/**")
    page.goto(address)
    page.get_by_label("Keterangan").fill(TEXT)

    again = page.context.new_page()  # the first is gone: phones close what lies in the background
    page.close()
    again.set_viewport_size({"width": 360, "height": 740})
    Product.objects.update(name="Tas besar")
    again.goto(address)
    offer = again.locator(".notice", has_text="Ada ketikan yang belum disimpan")
    expect(offer).to_contain_text("Keterangan")
    expect(again.get_by_label("Keterangan")).to_have_value("Pendek")
    expect(again.locator("[data-moved]")).to_be_hidden()
    assert fits(again)
    again.get_by_label("Nama produk").fill("Tas pandan")  # typed before deciding: both are kept
    again.reload()
    again.get_by_role("button", name="Pakai ketikan itu").click()
    expect(again.get_by_label("Keterangan")).to_have_value(TEXT)
    expect(again.get_by_label("Nama produk")).to_have_value("Tas pandan")
    expect(offer).to_have_count(0)

    Product.objects.update(description="Diganti rekan")
    again.goto(address)
    expect(again.locator("[data-moved]")).to_be_visible()
    expect(again.get_by_label("Keterangan")).to_have_value("Diganti rekan")
    again.get_by_role("button", name="Pakai ketikan itu").click()
    again.get_by_role("button", name="Simpan", exact=True).click()
    again.get_by_text("Perubahan tersimpan.").wait_for()
    product.refresh_from_db()
    assert (product.name, product.description) == ("Tas pandan", TEXT)
    again.goto(address)
    expect(again.get_by_label("Keterangan")).to_have_value(TEXT)
    expect(offer).to_have_count(0)

    again.get_by_label("Nama produk").fill("Lain")
    again.reload()
    again.get_by_role("button", name="Buang").click()
    expect(offer).to_have_count(0)
    again.reload()
    expect(again.get_by_label("Nama produk")).to_have_value("Tas pandan")
    expect(offer).to_have_count(0)
    assert complaints == []


def test_an_error_keeps_it_and_signing_out_takes_it_away(page, site, owner):
    product = make_product(exhibitor=owner.exhibitor, state="draft", name="Tas", price=50_000)
    address = f"{site}/dasbor/produk/{product.pk}/harga-stok/"
    sign_in(page, site, owner)
    page.wait_for_url("**/dasbor/**")
    page.goto(address)
    page.get_by_label("Harga").fill("mahal")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.locator(".field__error").wait_for()
    page.goto(address)
    expect(page.get_by_text("Ada ketikan yang belum disimpan")).to_be_visible()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda url: "/dasbor/" not in url)
    sign_in(page, site, owner)
    page.wait_for_url("**/dasbor/**")
    page.goto(address)
    expect(page.get_by_label("Harga")).to_have_value("50.000")
    expect(page.get_by_text("Ada ketikan yang belum disimpan")).to_have_count(0)


def test_another_member_on_the_same_phone_is_offered_nothing(page, site, owner, helper):
    product = make_product(exhibitor=owner.exhibitor, state="draft", name="Tas", description="Pendek")
    address = f"{site}/dasbor/produk/{product.pk}/isi/"
    sign_in(page, site, owner)
    page.wait_for_url("**/dasbor/**")
    page.goto(address)
    page.get_by_label("Keterangan").fill(TEXT)
    page.context.clear_cookies()  # not signed out: the session ended by itself
    sign_in(page, site, helper)
    page.wait_for_url("**/dasbor/**")
    page.goto(address)
    expect(page.get_by_label("Keterangan")).to_have_value("Pendek")
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('ketikan:'))")
    expect(page.get_by_text("Ada ketikan yang belum disimpan")).to_have_count(0)
