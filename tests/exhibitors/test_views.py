import pytest
from django.urls import reverse

from exhibitors.models import Decision, Exhibitor, Membership
from expo.models import OutgoingMail
from tests.factories import make_region

DRAFT = {
    "name": "Anyaman Sari",
    "kind": "ukm",
    "owner_name": "Sari",
    "regency": "33.73",
    "whatsapp": "0812-3456-7890",
    "bank_name": "BRI",
    "bank_account_number": "1234 5678 90",
    "bank_account_holder": "Sari",
}


def url(name):
    return reverse(f"exhibitors:{name}")


@pytest.fixture
def regency(db):
    return make_region()


def test_registration_makes_a_draft_and_says_what_is_next(as_user, shopper, regency):
    client = as_user(shopper)
    assert client.get(url("dashboard")).url == url("register")
    response = client.post(url("register"), DRAFT, follow=True)
    exhibitor = Exhibitor.objects.get()
    assert (exhibitor.state, exhibitor.whatsapp) == ("draft", "+6281234567890")
    assert exhibitor.bank_account_number == "1234567890"
    assert "Kirim data usaha untuk diperiksa panitia" in response.content.decode()


def test_registration_keeps_what_was_typed_beside_its_error(as_user, shopper, regency):
    response = as_user(shopper).post(url("register"), {**DRAFT, "whatsapp": "08"})
    page = response.content.decode()
    assert "Nomor telepon tidak dikenali" in page
    assert 'value="Anyaman Sari"' in page
    assert not Exhibitor.objects.exists()


def test_submission_and_its_state(as_user, shopper, regency):
    client = as_user(shopper)
    client.post(url("register"), DRAFT)
    assert client.get(url("submission")).status_code == 405
    response = client.post(url("submission"), follow=True)
    assert Exhibitor.objects.get().state == "submitted"
    assert "Menunggu kurasi" in response.content.decode()


def test_incomplete_draft_is_not_submitted(as_user, shopper, regency):
    client = as_user(shopper)
    client.post(url("register"), {**DRAFT, "bank_name": ""})
    response = client.post(url("submission"), follow=True)
    assert Exhibitor.objects.get().state == "draft"
    assert "Lengkapi dahulu: bank." in response.content.decode()


def test_a_returned_exhibitor_reads_why(as_user, owner, curator):
    from exhibitors.domain.curation import return_exhibitor

    Exhibitor.objects.filter(pk=owner.exhibitor.pk).update(state="submitted")
    return_exhibitor(owner.exhibitor, by=curator, reason="Nomor rekening kurang.")
    assert "Nomor rekening kurang." in as_user(owner).get(url("dashboard")).content.decode()


def test_profile_changes_only_own_data(as_user, helper, outsider, regency):
    response = as_user(helper).post(
        url("edit-profile"),
        {**DRAFT, "name": "Batik Wati Asli", "nib": "1234567890123", "email": "a@b.id"},
    )
    assert response.url == url("profile")
    helper.exhibitor.refresh_from_db()
    assert helper.exhibitor.name == "Batik Wati Asli"
    outsider.exhibitor.refresh_from_db()
    assert outsider.exhibitor.name == "Keramik Joko"


@pytest.mark.parametrize(("field", "value", "error"), [("nib", "123", "13 angka"), ("email", "bukan", "email")])
def test_profile_errors_stand_at_their_field(as_user, owner, regency, field, value, error):
    response = as_user(owner).post(url("edit-profile"), {**DRAFT, field: value})
    assert response.status_code == 200
    assert error in str(response.context["form"].errors[field])


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


@pytest.mark.parametrize("name", ["dashboard", "profile", "edit-profile", "edit-bank-account"])
def test_pages_are_private(client, as_user, owner, name):
    assert client.get(url(name)).status_code == 302
    response = as_user(owner).get(url(name))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert as_user(owner).delete(url(name)).status_code == 405
