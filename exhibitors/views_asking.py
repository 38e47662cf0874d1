"""Steps of the registration that ask staff for something: to confirm a number, to take part in an edition."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exhibitors.dashboard import render_dashboard
from exhibitors.domain.participation import ask_participation, joinable_editions, modes_of, withdraw_participation
from exhibitors.domain.phones import ask_confirmation, confirmation_of, message_link, organiser_number
from exhibitors.forms_participation import ParticipationForm
from exhibitors.models import ParticipationState
from exhibitors.permissions import exhibitor_required
from expo.errors import DomainError

TAB = "profile"


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def phone_confirmation(request):
    """POST makes a code; the link with it opens WhatsApp. The page says where the number stands."""
    if request.method == "POST":
        try:
            ask_confirmation(request.exhibitor)
        except DomainError as error:
            messages.error(request, error.message)
        return redirect("exhibitors:phone-confirmation")
    found, organiser = confirmation_of(request.exhibitor), organiser_number()
    context = {
        "confirmation": found,
        "organiser": organiser,
        "link": message_link(found, organiser) if found and organiser else "",
    }
    return render_dashboard(request, "exhibitors/dashboard/phone.html", context, tab=TAB)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def participation(request):
    """Every edition that can be joined with the ways of doing so; earlier requests with their answers."""
    now = timezone.now()
    asked = {each.edition_id: each for each in request.exhibitor.participations.select_related("edition")}
    editions = joinable_editions(now)
    forms = [
        ParticipationForm(
            request.POST or None,
            edition=edition,
            modes=modes_of(edition, now),
            asked=asked.get(edition.pk),
        )
        for edition in editions
    ]
    if request.method == "POST" and forms_are_right(forms):
        try:
            for form in forms:
                _ask(request, form, asked)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("exhibitors:participation")
        messages.success(request, _("Tersimpan."))
        return redirect("exhibitors:registration")
    known = {edition.pk for edition in editions}
    context = {"forms": forms, "past": [each for each in asked.values() if each.edition_id not in known]}
    return render_dashboard(request, "exhibitors/dashboard/participation.html", context, tab=TAB)


def _ask(request, form: ParticipationForm, asked: dict) -> None:
    mode, before = form.cleaned_data["mode"], asked.get(form.edition.pk)
    if mode:
        ask_participation(request.exhibitor, form.edition, mode, by=request.user, note=form.cleaned_data["note"])
    elif before and before.state == ParticipationState.ASKED:
        withdraw_participation(request.exhibitor, form.edition)


def forms_are_right(forms: list[ParticipationForm]) -> bool:
    """Whether all are; each is asked, so that each shows its errors."""
    return not [form for form in forms if not form.is_valid()]
