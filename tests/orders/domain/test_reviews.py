"""Who may review what, and that the product's stars follow whatever happens."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog.domain.ratings import recount_rating, wrong_ratings
from catalog.domain.reviews import ReviewError, answer_review, hide_review, show_review
from catalog.models import Product, Review
from exhibitors.models import Decision
from expo.models import OutgoingMail
from expo.pictures import store_picture
from orders.domain.errors import OrderError
from orders.domain.fulfilment import complete_order, ship_order
from orders.domain.refund import record_refund
from orders.domain.reviews import may_review, reviewed_lines, write_review
from tests.orders import shop

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def completed(owner, placement=None, **fields):
    order = shop.paid_order(placement or shop.sold(exhibitor=owner.exhibitor), by=owner, **fields)
    return complete_order(order, by=owner)


def reviewed(owner, placement=None, rating=5, **fields):
    order = completed(owner, placement, **fields)
    return write_review(order, order.lines.get(), rating=rating)


def stars(product) -> tuple[int, int]:
    product = Product.objects.get(pk=product.pk)
    return product.rating_count, product.rating_sum


def test_a_review_of_a_completed_order(owner):
    order = completed(owner, name="Siti Rahmawati")
    line = order.lines.get()
    picture = store_picture(shop.photo())
    review = write_review(order, line, rating=4, body="  Halus. ", pictures=[picture])
    assert (review.author, review.body, review.rating) == ("Siti R.", "Halus.", 4)
    assert review.exhibitor == owner.exhibitor
    assert [photo.picture for photo in review.photos.all()] == [picture]
    assert stars(line.product) == (1, 4)
    assert "4 dari 5 bintang" in OutgoingMail.objects.get(key__startswith=f"review:{review.pk}:").body


def test_the_same_form_twice_is_one_review_and_a_change_moves_the_stars(owner):
    order = completed(owner)
    line = order.lines.get()
    first = write_review(order, line, rating=5, body="Bagus")
    again = write_review(order, line, rating=5, body="Bagus")
    assert (again.pk, again.edited_at) == (first.pk, None)
    changed = write_review(order, line, rating=2, body="Luntur")
    assert changed.edited_at
    assert Review.objects.get().body == "Luntur"
    assert stars(line.product) == (1, 2)


def test_only_buyers_who_have_the_goods(owner):
    paid = shop.paid_order(shop.sold(exhibitor=owner.exhibitor), by=owner)
    with pytest.raises(ReviewError, match="setelah barang"):
        write_review(paid, paid.lines.get(), rating=5)
    shipped = ship_order(paid, by=owner, courier="JNE")
    now = timezone.now()
    assert not may_review(shipped, now + 6 * DAY)
    assert may_review(shipped, now + 8 * DAY)
    assert reviewed_lines(shipped, now) == []
    assert write_review(shipped, shipped.lines.get(), rating=3, now=now + 8 * DAY).rating == 3


def test_lines_of_other_orders_are_refused(owner):
    mine, other = completed(owner), completed(owner)
    with pytest.raises(OrderError):
        write_review(mine, other.lines.get(), rating=1)
    assert not Review.objects.exists()


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_stars_are_one_to_five(owner, rating):
    order = completed(owner)
    with pytest.raises(ReviewError):
        write_review(order, order.lines.get(), rating=rating)


def test_thirty_days_to_change_it(owner):
    order = completed(owner)
    line, now = order.lines.get(), timezone.now()
    write_review(order, line, rating=5, now=now)
    write_review(order, line, rating=4, now=now + 29 * DAY)
    with pytest.raises(ReviewError, match="30 hari"):
        write_review(order, line, rating=1, now=now + 30 * DAY)
    assert stars(line.product) == (1, 4)


def test_a_refund_leaves_what_was_said(owner, finance):
    review = reviewed(owner, rating=1)
    order = review.line.order
    record_refund(order, by=finance, reason="Rusak", key="r1")
    order.refresh_from_db()
    assert [each.review for each in reviewed_lines(order, timezone.now())] == [review]
    assert stars(review.product) == (1, 1)


def test_hidden_ones_leave_the_average_and_their_writer_cannot_change_them(owner, curator):
    placement = shop.sold(exhibitor=owner.exhibitor)
    good, bad = reviewed(owner, placement, 5), reviewed(owner, placement, 1)
    with pytest.raises(ReviewError):
        hide_review(bad, by=curator, reason="  ")
    hide_review(bad, by=curator, reason="Memuat nomor telepon.")
    assert stars(placement.product) == (1, 5)
    with pytest.raises(ReviewError):
        hide_review(bad, by=curator, reason="Lagi")
    with pytest.raises(ReviewError, match="Memuat nomor"):
        write_review(bad.line.order, bad.line, rating=5)
    with pytest.raises(ReviewError):
        answer_review(bad, "Maaf", by=owner)
    decision = Decision.objects.get(subject_type="review")
    assert (decision.subject_id, decision.decided_by, decision.after) == (bad.pk, curator, "hidden")
    show_review(bad, by=curator)
    assert stars(placement.product) == (2, 6)
    assert good.hidden_at is None


def test_one_answer(owner):
    review = answer_review(reviewed(owner), " Terima kasih! ", by=owner)
    assert (review.answer, review.answered_by) == ("Terima kasih!", owner)
    with pytest.raises(ReviewError, match="sudah"):
        answer_review(review, "Lagi", by=owner)


def test_the_buyer_is_invited_once(owner):
    order = completed(owner)
    mail = OutgoingMail.objects.get(key=f"order:review_buyer:{order.pk}")
    assert mail.to == order.buyer_email
    assert f"/pesanan/{order.token}/ulasan/{order.lines.get().pk}/" in mail.body
    silent = completed(owner, email="")
    assert not OutgoingMail.objects.filter(key=f"order:review_buyer:{silent.pk}").exists()


def test_recount_finds_and_mends(owner):
    review = reviewed(owner, rating=4)
    assert wrong_ratings() == []
    Product.objects.filter(pk=review.product_id).update(rating_sum=9)
    assert [(wrong.kept, wrong.counted) for wrong in wrong_ratings()] == [((1, 9), (1, 4))]
    recount_rating(review.product_id)
    assert wrong_ratings() == []


@pytest.mark.django_db(transaction=True)
def test_at_once_the_sums_stay_right(owner, curator):
    placement = shop.sold(exhibitor=owner.exhibitor, stock=50)
    orders = [completed(owner, placement) for _ in range(6)]
    lines = [order.lines.get() for order in orders]
    calls = [
        lambda order=order, line=line, rating=rating: write_review(order, line, rating=rating)
        for order, line, first in zip(orders, lines, (1, 2, 3, 4, 1, 5), strict=True)
        for rating in (first, 5)
    ]
    results = shop.at_once(*calls)
    assert not [result for result in results if isinstance(result, Exception)]
    assert Review.objects.count() == 6
    assert wrong_ratings() == []
    reviews = list(Review.objects.all())
    hiding = [lambda review=review: hide_review(review, by=curator, reason="Uji") for review in reviews[:3]]
    writing = [lambda review=review: write_review(review.line.order, review.line, rating=1) for review in reviews[2:]]
    results = shop.at_once(*hiding, *hiding, *writing)
    assert all(isinstance(result, Review | ReviewError) for result in results)
    assert Review.objects.shown().count() == 3
    assert wrong_ratings() == []
