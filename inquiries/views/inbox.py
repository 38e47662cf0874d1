"""The tab "Permintaan" of the exhibitor dashboard."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from inquiries.domain.inquiries import answer
from inquiries.forms import AnswerForm, language_name, territory_name
from inquiries.models import Inquiry, InquiryState
from inquiries.queries import inbox_page


@require_safe
@exhibitor_required
def inbox(request):
    listing = inbox_page(request.exhibitor, request.GET)
    return render_dashboard(request, "inquiries/dashboard/list.html", {"listing": listing}, tab="inquiries")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def inbox_inquiry(request, pk):
    received = Inquiry.objects.exclude(state=InquiryState.SPAM).select_related("product", "edition")
    found = owned(request, received, pk=pk)
    may_publish = found.may_publish and found.product_id is not None and found.hidden_at is None
    form = AnswerForm(request.POST or None, may_publish=may_publish)
    if request.method == "POST" and form.is_valid():
        try:
            answer(found, form.cleaned_data["body"], by=request.user, publish=form.cleaned_data.get("publish", False))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Jawaban terkirim."))
            return redirect("inquiries:inbox")
    context = {
        "inquiry": found,
        "answers": found.answers.select_related("by"),
        "form": form,
        "country": territory_name(found.country),
        "language": language_name(found.language),
    }
    return render_dashboard(request, "inquiries/dashboard/inquiry.html", context, tab="inquiries")
