"""Questions on the page of a product: with consent, once, and never counted twice."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from catalog.models import Product
from exhibitors.models import Decision
from inquiries.counts import inquiry_counts
from inquiries.domain.inquiries import answer
from inquiries.domain.publishing import (
    PublishingError,
    hide_question,
    show_question,
    withdraw_consent,
)
from inquiries.models import Inquiry
from tests.inquiries.test_inbox import make_inquiry, url
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(owner):
    return shop.sold(exhibitor=owner.exhibitor)


def asked(placement, **fields):
    values = {"product": placement.product, "edition": placement.booth.edition, "may_publish": True, **fields}
    return make_inquiry(placement.booth.exhibitor, **values)


def count(placement) -> int:
    return Product.objects.get(pk=placement.product_id).question_count


def test_from_the_form_to_the_product(client, as_user, owner, placement, django_assert_max_num_queries):
    product = placement.product.get_absolute_url()
    assert f"{product}tanya/" in client.get(product).content.decode()
    form = {"message": "Bahannya <b>apa</b>?", "name": "Siti Rahmawati", "email": "siti@contoh.test", "country": "ID"}
    client.post(f"{product}tanya/", {**form, "language": "id", "may_publish": "on"})
    inquiry = Inquiry.objects.get()
    assert inquiry.may_publish
    assert "Bahannya" not in client.get(product).content.decode()
    as_user(owner).post(url(inquiry), {"body": "Katun primisima.", "publish": "on"})
    client.logout()
    with django_assert_max_num_queries(6):
        response = client.get(product)
    html = response.content.decode()
    assert "Bahannya &lt;b&gt;apa&lt;/b&gt;?" in html
    assert "Katun primisima." in html
    assert "Siti R." in html
    assert "Rahmawati" not in html
    assert "siti@contoh.test" not in html
    assert not response.cookies
    now = timezone.now() + dt.timedelta(minutes=1)
    counts = inquiry_counts([placement.booth.edition_id], now)
    assert (counts["sent"], counts["answered"]) == (1, 1)


def test_nothing_without_consent_or_product(as_user, owner, placement):
    private = asked(placement, may_publish=False)
    as_user(owner).post(url(private), {"body": "Ada.", "publish": "on"})
    private.refresh_from_db()
    assert (private.state, private.published_at) == ("answered", None)
    with pytest.raises(PublishingError):
        answer(asked(placement, product=None), "Ada.", by=owner, publish=True)
    assert count(placement) == 0


def test_only_the_answers_chosen_for_it(client, owner, placement):
    inquiry = asked(placement)
    answer(inquiry, "Rekening saya 123", by=owner)
    assert count(placement) == 0
    answer(inquiry, "Ada tiga warna", by=owner, publish=True)
    answer(inquiry, "Dan hijau", by=owner, publish=True)
    html = client.get(placement.product.get_absolute_url()).content.decode()
    assert "Ada tiga warna" in html
    assert "Dan hijau" in html
    assert "Rekening saya" not in html
    assert count(placement) == 1


def test_the_asker_takes_it_back(client, owner, placement):
    inquiry = asked(placement)
    answer(inquiry, "Ada.", by=owner, publish=True)
    page = f"/permintaan/{inquiry.token}/"
    assert "Jangan tampilkan lagi" in client.get(page).content.decode()
    client.post(f"{page}penarikan/")
    withdraw_consent(inquiry)
    assert count(placement) == 0
    inquiry.refresh_from_db()
    assert (inquiry.may_publish, inquiry.published_at) == (False, None)
    assert "Ada." in client.get(page).content.decode()


def test_staff_hide_and_show(as_user, owner, operator, placement):
    inquiry = asked(placement, message="Kata kasar")
    answer(inquiry, "Ada.", by=owner, publish=True)
    client = as_user(operator)
    page = f"/admin/inquiries/inquiry/keputusan/hide/?pk={inquiry.pk}"
    client.post(page, {"reason": ""})
    assert count(placement) == 1
    client.post(page, {"reason": "Kasar"})
    assert count(placement) == 0
    assert "Kata kasar" not in client.get(placement.product.get_absolute_url()).content.decode()
    assert Decision.objects.get(subject_type="inquiry").reason == "Kasar"
    with pytest.raises(PublishingError):
        hide_question(inquiry, by=operator, reason="Lagi")
    with pytest.raises(PublishingError):
        answer(inquiry, "Lagi", by=owner, publish=True)
    withdraw_consent(inquiry)
    show_question(inquiry, by=operator)
    assert count(placement) == 0


def test_pages_of_questions(client, owner, placement, django_assert_num_queries):
    for number in range(17):
        answer(asked(placement, message=f"Tanya nomor {number}"), "Ada.", by=owner, publish=True)
    product = placement.product.get_absolute_url()
    assert client.get(product).content.decode().count("Tanya nomor") == 3
    seen, address = [], f"{product}pertanyaan/"
    while address:
        with django_assert_num_queries(2):
            response = client.get(address)
        page = response.content.decode()
        assert not response.cookies
        seen += re.findall(r"Tanya nomor (\d+)", page)
        found = re.search(r'class="more"><a [^>]*href="([^"]+)"', page)
        address = found[1] if found else ""
    assert seen == [str(number) for number in reversed(range(17))]
    assert client.get(f"{product}pertanyaan/?sesudah=a-b").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_published_at_once_counts_each(owner, placement):
    inquiries = [asked(placement) for _ in range(4)]
    calls = [lambda inquiry=inquiry: answer(inquiry, "Ada.", by=owner, publish=True) for inquiry in inquiries] * 2
    results = shop.at_once(*calls)
    assert not [result for result in results if isinstance(result, Exception)]
    assert count(placement) == 4
