"""Signing in by the link of a mail, on another device than the one that asked, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.accounts.mails import code_in, link_in
from tests.browser.looking import fits, follow

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_link_signs_in_on_another_device(plain_page, browser, browser_context_args, site, owner, mailoutbox):
    asking = plain_page
    asking.goto(f"{site}/akun/login/?next=/dasbor/profil/")
    follow(asking.get_by_role("link", name="Masuk lewat surel"))
    assert fits(asking)
    asking.locator("[name=email]").fill(owner.email)
    follow(asking.get_by_role("button", name="Kirim kode dan tautan"))
    expect(asking.get_by_text("buka tautannya di peramban mana pun")).to_be_visible()
    assert fits(asking)

    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(site + link_in(mailoutbox))
    expect(opened.get_by_role("heading", name="Masuk sebagai Wati?")).to_be_visible()
    assert fits(opened)
    follow(opened.get_by_role("button", name="Masuk", exact=True))
    expect(opened).to_have_url(f"{site}/dasbor/profil/")
    opened.goto(site + link_in(mailoutbox))
    expect(opened.get_by_role("heading", name="Tautan masuk ini tidak berlaku lagi")).to_be_visible()
    assert fits(opened)
    context.close()

    asking.locator("[name=code]").fill(code_in(mailoutbox))
    follow(asking.get_by_role("button", name="Konfirmasi"))
    expect(asking.locator(".field__error")).to_contain_text("Mintalah yang baru.")
