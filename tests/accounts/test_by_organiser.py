"""What the administration changes of somebody's sign-in: the address, the password, the second factor."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from accounts.models import FormerAddress
from accounts.people import create_person
from accounts.sign_in_links import person_at
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "baru@contoh.test"


@pytest.fixture
def change(client, superuser):
    """``change(user, email)``: in the administration."""
    client.force_login(superuser)

    def change(user, email):
        typed = {"email": email, "name": user.name, "language": user.language, "is_active": "on"}
        if user.is_superuser:
            typed["is_superuser"] = "on"
        return client.post(reverse("admin:accounts_user_change", args=[user.pk]), typed)

    return change


def at_work(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def is_in(browser) -> bool:
    return browser.get(reverse("account_email")).status_code == 200


def test_a_changed_address_is_the_only_one_that_signs_in(change, owner, mailoutbox):
    EmailAddress.objects.create(user=owner, email="kedua@contoh.test", verified=True)
    before, browser = owner.email, at_work(owner)
    assert change(owner, "Baru@Contoh.test").status_code == 302
    assert list(EmailAddress.objects.filter(user=owner).values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]
    assert [person_at(email) for email in (before, "kedua@contoh.test", NEW)] == [None, None, owner]
    assert Client().post("/akun/login/", {"login": before, "password": PASSWORD}).status_code == 200
    assert Client().post("/akun/login/", {"login": NEW, "password": PASSWORD}).status_code == 302
    assert not is_in(browser)
    assert FormerAddress.objects.get(user=owner).email == before
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([before], "Alamat surel diganti")
    assert f"dari {before} menjadi {NEW}" in mail.body
    assert "Panitia yang mengubahnya" in mail.body


def test_other_changes_leave_addresses_and_sessions(change, owner, mailoutbox):
    EmailAddress.objects.create(user=owner, email="kedua@contoh.test", verified=True)
    browser = at_work(owner)
    assert change(owner, owner.email).status_code == 302
    assert EmailAddress.objects.filter(user=owner, verified=True).count() == 2
    assert is_in(browser)
    assert mailoutbox == []


def test_an_address_of_somebody_else_is_refused_at_the_form(change, owner, outsider):
    EmailAddress.objects.create(user=outsider, email=NEW, verified=True)
    answer = change(owner, NEW)
    assert answer.status_code == 200
    assert "sudah dipakai akun lain" in answer.content.decode()
    assert person_at(NEW) == outsider


def test_who_changes_their_own_address_stays(change, client, superuser):
    assert change(superuser, NEW).status_code == 302
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 200


def test_a_removed_second_factor_is_written_down_told_and_ends_sessions(client, superuser, mailoutbox):
    lost, other = (create_person(f"{name}@contoh.test", PASSWORD, name=name) for name in ("tini", "rudi"))
    lost.language = "en"
    lost.save()
    TOTP.activate(lost, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(lost)
    browser, untouched = at_work(lost), at_work(other)
    client.force_login(superuser)
    chosen = {"action": "remove_second_factor", "_selected_action": [lost.pk, other.pk]}
    assert client.post(reverse("admin:accounts_user_changelist"), chosen).status_code == 302
    assert not Authenticator.objects.exists()
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user, entry.change_message) == (
        str(lost.pk),
        superuser,
        "Verifikasi dua langkah dihapus.",
    )
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([lost.email], "Two-step verification removed")]
    assert not is_in(browser)
    assert is_in(untouched)


SET = {"usable_password": "true", "password1": "kebaya-lurik-93", "password2": "kebaya-lurik-93"}
REMOVED = {"usable_password": "false", "unset-password": ""}


@pytest.mark.parametrize(
    ("typed", "subject", "says"),
    [(SET, "Kata sandi diganti", "diganti"), (REMOVED, "Kata sandi dihapus", "masuk lewat surel")],
)
def test_a_password_set_or_removed_is_told_and_ends_sessions(
    client, superuser, owner, mailoutbox, typed, subject, says
):
    browser = at_work(owner)
    client.force_login(superuser)
    address = reverse("admin:auth_user_password_change", args=[owner.pk])
    assert client.post(address, typed).status_code == 302
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([owner.email], subject)
    assert says in mail.body
    assert "Panitia yang mengubahnya" in mail.body
    assert not is_in(browser)


def test_a_refused_password_tells_nobody(client, superuser, owner, mailoutbox):
    client.force_login(superuser)
    address = reverse("admin:auth_user_password_change", args=[owner.pk])
    assert client.post(address, {"usable_password": "true", "password1": "a", "password2": "b"}).status_code == 200
    assert mailoutbox == []
