"""The link of a sign-in mail: looked at by scanners, opened on another device, used once."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SignInLink, User
from accounts.sign_in_links import KEPT, forget_old_links, issue_link, token_of
from exhibitors.models import Exhibitor
from tests import factories
from tests.accounts.mails import code_in, link_in
from tests.cast import PASSWORD
from tests.orders import shop

ASK, CONFIRM = "/akun/login/code/", "/akun/login/code/confirm/"


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture
def asked(db, mailoutbox):
    """``asked(user)``: the link mailed to them; another browser asked."""

    def ask(user, **more):
        assert Client().post(ASK, {"email": user.email, **more}).status_code == 302
        return link_in(mailoutbox)

    return ask


def over(client, link) -> bool:
    """Neither looking nor pressing gets anybody in; the page says how to get a new one."""
    answers = [client.get(link), client.post(link)]
    assert signed_in(client) is None
    return all(one.status_code == 404 and ASK in one.content.decode() for one in answers)


def test_looking_signs_nobody_in_and_pressing_does(client, asked, owner):
    link = asked(owner)
    for _ in range(3):  # mail programs and their scanners
        page = client.get(link)
        assert client.head(link).status_code == 200
    assert "Masuk sebagai Wati?" in page.content.decode()
    assert owner.email in page.content.decode()
    assert signed_in(client) is None
    assert not client.session.keys()
    assert client.post(link).url == "/dasbor/"
    assert signed_in(client) == str(owner.pk)


def test_no_cache_no_search_engine_and_no_other_site_learns_the_address(client, asked, owner):
    link = asked(owner)
    for answer in (client.get(link), client.post(link), Client().get(link)):
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_the_button_needs_the_token_of_its_page(asked, owner):
    client, link = Client(enforce_csrf_checks=True), asked(owner)
    assert client.post(link).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(link).content.decode())[1]
    assert client.post(link, {"csrfmiddlewaretoken": token}).status_code == 302
    assert signed_in(client) == str(owner.pk)


def test_a_link_works_once(client, asked, owner):
    link = asked(owner)
    Client().post(link)
    assert over(client, link)


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_signs_in(asked, owner):
    link, browsers = asked(owner), [Client(), Client()]
    shop.at_once(*(lambda browser=browser: browser.post(link) for browser in browsers))
    assert sorted(map(bool, map(signed_in, browsers))) == [False, True]


def test_link_and_code_are_used_up_together(client, owner, mailoutbox):
    client.post(ASK, {"email": owner.email})
    code, link = code_in(mailoutbox), link_in(mailoutbox)
    Client().post(link)
    refused = client.post(CONFIRM, {"code": code})
    assert "tidak berlaku lagi" in refused.content.decode()
    assert signed_in(client) is None
    client.post(CONFIRM, {"action": "resend"})
    link = link_in(mailoutbox)
    assert client.post(CONFIRM, {"code": code_in(mailoutbox)}).status_code == 302
    assert signed_in(client) == str(owner.pk)
    assert over(Client(), link)


def test_only_the_newest_link_opens_but_a_code_stays_with_its_page(client, asked, owner, mailoutbox):
    client.post(ASK, {"email": owner.email})
    code, first = code_in(mailoutbox), link_in(mailoutbox)
    newest = asked(owner)
    assert over(Client(), first)
    assert Client().get(newest).status_code == 200
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    assert signed_in(client) == str(owner.pk)


def test_a_link_ends_with_its_code(client, asked, owner):
    link, row = asked(owner), SignInLink.objects.get()
    assert row.expires_at - row.sent_at == dt.timedelta(minutes=10)
    again = issue_link(owner, owner.email, seconds=0)
    assert over(client, reverse("accounts:sign-in-link", args=[token_of(again)]))
    assert over(client, link)


def change_password(user):
    user.set_password("lain-sekali-77")
    user.save()


def change_address(user):
    EmailAddress.objects.filter(user=user).update(primary=False)
    EmailAddress.objects.create(user=user, email="baru@contoh.test", verified=True, primary=True)
    user.email = "baru@contoh.test"
    user.save()


def lose_address(user):
    EmailAddress.objects.filter(user=user).update(email="baru@contoh.test")


def shut_out(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def sign_in_elsewhere(user):
    assert Client().post("/akun/login/", {"login": user.email, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("happened", [change_password, change_address, lose_address, shut_out, sign_in_elsewhere])
def test_what_happens_meanwhile_ends_link_and_code(client, asked, owner, mailoutbox, happened):
    client.post(ASK, {"email": owner.email})
    link = link_in(mailoutbox)
    happened(owner)
    assert over(Client(), link)
    client.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert signed_in(client) is None


@pytest.mark.parametrize("token", ["x", "x" * 43, "a" * 24 + "." + "b" * 43, "%00" * 24, "é" * 24 + "." + "b" * 43])
def test_made_up_links_are_refused_and_counted(client, db, token):
    assert over(client, f"/akun/masuk/{token}/")


def test_a_link_signed_for_somebody_else_is_refused(client, asked, owner, outsider):
    link, other = asked(owner), asked(outsider)
    assert over(client, link.partition(".")[0] + "." + other.partition(".")[2])


def test_guessing_is_limited_and_stops_nobody_who_has_a_link(client, asked, owner, monkeypatch):
    monkeypatch.setattr("accounts.views.UNKNOWN_AN_HOUR", 2)
    link = asked(owner)
    assert [client.get(f"/akun/masuk/{n}/").status_code for n in range(3)] == [404, 404, 429]
    assert client.post(link).url == "/dasbor/"


def test_the_second_factor_is_asked_as_after_a_code(client, asked, curator):
    secret = TOTP.activate(curator, "JBSWY3DPEHPK3PXP").instance.data["secret"]
    assert secret
    assert client.post(asked(curator, next="/admin/expo/edition/")).url == "/akun/2fa/authenticate/"
    assert signed_in(client) is None
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    assert client.post("/akun/2fa/authenticate/", {"code": code}).url == "/admin/expo/edition/"
    assert signed_in(client) == str(curator.pk)


def test_staff_without_a_second_factor_are_led_to_its_set_up(client, asked, curator, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.post(asked(curator)).url == "/admin/"
    assert client.get("/admin/").url.startswith("/akun/2fa/totp/activate/")


def test_whoever_is_signed_in_is_named_and_leaves_first(as_user, asked, owner, outsider):
    client, link = as_user(outsider), asked(owner)
    client.session["mine"] = "of Joko"
    page = client.get(link).content.decode()
    assert "Sekarang Joko (joko@contoh.test) sedang masuk" in page
    assert client.post(link).status_code == 200  # a page that did not name him does not sign him out
    assert signed_in(client) == str(outsider.pk)
    key = client.session.session_key
    assert client.post(link, {"here": outsider.pk}).url == "/dasbor/"
    assert signed_in(client) == str(owner.pk)
    assert client.session.session_key != key
    assert "mine" not in client.session


def test_somebody_else_with_a_second_factor_leaves_before_it_is_asked(as_user, asked, outsider, curator):
    TOTP.activate(curator, "JBSWY3DPEHPK3PXP")
    client, link = as_user(outsider), asked(curator)
    assert client.post(link, {"here": outsider.pk}).url == "/akun/2fa/authenticate/"
    assert signed_in(client) is None
    assert client.get("/akun/2fa/authenticate/").status_code == 200


def test_who_is_signed_in_already_goes_on_and_keeps_the_link_for_another_device(as_user, asked, owner):
    client, link = as_user(owner), asked(owner, next="/dasbor/profil/")
    for page in (client.get(link), client.post(link)):
        assert 'href="/dasbor/profil/"' in page.content.decode()
    assert Client().post(link).url == "/dasbor/profil/"


def test_the_session_gets_a_new_key(client, asked, owner):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    key = session.session_key
    client.post(asked(owner))
    assert client.session.session_key != key


@pytest.mark.parametrize(
    ("next", "lands"),
    [
        ("/dasbor/profil/", "/dasbor/profil/"), ("https://jahat.example/", "/dasbor/"),
        ("//jahat.example/", "/dasbor/"), ("/" + "x" * 1000, "/dasbor/"), ("javascript:alert(1)", "/dasbor/"),
    ],
)  # fmt: skip
def test_where_one_wanted_to_go_is_kept_when_it_is_here(client, asked, owner, next, lands):
    assert client.post(asked(owner, next=next)).url == lands


def test_a_new_link_is_asked_for_with_the_same_destination(client, asked, owner):
    link = asked(owner, next="/dasbor/profil/")
    Client().post(link)
    assert f'href="{ASK}?next=%2Fdasbor%2Fprofil%2F"' in client.get(link).content.decode()


def test_english_readers_get_an_english_link(client, owner, mailoutbox):
    client.post("/en" + ASK, {"email": owner.email})
    assert link_in(mailoutbox).startswith("/en/akun/masuk/")
    assert "Sign in as Wati?" in client.get(link_in(mailoutbox)).content.decode()
    assert mailoutbox[-1].subject == "Sign in to UKM Virtual Expo"


def test_asking_says_nothing_about_who_has_an_account(client, owner, mailoutbox):
    known, unknown = (Client().post(ASK, {"email": email}) for email in (owner.email, "tak-ada@contoh.test"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert SignInLink.objects.count() == 1
    assert "akun/masuk" not in mailoutbox[-1].body


def test_the_basket_comes_along(client, asked, owner):
    client.cookies["cart"] = shop.cart_with(shop.sold()).token
    client.post(asked(owner))
    assert owner.cart.lines.count() == 1


def sign_up(client, mailoutbox, **more):
    typed = {"name": "Bu Tini", "email": "tini@contoh.test", "password1": PASSWORD, **more}
    assert client.post("/akun/signup/", typed).url == "/akun/confirm-email/"
    return User.objects.get(email="tini@contoh.test"), link_in(mailoutbox)


def test_signing_up_is_confirmed_by_link_in_the_same_browser(client, db, mailoutbox):
    user, link = sign_up(client, mailoutbox)
    assert "Konfirmasi dan masuk" in client.get(link).content.decode()
    assert client.post(link).url == "/pesanan-saya/"
    assert signed_in(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_in_another_browser_the_password_of_whoever_signed_up_is_forgotten(client, db, mailoutbox):
    """Else a stranger could sign up with an address, wait for its owner, and come in."""
    user, link = sign_up(client, mailoutbox)
    code, owner = code_in(mailoutbox), Client()
    assert owner.post(link).url == "/pesanan-saya/"
    assert "kata sandi dari pendaftaran dihapus" in owner.get("/pesanan-saya/").content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert client.post("/akun/confirm-email/", {"code": code}).url == "/akun/login/"
    client.post("/akun/login/", {"login": user.email, "password": PASSWORD})
    assert signed_in(client) is None


def test_so_it_is_when_the_owner_of_the_address_asks_for_a_code(client, db, mailoutbox):
    user, _link = sign_up(Client(), mailoutbox)
    client.post(ASK, {"email": user.email})
    client.post(CONFIRM, {"code": code_in(mailoutbox)})
    assert signed_in(client) == str(user.pk)
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_a_first_sign_in_by_mail_keeps_the_password_that_staff_gave(client, asked, owner):
    client.post(asked(owner))
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_an_unconfirmed_address_of_an_account_in_use_lets_nobody_into_it(client, owner, mailoutbox):
    sign_in_elsewhere(owner)
    EmailAddress.objects.create(user=owner, email="orang@contoh.test")
    client.post(ASK, {"email": "orang@contoh.test"})
    assert "akun/masuk" not in mailoutbox[-1].body
    assert not SignInLink.objects.exists()


def test_somebody_made_on_the_command_line_comes_in(client, db, asked):
    user = User.objects.create_superuser("kepala@contoh.test", PASSWORD, name="Kepala")
    assert client.post(asked(user)).url == "/admin/"
    assert EmailAddress.objects.get(user=user).verified
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_what_a_new_exhibitor_began_comes_along(client, db, mailoutbox):
    category, other = factories.make_category(name="Anyaman"), Client()
    session = client.session
    session["started"] = {"key": "k" * 32, "name": "Anyaman Tini", "category": category.pk, "photo": "0" * 64}
    session.save()
    user, link = sign_up(client, mailoutbox, next=reverse("exhibitors:register"))
    assert other.post(link).url == reverse("exhibitors:register")
    other.get(reverse("exhibitors:register"))
    assert Exhibitor.objects.get().memberships.get().user == user


def test_a_mail_to_a_stranger_holds_no_words_of_whoever_signed_up(client, db, mailoutbox):
    sign_up(client, mailoutbox, name="Hadiah di https://jahat.example")
    assert "jahat" not in mailoutbox[-1].body + mailoutbox[-1].subject


def test_old_links_are_deleted(asked, owner):
    asked(owner)
    assert forget_old_links(timezone.now() + KEPT) == 0
    assert forget_old_links(timezone.now() + KEPT + dt.timedelta(minutes=11)) == 1
