"""An official's path on a phone: sign in, today, down to the entries, the sentence to quote, two recaps, a file."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from exhibitors.models import Exhibitor
from tests.browser.looking import fits, sign_in
from tests.factories import wib
from tests.journal.ledger import history, post_history
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def recaps(db):
    edition = make_history()
    first = seal_at(edition, 2020, 11, 20, 12)
    common = {"edition": edition, "exhibitor": Exhibitor.objects.order_by("pk").first()}
    post_history(history(**common, occurred_at=wib(2020, 11, 20, 12, 30), amount=60_000))
    second = seal_at(edition, 2020, 11, 20, 13)
    return first, second


def test_an_official_finds_what_a_figure_is_made_of(page, site, complaints, official, recaps):
    first, second = recaps
    sign_in(page, site, official)
    page.goto(f"{site}/laporan/hari-ini/")
    expect(page.get_by_text("Belum disegel. Jangan dikutip.")).to_be_visible()
    expect(page.get_by_text("Rp1.710.000").first).to_be_visible()
    assert fits(page)

    page.get_by_role("link", name="Rekap", exact=True).first.click()
    page.get_by_role("link", name=second.number, exact=True).click()
    expect(page.get_by_text(f"rekap {second.number}, kode {second.code}")).to_be_visible()
    copier = page.get_by_role("button", name="Salin kalimat (Bahasa Indonesia)")
    assert f"kode {second.code}" in copier.get_attribute("data-copy")
    assert fits(page)

    page.get_by_text("Semua angka, sampai ke catatannya").click()
    page.get_by_role("link", name="Jembatan: + penjualan baru").click()
    expect(page.locator(".entries__sum")).to_have_text("Rp60.000")
    assert fits(page)

    page.go_back()
    page.get_by_role("link", name=f"Bandingkan dengan {first.number}").click()
    expect(page.get_by_role("heading", name="Bandingkan dua rekap")).to_be_visible()
    expect(page.get_by_role("link", name="Penjualan sesudahnya")).to_be_visible()
    assert fits(page)

    page.get_by_role("link", name=second.number, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=f"JSON rekap {second.number}").click()
    assert download.value.suggested_filename.endswith(".json")
    assert complaints == []


def test_todays_figures_renew_themselves_while_they_are_in_sight(page, site, official, recaps):
    """The clock of the page is moved, and so is what it sees of being hidden: no real waiting."""
    sign_in(page, site, official)
    page.clock.install(time=timezone.now())
    asked = []
    page.goto(f"{site}/laporan/hari-ini/")
    page.on("request", lambda request: asked.append(request.url) if "/hari-ini/" in request.url else None)
    expect(page.locator("#live")).to_be_visible()
    page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.unseen, configurable: true})")
    page.evaluate("window.unseen = true")
    page.clock.run_for(5 * 60 * 1000)
    assert asked == []
    page.evaluate("window.unseen = false")
    with page.expect_response(lambda response: "/laporan/hari-ini/" in response.url) as answer:
        page.clock.run_for(2_000)
    assert answer.value.status == 200
    expect(page.locator("#live")).to_have_count(1)
    expect(page.get_by_text("Belum disegel. Jangan dikutip.")).to_be_visible()
