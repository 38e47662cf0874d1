"""The exhibitor's own pages of the dashboard: start and profile. Its registration is in ``views_registration``."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import figures_for, render_dashboard, todos_for
from exhibitors.domain.decisions import latest_decision
from exhibitors.domain.profile import change_profile
from exhibitors.forms import BankAccountForm
from exhibitors.permissions import exhibitor_owner_required, exhibitor_required, switch_exhibitor
from exhibitors.steps import steps_of


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
        "steps": steps_of(request.exhibitor),
        "people": request.exhibitor.memberships.select_related("user").order_by("role", "pk"),
    }
    return render_dashboard(request, "exhibitors/dashboard/profile.html", context, tab="profile")


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_owner_required
def edit_bank_account(request):
    return _edit(request, BankAccountForm, "exhibitors/dashboard/edit_bank_account.html", None)


def _edit(request, form_class, template, files):
    form = form_class(request.POST or None, files, instance=request.exhibitor)
    if request.method == "POST" and form.is_valid():
        change_profile(request.exhibitor, form.changed_data, by=request.user)
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("exhibitors:profile")
    # A rejected form has written its values onto the instance; the frame shows what is stored.
    request.exhibitor.refresh_from_db(fields=["name"])
    return render_dashboard(request, template, {"form": form}, tab="profile")
