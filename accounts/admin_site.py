"""The admin: signed in through allauth (rate limits, second factor), queues first."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from accounts.permissions import second_factor_setup
from accounts.queues import queues_for
from accounts.roles import needs_second_factor
from accounts.watch import silent_workers


class ExpoAdminSite(UnfoldAdminSite):
    index_title = _("Meja kerja")
    index_template = "admin/desk.html"
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def with_second_factor(request, *args, **kwargs):
            if needs_second_factor(request.user):
                return second_factor_setup(request)
            return guarded(request, *args, **kwargs)

        return with_second_factor

    def login(self, request, extra_context=None):
        """The site's own sign-in; someone who is signed in but not of the staff gets 403."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        following = request.GET.get("next") or request.path.removesuffix("login/")
        return redirect_to_login(following)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        shown = {"queues": queues_for(request.user), "silent": silent_workers()}
        return super().index(request, {**shown, **(extra_context or {})})
