"""The page behind the link of a sign-in mail. Looking at it does nothing: mail programs open links by themselves."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.adapter import landing
from accounts.sign_in_links import SignInError, find_link, is_usable, use_link
from expo.errors import DomainError
from expo.limits import check_rate
from expo.private import secret_link

UNKNOWN_AN_HOUR = 60  # of one network address; what is found is not counted: a whole hall shares one


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def sign_in_link(request, token):
    """Say whom the link signs in, and do so when asked. Whoever else is signed in here is named and leaves first."""
    link = find_link(token)
    if link is None or not is_usable(link, token):
        return _over(request, link)
    here = request.user if request.user.is_authenticated else None
    if here == link.user:
        return render(request, "account/sign_in_link.html", {"link": link, "following": link.next or landing(here)})
    if request.method == "POST" and request.POST.get("here", "") == (str(here.pk) if here else ""):
        try:
            return _enter(request, use_link(token))
        except SignInError:
            return _over(request, link)
    context = {"link": link, "here": here, "is_new": not _is_confirmed(link)}
    return render(request, "account/sign_in_link.html", context)


def _enter(request, link):
    """Through allauth's own steps, so that whatever follows a code follows here: the second factor above all."""
    user = link.user
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    for name, value in link.carried.items():
        request.session.setdefault(name, value)
    record_authentication(request, user, method="link", email=link.email)
    _confirm_address(request, link)
    return perform_login(request, user, redirect_url=link.next or None, email=link.email)


def _confirm_address(request, link) -> None:
    """Who opens the link reads the address."""
    address = EmailAddress.objects.filter(user=link.user, email=link.email).first()
    if address is None:  # of somebody made on the command line
        EmailAddress.objects.create(user=link.user, email=link.email, verified=True, primary=True)
    elif not address.verified:
        address.user = link.user
        get_adapter(request).confirm_email(request, address)


def _is_confirmed(link) -> bool:
    return EmailAddress.objects.filter(user=link.user, email=link.email, verified=True).exists()


def _over(request, link):
    """Used, too old, replaced by a newer one, or never ours: the same page for all, and the way to a new one."""
    status, problem = 404, ""
    if link is None:
        try:
            check_rate("sign-in-link", request.META["REMOTE_ADDR"], UNKNOWN_AN_HOUR, 3600)
        except DomainError as error:
            status, problem = 429, str(error)
    asking = reverse("account_request_login_code")
    if link is not None and link.next:
        asking = f"{asking}?{urlencode({'next': link.next})}"
    return render(request, "account/sign_in_link_over.html", {"asking": asking, "problem": problem}, status=status)
