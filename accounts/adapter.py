"""How allauth behaves here: where people land after signing in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from accounts.roles import is_official, is_staff_role


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request):
        """Staff to the admin, officials to the recaps, exhibitors to their dashboard, who only buys to the orders."""
        return landing(request.user)

    def get_signup_redirect_url(self, request):
        return landing(request.user)


def landing(user) -> str:
    if is_staff_role(user):
        return reverse("admin:index")
    if is_official(user):
        return reverse("reports:list")
    return reverse("exhibitors:dashboard" if user.memberships.exists() else "orders:mine")
