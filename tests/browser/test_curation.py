"""The curators' path: queue, desk, returned with a note, mended by its owner, approved by two different people."""

import pytest
from playwright.sync_api import expect

from accounts.roles import Role, give_role
from exhibitors.domain.profile_changes import propose_profile
from exhibitors.models import Exhibitor, ExhibitorChange
from tests.browser.looking import fits, sign_in
from tests.cast import person
from tests.factories import make_booth, make_edition

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "Mulai: Usulan perubahan peserta"


def as_person(page, site, user, width, start="/admin/"):
    page.context.clear_cookies()
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, site, user)
    page.goto(f"{site}{start}")


def test_a_story_is_returned_mended_and_approved_by_two(page, site, complaints, owner, curator):
    make_booth(exhibitor=owner.exhibitor, edition=make_edition(second_look="exhibitors"))
    propose_profile(Exhibitor.objects.get(pk=owner.exhibitor.pk), {"story": "BATIK TERBAIK"}, by=owner)
    second = person("Bagus")
    give_role(second, Role.CURATION)

    as_person(page, site, curator, 1280)
    page.get_by_role("link", name=QUEUE).click()
    page.locator("#judge").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("k")  # a reason is wanted: the cursor goes there
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.press("Escape")
    note = page.get_by_label("Catatan untuk: cerita usaha", exact=True)
    phrase = page.get_by_role("button", name="Cerita terlalu singkat")
    page.keyboard.press(phrase.locator("kbd").first.evaluate("one => one.textContent"))
    expect(note).to_have_value("Ceritakan apa yang dibuat, oleh siapa, dan dari bahan apa.")
    phrase.click()  # once more takes it away
    expect(note).to_have_value("")
    page.get_by_label("Catatan untuk: cerita usaha", exact=True).fill("Ceritakan bahannya.")
    page.get_by_role("button", name="Kembalikan").click()
    page.get_by_text("Tidak ada lagi yang menunggu").wait_for()

    as_person(page, site, owner, 360, "/dasbor/pendaftaran/langkah/cerita/")
    expect(page.get_by_text("Ceritakan bahannya.")).to_be_visible()
    assert fits(page)
    page.get_by_label("Cerita usaha", exact=True).fill("Katun, malam, dan soga.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Usulan perubahan menunggu ditinjau").wait_for()
    assert fits(page)

    as_person(page, site, curator, 360)
    page.get_by_role("link", name=QUEUE).click()
    page.get_by_text("Katun, malam, dan soga.").wait_for()
    assert fits(page)
    page.get_by_role("button", name="Setujui").click()
    page.get_by_text("persetujuan pertama dicatat").wait_for()
    assert Exhibitor.objects.get(pk=owner.exhibitor.pk).story == ""

    as_person(page, site, second, 1280)
    page.locator(".desk__list", has_text="Menunggu mata kedua").click()
    page.get_by_role("link", name="Batik Wati").click()
    page.get_by_text("Mata pertama: Ratna").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("a")
    page.get_by_text("1 keputusan dicatat").wait_for()
    assert Exhibitor.objects.get(pk=owner.exhibitor.pk).story == "Katun, malam, dan soga."
    assert not ExhibitorChange.objects.exists()
    assert complaints == []
