"""A forgotten password: mails and pages in our words, from asking to signing in with the new one."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from expo.mail_layout import set_mail
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "kebaya-lurik-93"
ASKING = "/akun/password/reset/"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://expo.test"


def link_in(mail) -> str:
    """The address of the button, below our own site."""
    return re.search(r"https://expo\.test(/\S+/key/\S+)", mail.body)[1]


def buttons(mail, language="id") -> list[str]:
    html = set_mail(mail.subject, mail.body, language)
    return re.findall(r'<a href="https://expo\.test([^"]+)" style="display:block', html)


def test_from_the_forgotten_password_to_the_new_one(client, owner, mailoutbox):
    elsewhere = Client()
    elsewhere.force_login(owner)
    page = client.post(ASKING, {"email": owner.email}, follow=True).content.decode()
    assert "Kami mengirim surel ke alamat itu." in page
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([owner.email], "Kata sandi baru untuk UKM Virtual Expo")
    assert "Berlaku 3 hari dan satu kali" in mail.body
    assert owner.name not in mail.body
    assert buttons(mail) == [link_in(mail)]
    form = client.get(link_in(mail), follow=True)
    assert f"Untuk akun {owner.email}." in form.content.decode()
    short = client.post(form.request["PATH_INFO"], {"password1": "pendek", "password2": "pendek"})
    assert "8 karakter" in short.content.decode()
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)
    assert "Masuk dengan kata sandi yang baru." in done.content.decode()
    assert elsewhere.get(reverse("account_email")).status_code == 302
    assert Client().post("/akun/login/", {"login": owner.email, "password": PASSWORD}).status_code == 200
    assert Client().post("/akun/login/", {"login": owner.email, "password": NEW}).status_code == 302
    used = Client().get(link_in(mail)).content.decode()
    assert "Tautan ini tidak berlaku lagi" in used
    assert ASKING in used


def test_english_pages_send_english_mail(client, owner, mailoutbox):
    page = client.post(f"/en{ASKING}", {"email": owner.email}, follow=True).content.decode()
    assert "We sent a mail to that address." in page
    assert mailoutbox[0].subject == "A new password for UKM Virtual Expo"
    assert buttons(mailoutbox[0], "en") == [link_in(mailoutbox[0])]
    assert link_in(mailoutbox[0]).startswith("/en/")


def test_the_host_of_a_request_is_not_where_the_link_leads(client, owner, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(ASKING, {"email": owner.email}, headers={"host": "jahat.test"})
    assert "jahat.test" not in mailoutbox[0].body
    assert link_in(mailoutbox[0])


def test_an_unknown_address_is_told_so_by_mail_only(client, owner, mailoutbox):
    known = client.post(ASKING, {"email": owner.email}, follow=True).content.decode()
    unknown = client.post(ASKING, {"email": "siapa@contoh.test"}, follow=True).content.decode()
    assert known == unknown
    mail = mailoutbox[1]
    assert (mail.to, mail.subject) == (["siapa@contoh.test"], "Alamat ini belum punya akun")
    assert buttons(mail) == ["/akun/login/", reverse("exhibitors:register")]


def test_signing_up_again_is_told_by_mail_only(client, owner, mailoutbox):
    typed = {"name": "Klik https://jahat.test", "email": owner.email, "password1": NEW}
    client.post("/akun/signup/", typed, follow=True)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([owner.email], "Alamat ini sudah punya akun")
    assert "jahat" not in mail.body
    assert buttons(mail) == ["/akun/login/code/", ASKING]
