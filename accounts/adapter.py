"""How allauth behaves here: where people land after signing in, and the link beside each code that signs in."""

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import unstash_login
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as current
from django.conf import settings
from django.urls import reverse

from accounts.roles import is_official, is_staff_role
from accounts.sign_in_links import ASKED, issue_link, person_at, token_of

TO_SIGN_IN = "account/email/login_code"
TO_SIGN_UP = "account/email/email_confirmation_signup"
BY_RESET_LINK = "account/email/password_reset_key"
DAY = 24 * 60 * 60


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request):
        """Staff to the admin, officials to the recaps, exhibitors to their dashboard, who only buys to the orders."""
        return landing(request.user)

    def get_signup_redirect_url(self, request):
        return landing(request.user)

    def send_mail(self, template_prefix, email, context):
        """A mail with a code that signs in has a link that does, too."""
        seconds = {
            TO_SIGN_IN: app_settings.LOGIN_BY_CODE_TIMEOUT,
            TO_SIGN_UP: app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        }.get(template_prefix)
        if seconds:
            context = {**context, "minutes": seconds // 60, "link": link_beside_code(current.request, email, seconds)}
        if template_prefix == BY_RESET_LINK:
            context = {**context, "days": settings.PASSWORD_RESET_TIMEOUT // DAY}
        super().send_mail(template_prefix, email, context)

    def get_reset_password_from_key_url(self, key):
        """Below our own address, whatever host the request named: who asks must not choose where the link leads."""
        uidb36, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uidb36, token])


def link_beside_code(request, email: str, seconds: int) -> str:
    """The address of a new link for the person of ``email``; "" when nobody is meant."""
    user = person_at(email)
    if user is None:
        return ""
    pending = unstash_login(request, peek=True)
    following = get_next_redirect_url(request) or (pending.redirect_url if pending else "") or ""
    link = issue_link(user, email, seconds=seconds, session=request.session, following=following)
    request.session[ASKED] = token_of(link)
    return settings.SITE_URL + reverse("accounts:sign-in-link", args=[token_of(link)])


def landing(user) -> str:
    if is_staff_role(user):
        return reverse("admin:index")
    if is_official(user):
        return reverse("reports:list")
    return reverse("exhibitors:dashboard" if user.memberships.exists() else "orders:mine")
