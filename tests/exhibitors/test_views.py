import pytest
from django.urls import reverse

from exhibitors.models import Decision, Exhibitor, Membership
from expo.models import OutgoingMail


def url(name):
    return reverse(f"exhibitors:{name}")


def test_a_returned_exhibitor_reads_why(as_user, owner, curator):
    from exhibitors.domain.curation import return_exhibitor

    Exhibitor.objects.filter(pk=owner.exhibitor.pk).update(state="submitted")
    return_exhibitor(owner.exhibitor, by=curator, reason="Nomor rekening kurang.")
    assert "Nomor rekening kurang." in as_user(owner).get(url("dashboard")).content.decode()


def test_bank_account_is_the_owners_and_told_to_all(as_user, owner, helper):
    assert as_user(helper).get(url("edit-bank-account")).status_code == 403
    data = {"bank_name": "BNI", "bank_account_number": "99-888-777", "bank_account_holder": "Wati"}
    as_user(owner).post(url("edit-bank-account"), data)
    owner.exhibitor.refresh_from_db()
    assert owner.exhibitor.bank_account_number == "99888777"
    assert {mail.to for mail in OutgoingMail.objects.all()} == {owner.email, helper.email}
    assert "99888777" in Decision.objects.get().reason


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
