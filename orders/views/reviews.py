"""A buyer writes about one line of the order, by its secret link."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.models import Review
from expo.errors import DomainError
from expo.limits import RateExceededError, check_rate
from expo.private import secret_link
from orders.domain.reviews import may_review, reviewed_line, write_review
from orders.forms import ReviewForm
from orders.models import Order, OrderLine

# At most so many attempts an hour, each with up to four photos: by one order's link, and from one address.
BY_ORDER, FROM_ADDRESS, HOUR = 20, 60, 3600


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def review(request, token, pk):
    order = get_object_or_404(Order.objects.select_related("exhibitor"), token=token)
    line = get_object_or_404(OrderLine.objects.select_related("product__cover", "review"), pk=pk, order=order)
    now = timezone.now()
    found = reviewed_line(line, may_review(order, now), now)
    if not found.may_write and found.review is None:
        messages.error(request, _("Ulasan dapat ditulis setelah barang Anda terima."))
        return redirect("orders:tracking", token)
    form, status = ReviewForm(initial=written(found.review)), 200
    if request.method == "POST":
        form = ReviewForm(request.POST, request.FILES)
        try:
            check_rate("review-address", request.META["REMOTE_ADDR"], FROM_ADDRESS, HOUR)
            check_rate("review-order", token, BY_ORDER, HOUR)
            if form.is_valid():
                data = form.cleaned_data
                write_review(order, line, rating=data["rating"], body=data["body"], pictures=data["photos"])
                messages.success(request, _("Terima kasih! Ulasan Anda tampil di halaman produk."))
                return redirect("orders:tracking", token)
        except RateExceededError as error:
            form, status = ReviewForm(request.POST), 429  # without the photos: nothing more is decoded
            form.add_error(None, error.message)
        except DomainError as error:
            form.add_error(None, error.message)
    return render(request, "orders/review.html", {"order": order, "each": found, "form": form}, status=status)


def written(review: Review | None) -> dict:
    """What stands there, to be changed."""
    if review is None:
        return {}
    photos = review.photos.select_related("picture")
    return {"rating": review.rating, "body": review.body, "photos": [photo.picture for photo in photos]}
