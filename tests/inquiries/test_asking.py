import pytest
from django.urls import reverse

from exhibitors.models import Exhibitor
from expo.models import OutgoingMail
from inquiries.models import Inquiry, InquiryState
from tests.factories import make_booth, make_edition, make_placement, wib

ASKED = {
    "message": "Apakah bisa 200 buah untuk Desember?",
    "name": "Aisha",
    "email": "aisha@contoh.test",
    "country": "QA",
    "language": "en",
}


@pytest.fixture
def booth(owner):
    return make_booth(exhibitor=owner.exhibitor)


def booth_url(booth):
    return reverse("inquiries:booth", args=[booth.edition.slug, booth.slug])


def test_asking_a_booth_tells_its_people(client, booth, owner, helper):
    assert client.get(booth_url(booth)).status_code == 200
    response = client.post(booth_url(booth), {**ASKED, "phone": "+974 3312 3456"}, follow=True)
    inquiry = Inquiry.objects.get()
    assert (inquiry.exhibitor, inquiry.edition, inquiry.product) == (owner.exhibitor, booth.edition, None)
    assert (inquiry.country, inquiry.language, inquiry.phone) == ("QA", "en", "+97433123456")
    assert response.request["PATH_INFO"] == f"/permintaan/{inquiry.token}/"
    assert "terkirim" in response.content.decode()
    mails = OutgoingMail.objects.all()
    assert {mail.to for mail in mails} == {owner.email, helper.email}
    assert f"/dasbor/permintaan/{inquiry.pk}/" in mails[0].body


def test_asking_about_a_product_of_the_booth(client, booth):
    placement = make_placement(booth=booth)
    client.post(booth_url(booth) + f"?produk={placement.product.slug}", ASKED)
    assert Inquiry.objects.get().product == placement.product


def test_product_page_asks_through_the_running_edition(client, owner):
    old = make_placement(booth=make_booth(exhibitor=owner.exhibitor))
    running = make_edition(sales_open=wib(2020, 1, 1), opens_at=wib(2020, 1, 2), closes_at=wib(2090, 1, 1))
    make_placement(booth=make_booth(exhibitor=owner.exhibitor, edition=running), product=old.product)
    client.post(reverse("inquiries:product", args=[old.product.slug]), ASKED)
    assert Inquiry.objects.get().edition == running


@pytest.mark.parametrize("change", [{"state": "suspended"}, None])
def test_closed_booths_are_not_found(client, booth, change):
    if change:
        Exhibitor.objects.update(**change)
    else:
        booth.is_open = False
        booth.save()
    assert client.get(booth_url(booth)).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("message", "", "wajib"),
        ("email", "aisha", "surel"),
        ("phone", "12", "Nomor telepon"),
        ("country", "XX", "pilihan"),
    ],
)
def test_errors_stand_at_their_field(client, booth, field, value, error):
    response = client.post(booth_url(booth), {**ASKED, field: value})
    assert response.context["form"].errors[field]
    assert 'value="Aisha"' in response.content.decode()
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "trick", [{"website": "http://x"}, {"message": "http://a http://b https://c murah"}, {"name": "www.judi.example"}]
)
def test_spam_is_held_without_a_word(client, booth, trick):
    response = client.post(booth_url(booth), {**ASKED, **trick}, follow=True)
    assert "terkirim" in response.content.decode()
    assert Inquiry.objects.get().state == InquiryState.SPAM
    assert not OutgoingMail.objects.exists()


def test_one_person_does_not_flood(client, booth):
    for _ in range(6):
        client.post(booth_url(booth), ASKED)
    response = client.post(booth_url(booth), ASKED)
    assert response.status_code == 429
    assert "Terlalu banyak percobaan" in response.content.decode()
    assert ASKED["message"] in response.content.decode()
    assert Inquiry.objects.count() == 6


def test_forms_carry_a_token(booth):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(booth_url(booth), ASKED).status_code == 403


def test_secret_link_is_secret(client, db):
    assert client.get(f"/permintaan/{'a' * 43}/").status_code == 404
    assert client.get("/permintaan/1/").status_code == 404


def test_the_page_behind_the_secret_link_is_listed_and_kept_by_nobody(client, booth):
    page = client.post(booth_url(booth), ASKED, follow=True)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "private, no-store"
