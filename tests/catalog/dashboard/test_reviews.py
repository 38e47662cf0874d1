"""The exhibitor reads and answers; staff hide."""

import pytest

from catalog.domain.reviews import hide_review
from catalog.models import Product, Review
from tests.orders import shop
from tests.orders.domain.test_reviews import reviewed

pytestmark = pytest.mark.django_db


def test_answer_stands_on_the_product(as_user, owner, client):
    review = reviewed(owner, rating=2)
    client = as_user(owner)
    assert "Tanggapi 1 pembeli" in client.get("/dasbor/").content.decode()
    assert f"/dasbor/ulasan/{review.pk}/" in client.get("/dasbor/ulasan/?status=baru").content.decode()
    assert client.post(f"/dasbor/ulasan/{review.pk}/", {"answer": " "}).status_code == 200
    response = client.post(f"/dasbor/ulasan/{review.pk}/", {"answer": "Maaf, kami <b>kirim</b> lagi."})
    assert response.url == "/dasbor/ulasan/"
    html = client.get(review.product.get_absolute_url()).content.decode()
    assert "Maaf, kami &lt;b&gt;kirim&lt;/b&gt; lagi." in html
    again = client.post(f"/dasbor/ulasan/{review.pk}/", {"answer": "Berubah"})
    assert "sudah ditanggapi" in again.content.decode()
    assert Review.objects.get().answer.startswith("Maaf")


def test_reviews_of_others_do_not_exist(as_user, owner, outsider):
    review = reviewed(owner)
    client = as_user(outsider)
    assert client.get(f"/dasbor/ulasan/{review.pk}/").status_code == 404
    assert client.post(f"/dasbor/ulasan/{review.pk}/", {"answer": "Curi"}).status_code == 404
    assert review.author not in client.get("/dasbor/ulasan/").content.decode()


def test_list_costs_the_same_for_many(as_user, owner, django_assert_max_num_queries):
    placement = shop.sold(exhibitor=owner.exhibitor, stock=60)
    for _ in range(4):
        reviewed(owner, placement)
    client = as_user(owner)
    with django_assert_max_num_queries(11):
        assert client.get("/dasbor/ulasan/").content.decode().count("list__item") == 4


def test_staff_hide_with_a_reason(as_user, owner, curator, finance):
    review = reviewed(owner)
    page = f"/admin/catalog/review/keputusan/hide/?pk={review.pk}"
    assert as_user(finance).post(page, {"reason": "x"}).status_code == 403
    client = as_user(curator)
    assert client.get(f"/admin/catalog/review/{review.pk}/change/").status_code == 200
    client.post(page, {"reason": ""})
    assert Review.objects.get().hidden_at is None
    client.post(page, {"reason": "Memuat nomor telepon"})
    assert Review.objects.get().hidden_reason == "Memuat nomor telepon"
    assert Product.objects.get(pk=review.product_id).rating_count == 0
    assert client.get("/admin/catalog/review/?tampil=0").status_code == 200
    client.post(page.replace("hide", "show"), {"reason": ""})
    assert Review.objects.get().hidden_at is None
    hide_review(review, by=curator, reason="Lagi")
