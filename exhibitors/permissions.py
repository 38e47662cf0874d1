"""The one access rule of the dashboard: a signed-in member of the exhibitor whose things are touched.

``@exhibitor_required`` sets ``request.exhibitor``. Everything a view reads or writes is reached through it
(``request.exhibitor.products``, ``owned(...)``), so that other exhibitors' things do not exist for it.
"""

from functools import cache, wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.permissions import declare_access
from exhibitors.models import Exhibitor, MemberRole, Membership
from expo.prepared import PreparedObjects, number_slot

SESSION_KEY = "exhibitor"


def exhibitor_required(view):
    """Members only. Anonymous → sign in; signed in without an exhibitor → registration (403 when writing)."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        membership = current_membership(request)
        if membership is None:
            if request.method in ("GET", "HEAD"):
                return redirect("exhibitors:register")
            raise PermissionDenied
        work_for(request, membership)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if found := _another_with(view, request, *args, **kwargs):
                return found
            raise

    return declare_access(guarded, "exhibitor")


def work_for(request, membership: Membership) -> None:
    request.membership = membership
    request.exhibitor = membership.exhibitor


def _another_with(view, request, *args, **kwargs) -> HttpResponse | None:
    """A mail's link is about one exhibitor, its reader may be working for another of theirs: go over to that one."""
    if request.method not in ("GET", "HEAD"):
        return None
    here = request.membership
    for membership in memberships_of(request):
        if membership == here:
            continue
        work_for(request, membership)
        try:
            view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            continue
        request.session[SESSION_KEY] = membership.exhibitor_id
        messages.info(request, _("Anda sekarang mengelola %(name)s.") % {"name": membership.exhibitor.name})
        return redirect(request.get_full_path())
    work_for(request, here)
    return None


def exhibitor_owner_required(view):
    """Like ``exhibitor_required``, for what only an owner may change (bank account, people)."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.membership.role != MemberRole.OWNER:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return declare_access(exhibitor_required(guarded), "exhibitor_owner")


def current_membership(request) -> Membership | None:
    """The membership chosen in the switcher, or the first by name."""
    memberships = memberships_of(request)
    chosen = request.session.get(SESSION_KEY)
    return next((m for m in memberships if m.exhibitor_id == chosen), memberships[0] if memberships else None)


def memberships_of(request) -> list[Membership]:
    """All memberships of the signed-in user by the exhibitor's name; one query for each request."""
    if not hasattr(request, "_memberships"):
        request._memberships = _memberships_query().objects(user=request.user.pk)
    return request._memberships


@cache
def _memberships_query() -> PreparedObjects:
    found = Membership.objects.filter(user=number_slot(1)).order_by("exhibitor__name", "pk")
    return PreparedObjects(found, "exhibitor", "exhibitor__banner", "exhibitor__regency", user=number_slot(1))


def switch_exhibitor(request, exhibitor_id) -> Exhibitor:
    """Work for another of one's exhibitors from now on. 404 for those of other people."""
    if not str(exhibitor_id).isdecimal() or len(str(exhibitor_id)) > 18:
        raise Http404
    membership = get_object_or_404(
        Membership.objects.select_related("exhibitor"), user=request.user, exhibitor=exhibitor_id
    )
    request.session[SESSION_KEY] = membership.exhibitor_id
    return membership.exhibitor


def owned(request, model_or_queryset, **lookup):
    """One object of the current exhibitor (by its field ``exhibitor``), else 404."""
    return get_object_or_404(model_or_queryset, exhibitor=request.exhibitor, **lookup)
