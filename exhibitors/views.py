"""The exhibitor's own pages of the dashboard: start and profile. Its registration is in ``views_registration``."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from exhibitors.dashboard import figures_for, render_dashboard, todos_for
from exhibitors.domain.decisions import latest_decision
from exhibitors.permissions import exhibitor_required, switch_exhibitor
from exhibitors.proposals_shown import proposal_context
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
        "account_change": request.exhibitor.account_changes.alive().first(),
        **proposal_context(request.exhibitor),
    }
    return render_dashboard(request, "exhibitors/dashboard/profile.html", context, tab="profile")
