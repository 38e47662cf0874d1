"""Pages of people who ask: the form, and the answer by secret link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expo.limits import RateExceededError, check_rate
from expo.private import secret_link
from inquiries.domain.inquiries import ask
from inquiries.domain.publishing import withdraw_consent
from inquiries.forms import InquiryForm
from inquiries.models import Inquiry
from inquiries.queries import open_booth_at, placement_of

# At most so many inquiries an hour: from one address on the net (a hall's visitors share one), and by one person.
FROM_ADDRESS, BY_PERSON, HOUR = 20, 6, 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_booth(request, edition, booth):
    """``?produk=<slug>``: about that product of the booth."""
    found = open_booth_at(edition, booth)
    slug = request.GET.get("produk", "")
    placement = placement_of(slug, timezone.now(), found) if slug else None
    return _ask(request, found, placement.product if placement else None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_product(request, slug):
    placement = placement_of(slug, timezone.now())
    if placement is None:
        raise Http404
    return _ask(request, placement.booth, placement.product)


@require_safe
@secret_link
def inquiry(request, token):
    """What the asker sees; spam looks the same as what was passed on."""
    found = get_object_or_404(
        Inquiry.objects.select_related("exhibitor", "edition", "product").prefetch_related("answers"), token=token
    )
    return render(request, "inquiries/inquiry.html", {"inquiry": found})


@require_POST
@secret_link
def consent_withdrawal(request, token):
    """Take the question off the product's page again."""
    withdraw_consent(get_object_or_404(Inquiry, token=token))
    messages.success(request, _("Pertanyaan Anda tidak tampil lagi di halaman produk."))
    return redirect("inquiries:inquiry", token)


def _ask(request, booth, product):
    form = InquiryForm(request.POST or None, about_product=product is not None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            check_rate("inquiry-address", request.META["REMOTE_ADDR"], FROM_ADDRESS, HOUR)
            check_rate("inquiry-person", form.cleaned_data["email"].lower(), BY_PERSON, HOUR)
        except RateExceededError as error:
            form.add_error(None, error.message)
            status = 429
        else:
            new = form.save(commit=False)
            new.edition, new.exhibitor, new.product = booth.edition, booth.exhibitor, product
            return redirect("inquiries:inquiry", ask(new, trapped=form.trapped).token)
    return render(request, "inquiries/ask.html", {"form": form, "booth": booth, "product": product}, status=status)
