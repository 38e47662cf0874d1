import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from accounts.models import User
from tests.accounts.mails import code_in
from tests.cast import PASSWORD

LOGIN = "/akun/login/"


def sign_in(client, user, **more):
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD, **more})


@pytest.mark.parametrize(
    ("role", "landing"), [("owner", "/dasbor/"), ("curator", "/admin/"), ("shopper", "/pesanan-saya/")]
)
def test_each_role_lands_at_its_place(client, request, role, landing):
    response = sign_in(client, request.getfixturevalue(role))
    assert response.status_code == 302
    assert response.url == landing


def test_next_wins_over_the_landing(client, owner):
    assert sign_in(client, owner, next="/dasbor/profil/").url == "/dasbor/profil/"
    assert client.post("/akun/logout/").status_code == 302
    assert sign_in(client, owner, next="https://jahat.example/").url == "/dasbor/"


def test_wrong_password_is_told_at_the_form_and_limited(client, owner):
    for _ in range(5):
        response = client.post(LOGIN, {"login": owner.email, "password": "salah"})
        assert response.status_code == 200
        assert f'value="{owner.email}"' in response.content.decode()
    page = sign_in(client, owner)
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


def test_code_by_mail_signs_in(client, owner, mailoutbox):
    client.post("/akun/login/code/", {"email": owner.email})
    code = code_in(mailoutbox)
    response = client.post("/akun/login/code/confirm/", {"code": code})
    assert response.url == "/dasbor/"


def test_signing_up_leads_to_ones_orders_and_shows_the_way_to_the_registration(client, db, mailoutbox):
    response = client.post(
        "/akun/signup/", {"name": "Bu Tini", "email": "tini@contoh.test", "password1": "rahasia-sekali-31"}
    )
    user = User.objects.get()
    assert (user.name, user.language) == ("Bu Tini", "id")
    response = client.post(response.url, {"code": code_in(mailoutbox)}, follow=True)
    assert response.request["PATH_INFO"] == reverse("orders:mine")
    assert f'href="{reverse("exhibitors:register")}"' in response.content.decode()


def test_second_factor_is_asked_when_set_up(client, owner):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(owner, secret)
    assert sign_in(client, owner).url == "/akun/2fa/authenticate/"
    assert client.get("/dasbor/").url.startswith(LOGIN)
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "login/", "signup/", "password/reset/", "login/code/", "password/reset/done/",
        "password/reset/key/done/", "inactive/", "confirm-email/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_for_everyone(client, db, path, language):
    response = client.get(f"{language}/akun/{path}")
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert '<div class="panel stack">' in response.content.decode()


@pytest.mark.parametrize(
    "path", ["email/", "password/change/", "logout/", "reauthenticate/", "2fa/", "2fa/totp/activate/"]
)
def test_pages_of_the_signed_in(client, owner, path):
    sign_in(client, owner)
    client.post("/akun/reauthenticate/", {"password": PASSWORD})
    response = client.get(f"/akun/{path}")
    assert response.status_code == 200
    assert '<div class="panel stack">' in response.content.decode()


def test_admin_signs_in_through_the_same_door(client, curator, owner, settings):
    response = client.get("/admin/", follow=True)
    assert response.request["PATH_INFO"] == LOGIN
    assert sign_in(client, curator, next="/admin/").url == "/admin/"
    assert client.get("/admin/").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/admin/").url.startswith("/akun/2fa/totp/activate/")
    client.post("/akun/logout/")
    sign_in(client, owner)
    assert client.get("/admin/", follow=True).status_code == 403


def test_official_can_leave_from_the_recaps(as_user, official):
    page = as_user(official).get(reverse("reports:list")).content.decode()
    assert f'action="{reverse("account_logout")}"' in page
    assert "Masuk sebagai Sutomo" in page


def test_forbidden_page_lets_sign_in_as_somebody_else(as_user, owner):
    client = as_user(owner)
    page = client.get(reverse("reports:list"))
    assert page.status_code == 403
    target = re.search(r'name="next" value="([^"]+)"', page.content.decode())[1]
    assert target == f"{reverse('account_login')}?next={reverse('reports:list')}"
    response = client.post(reverse("account_logout"), {"next": target})
    assert response.url == target
    assert "_auth_user_id" not in client.session


def test_a_buyer_finds_the_way_to_an_account_and_back_to_the_orders(client, db, mailoutbox):
    mine = reverse("orders:mine")
    assert f'href="{mine}"' in client.get(LOGIN).content.decode()
    page = client.get(mine, follow=True).content.decode()
    assert "Daftar sebagai peserta" not in page.partition("<footer")[0]
    (address,) = re.findall(r'href="(/akun/signup/\?next=[^"]+)"', page)
    form = client.get(address).content.decode()
    assert "Untuk pemilik UKM" not in form
    typed = {"name": "Sari", "email": "sari@contoh.test", "password1": "", "next": mine}
    response = client.post("/akun/signup/", typed)
    response = client.post(response.url, {"code": code_in(mailoutbox)}, follow=True)
    assert response.request["PATH_INFO"] == mine
