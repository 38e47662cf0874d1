"""From nothing to an approved exhibitor on a phone of 360 pixels, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from exhibitors.domain.curation import approve_exhibitor, return_exhibitor
from exhibitors.domain.phones import confirm_phone
from exhibitors.models import Exhibitor, Membership, PhoneConfirmation
from tests.browser.barriers import violations
from tests.browser.looking import fits, follow, sign_in
from tests.browser.test_exhibitor import photo  # noqa: F401 (a fixture)
from tests.cast import exhibitor_of
from tests.factories import make_category, make_edition
from tests.registering import make_district

pytestmark = pytest.mark.django_db(transaction=True)


def save(page, step, **fields):
    """Fill in a step from the task list, and find it complete there afterwards."""
    follow(page.get_by_role("link", name=step, exact=True))
    assert fits(page)
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=False).first.fill(value)
    follow(page.get_by_role("button", name="Simpan"))
    page.get_by_text("Tersimpan.").wait_for()
    assert fits(page)


def test_registration_to_approval(plain_page, site, photo, curator, mailoutbox, settings):  # noqa: F811
    page, district = plain_page, make_district()
    make_category(name="Anyaman")
    make_edition(closes_at="2099-01-01T00:00:00Z", organiser_whatsapp="+628112345678", mode="hybrid")
    page.goto(f"{site}/daftar/")
    assert fits(page)
    page.get_by_label("Nama usaha").fill("Anyaman Sari")
    page.locator("#id_banner").set_input_files(photo)
    page.get_by_label("Kategori utama").select_option(label="Anyaman")
    follow(page.get_by_role("button", name="Simpan dan buat akun"))

    page.get_by_label("Nama Anda").fill("Bu Sari")
    page.locator("[name=email]").fill("sari@contoh.test")  # and no password
    follow(page.get_by_role("button", name="Buat akun"))
    page.locator("[name=code]").fill(re.search(r"^([A-Z0-9-]{6,9})$", mailoutbox[-1].body, re.M)[1])
    follow(page.locator("form:has([name=code]) button").first)

    page.get_by_role("heading", name="Pendaftaran").wait_for()
    assert Membership.objects.get().role == "owner"
    save(page, "Nomor Induk Berusaha (NIB)", NIB="9120 0012 34567")
    save(page, "Lokasi usaha", Kecamatan=district.name)
    save(page, "WhatsApp dan telepon", WhatsApp="0812 3456 7890")
    save(page, "Cerita usaha", Cerita_usaha="Kami menganyam pandan.")
    follow(page.get_by_role("link", name="Konfirmasi nomor WhatsApp", exact=True))
    follow(page.get_by_role("button", name="Buat kode konfirmasi"))
    link = page.get_by_role("link", name="Buka WhatsApp dan kirim kode")
    expect(link).to_have_attribute("href", re.compile("^https://wa.me/"))
    assert fits(page)
    follow(page.get_by_role("link", name="Kembali ke pendaftaran"))
    follow(page.get_by_role("link", name="Ikut pameran", exact=True))
    page.get_by_label("Daring dan di lokasi pameran").check()
    follow(page.get_by_role("button", name="Simpan"))

    follow(page.get_by_role("button", name="Kirim untuk diperiksa panitia"))
    expect(page.get_by_text("Lengkapi dahulu: Rekening atau QRIS")).to_be_visible()
    Exhibitor.objects.update(bank_name="BRI", bank_account_number="12345678", bank_account_holder="Sari")
    follow(page.get_by_role("button", name="Kirim untuk diperiksa panitia"))
    page.get_by_text("Terkirim. Panitia memeriksa").wait_for()

    return_exhibitor(Exhibitor.objects.get(), by=curator, notes={"nib": "Dua angka tertukar?"})
    page.goto(f"{site}/dasbor/pendaftaran/")
    expect(page.get_by_text("Dua angka tertukar?")).to_be_visible()
    save(page, "Nomor Induk Berusaha (NIB)", NIB="9120001234576")
    expect(page.get_by_text("Sudah Anda ubah")).to_be_visible()
    follow(page.get_by_role("button", name="Kirim untuk diperiksa panitia"))
    confirm_phone(PhoneConfirmation.objects.get(), by=curator)
    approve_exhibitor(Exhibitor.objects.get(), by=curator)
    page.goto(f"{site}/dasbor/pendaftaran/")
    expect(page.get_by_text("Disetujui").first).to_be_visible()


def test_pages_have_no_barriers_and_fit_with_three_exhibitors(page, site, owner):
    Exhibitor.objects.update(state="draft")
    for name in ("Koperasi Serba Usaha Perajin Anyaman Pandan Kabupaten Kebumen", "Dapur Wati"):
        exhibitor_of(owner, name)
    sign_in(page, site, owner)
    paths = ("pendaftaran/", "pendaftaran/langkah/jenis/", "pendaftaran/whatsapp/", "pengelola/", "profil/")
    for path in paths:
        page.goto(f"{site}/dasbor/{path}")
        assert fits(page), path
        assert violations(page) == [], path
    page.reload()  # axe looked at everything unfolded
    page.locator(".dash__who summary").click()
    expect(page.get_by_role("button", name="Dapur Wati")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Dapur Wati").click()
    expect(page.locator(".dash__who summary")).to_have_text("Dapur Wati")
