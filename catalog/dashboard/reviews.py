"""The tab "Ulasan": what buyers say about one's products, and the one answer to each."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from catalog.domain.reviews import answer_review
from catalog.models import Review
from exhibitors.dashboard import Todo, render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.formats import number

PAGE = 30
UNHAPPY, RECENT = 3, dt.timedelta(days=30)


class ReviewAnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Tanggapan Anda"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        help_text=gettext_lazy("Tampil di halaman produk untuk semua orang, dan tidak dapat diubah lagi."),
        error_messages={"required": gettext_lazy("Tulis tanggapan Anda.")},
    )


@require_safe
@exhibitor_required
def reviews(request):
    """Newest first; ``?status=baru`` those without an answer, ``sesudah`` the key to go on from."""
    status, key = request.GET.get("status", ""), request.GET.get("sesudah", "")
    found = Review.objects.filter(exhibitor=request.exhibitor).select_related("product")
    if status == "baru":
        found = found.shown().filter(answer="")
    rows = list(_after(found, key, request.exhibitor)[: PAGE + 1])
    after = rows[PAGE - 1].pk if len(rows) > PAGE else ""
    context = {"reviews": rows[:PAGE], "status": status, "after": after}
    return render_dashboard(request, "catalog/dashboard/reviews.html", context, tab="reviews")


def _after(reviews, key: str, exhibitor):
    last = None
    if key.isdecimal() and len(key) < 19:
        last = Review.objects.filter(exhibitor=exhibitor, pk=int(key)).only("pk", "written_at").first()
    if last is None:
        return reviews
    return reviews.filter(Q(written_at__lt=last.written_at) | Q(written_at=last.written_at, pk__lt=last.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def review(request, pk):
    found = owned(request, Review.objects.select_related("product").prefetch_related("photos__picture"), pk=pk)
    form = ReviewAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_review(found, form.cleaned_data["answer"], by=request.user)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Tanggapan tampil di halaman produk."))
            return redirect("catalog:dashboard-reviews")
    context = {"review": found, "form": form}
    return render_dashboard(request, "catalog/dashboard/review.html", context, tab="reviews")


def review_todos(exhibitor) -> list[Todo]:
    """Unhappy buyers of the last month whom nobody has answered."""
    since = timezone.now() - RECENT
    unhappy = Review.objects.shown().filter(exhibitor=exhibitor, answer="", rating__lte=UNHAPPY, written_at__gt=since)
    count = unhappy.count()
    if not count:
        return []
    text = ngettext("Tanggapi %(n)s pembeli yang kurang puas", "Tanggapi %(n)s pembeli yang kurang puas", count)
    return [Todo(text % {"n": number(count)}, reverse("catalog:dashboard-reviews") + "?status=baru", order=45)]
