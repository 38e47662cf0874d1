"""What people change of their own sign-in: they are told by mail, and asked once more who they are."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.accounts.mails import code_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW, SECOND = "rahasia-lain-77", "kedua@contoh.test"
EMAIL = "/akun/email/"


def test_a_changed_password_is_told_without_words_of_whoever_did_it(as_user, owner, mailoutbox):
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = as_user(owner).post(reverse("account_change_password"), typed, headers={"user-agent": "Telepon 0812"})
    assert answer.status_code == 302
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([owner.email], "Kata sandi diganti")
    assert "Bukan Anda?" in mail.body
    assert "0812" not in mail.body
    assert owner.name not in mail.body


def test_an_address_is_added_after_the_password_was_typed_again(as_user, owner, mailoutbox):
    client = as_user(owner)
    asked = client.post(EMAIL, {"action_add": "", "email": SECOND})
    assert asked.url.startswith("/akun/reauthenticate/")
    assert 'name="password"' in client.get(asked.url).content.decode()
    client.post(asked.url, {"password": PASSWORD, "next": EMAIL})
    assert code_in(mailoutbox)
    assert mailoutbox[-1].to == [SECOND]


def test_who_has_no_password_is_not_asked_for_one(as_user, owner, mailoutbox):
    owner.set_unusable_password()
    owner.save()
    answer = as_user(owner).post(EMAIL, {"action_add": "", "email": SECOND})
    assert "reauthenticate" not in answer.url
    assert mailoutbox[-1].to == [SECOND]


def test_an_account_has_few_addresses(as_user, owner, mailoutbox):
    owner.set_unusable_password()
    owner.save()
    for name in "ab":
        EmailAddress.objects.create(user=owner, email=f"{name}@contoh.test", verified=True)
    assert as_user(owner).post(EMAIL, {"action_add": "", "email": SECOND}).status_code == 200
    assert mailoutbox == []


@pytest.mark.parametrize(("role", "shown"), [("curator", False), ("owner", False), ("official", True)])
@pytest.mark.parametrize("address", [EMAIL, "/pesanan-saya/"])
def test_the_footer_links_reports_to_those_who_may_see_them(as_user, request, role, shown, address):
    page = as_user(request.getfixturevalue(role)).get(address).content.decode()
    assert ('href="/laporan/"' in page) is shown


def test_asking_for_a_mail_says_that_a_link_comes_too(client, owner):
    page = client.post("/akun/login/code/", {"email": owner.email}, follow=True).content.decode()
    assert "Surel dengan kode dan tautan masuk sudah dikirim" in page
