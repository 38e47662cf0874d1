import re

import pytest
from django.urls import reverse

from exhibitors.models import BANK_ACCOUNT, Exhibitor, Membership
from expo.models import OutgoingMail


def url(name):
    return reverse(f"exhibitors:{name}")


def test_a_returned_exhibitor_reads_why(as_user, owner, curator):
    from exhibitors.domain.curation import return_exhibitor

    Exhibitor.objects.filter(pk=owner.exhibitor.pk).update(state="submitted")
    return_exhibitor(owner.exhibitor, by=curator, reason="Nomor rekening kurang.")
    assert "Nomor rekening kurang." in as_user(owner).get(url("dashboard")).content.decode()


def test_bank_account_is_the_owners_and_waits_for_their_mail(client, as_user, owner, helper):
    assert as_user(helper).get(url("edit-bank-account")).status_code == 403
    old = owner.exhibitor.bank_account_number
    data = {"bank_name": "BNI", "bank_account_number": "99-888-777", "bank_account_holder": "Wati"}
    answer = as_user(owner).post(url("edit-bank-account"), data, follow=True).content.decode()
    assert "BNI 99888777 (Wati) menunggu konfirmasi pemilik" in answer
    assert Exhibitor.objects.get(pk=owner.exhibitor.pk).bank_account_number == old
    address = re.search(r"/rekening/konfirmasi/[\w-]{43}/", OutgoingMail.objects.get().body).group()
    asked = client.get(address)
    assert "99888777" in asked.content.decode()
    assert asked["Referrer-Policy"] == "same-origin"
    assert "dipakai mulai" in client.post(address).content.decode()
    assert client.post(address).status_code == 404
    for page in (url("profile"), url("edit-bank-account"), reverse("orders:payment-settings")):
        assert "BNI 99888777 (Wati) dipakai mulai" in as_user(owner).get(page).content.decode()
    as_user(helper).post(url("account-stop"))
    assert "99888777" not in as_user(helper).get(url("profile")).content.decode()


def test_bank_account_errors_stand_in_the_form(as_user, owner):
    present = {name: getattr(owner.exhibitor, name) for name in BANK_ACCOUNT}
    page = as_user(owner).post(url("edit-bank-account"), present)
    assert "Ini rekening Anda sekarang" in page.content.decode()
    page = as_user(owner).post(url("edit-bank-account"), present | {"bank_account_number": "12"})
    assert "6 sampai 20 angka" in page.content.decode()


def test_switching_between_exhibitors(as_user, owner, outsider):
    client = as_user(owner)
    assert client.post(url("switch"), {"exhibitor": outsider.exhibitor.pk}).status_code == 404
    Membership.objects.create(user=owner, exhibitor=outsider.exhibitor)
    client.post(url("switch"), {"exhibitor": outsider.exhibitor.pk})
    assert "Keramik Joko" in client.get(url("profile")).content.decode()


@pytest.mark.parametrize("name", ["dashboard", "profile", "registration", "edit-bank-account"])
def test_pages_are_private(client, as_user, owner, name):
    assert client.get(url(name)).status_code == 302
    response = as_user(owner).get(url(name))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert as_user(owner).delete(url(name)).status_code == 405
