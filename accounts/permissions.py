"""Access rules for people of the organiser, as decorators of views.

Each decorator leaves its name in ``view.access``: a system check refuses dashboard and report views without one.
"""

from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from accounts.roles import is_official, is_staff_role, needs_second_factor


def official_required(view):
    """Officials, and staff who may see recaps. Anonymous visitors are asked to sign in, others get 403."""
    return _guarded(view, is_official, "official")


def staff_required(view):
    """People of the organiser (``is_staff``). Anonymous visitors are asked to sign in, others get 403."""
    return _guarded(view, is_staff_role, "staff")


def signed_in_required(view):
    """Anyone with an account: registration starts here."""
    return _guarded(view, lambda user: True, "signed_in")


def declare_access(view, name: str):
    """Mark a view as guarded by the rule ``name``, for the check of the URLconf."""
    view.access = name
    return view


def second_factor_setup(request):
    """Send a member of staff or an official to the set-up of the second factor and back."""
    return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.get_full_path()})}")


def _guarded(view, allowed, name):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not allowed(request.user):
            raise PermissionDenied
        if needs_second_factor(request.user):
            return second_factor_setup(request)
        return view(request, *args, **kwargs)

    return declare_access(guarded, name)
