"""The exhibitor's own pages of the dashboard: start, registration, profile."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import signed_in_required
from exhibitors.dashboard import figures_for, render_dashboard, todos_for
from exhibitors.domain.curation import missing_fields, submit_exhibitor
from exhibitors.domain.decisions import latest_decision
from exhibitors.domain.profile import change_profile
from exhibitors.domain.registration import register_exhibitor
from exhibitors.forms import BankAccountForm, ProfileForm, RegistrationForm
from exhibitors.permissions import SESSION_KEY, exhibitor_owner_required, exhibitor_required, switch_exhibitor
from exhibitors.states import EDITABLE
from expo.errors import DomainError


@require_safe
@exhibitor_required
def dashboard(request):
    exhibitor = request.exhibitor
    return render_dashboard(
        request,
        "exhibitors/dashboard/home.html",
        {
            "todos": todos_for(exhibitor),
            "figures": figures_for(exhibitor),
            "decision": latest_decision(exhibitor),
            "booths": exhibitor.booths.select_related("edition", "hall").order_by("-edition__opens_at"),
        },
        tab="home",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_required
def register(request):
    form = RegistrationForm(request.POST or None, initial={"owner_name": request.user.name})
    if request.method == "POST" and form.is_valid():
        exhibitor = register_exhibitor(form.save(commit=False), owner=request.user)
        request.session[SESSION_KEY] = exhibitor.pk
        messages.success(request, _("Draf tersimpan. Langkah berikutnya ada di bawah."))
        return redirect("exhibitors:dashboard")
    return render(request, "exhibitors/register.html", {"form": form})


@require_POST
@exhibitor_required
def switch(request):
    switch_exhibitor(request, request.POST.get("exhibitor"))
    return redirect("exhibitors:dashboard")


@require_safe
@exhibitor_required
def more(request):
    """The tabs that do not fit at the bottom of a phone."""
    return render_dashboard(request, "exhibitors/dashboard/more.html", tab="more")


@require_safe
@exhibitor_required
def profile(request):
    context = {
        "decision": latest_decision(request.exhibitor),
        "missing": missing_fields(request.exhibitor),
        "can_submit": request.exhibitor.state in EDITABLE,
        "people": request.exhibitor.memberships.select_related("user"),
    }
    return render_dashboard(request, "exhibitors/dashboard/profile.html", context, tab="profile")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def edit_profile(request):
    return _edit(request, ProfileForm, "exhibitors/dashboard/edit_profile.html", request.FILES or None)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_owner_required
def edit_bank_account(request):
    return _edit(request, BankAccountForm, "exhibitors/dashboard/edit_bank_account.html", None)


@require_POST
@exhibitor_required
def submission(request):
    try:
        submit_exhibitor(request.exhibitor, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Terkirim. Panitia memeriksa data Anda; hasilnya kami kirim lewat surel."))
    return redirect("exhibitors:profile")


def _edit(request, form_class, template, files):
    form = form_class(request.POST or None, files, instance=request.exhibitor)
    if request.method == "POST" and form.is_valid():
        change_profile(request.exhibitor, form.changed_data, by=request.user)
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("exhibitors:profile")
    # A rejected form has written its values onto the instance; the frame shows what is stored.
    request.exhibitor.refresh_from_db(fields=["name"])
    return render_dashboard(request, template, {"form": form}, tab="profile")
