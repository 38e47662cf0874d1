"""Who runs an exhibitor: its people, invitations, and the page behind the link of an invitation."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exhibitors.dashboard import render_dashboard
from exhibitors.domain.invitations import (
    accept,
    belongs_to,
    find_invitation,
    invite,
    is_valid,
    resend,
    revoke,
)
from exhibitors.domain.people import remove_member, set_member
from exhibitors.forms_people import InvitationForm
from exhibitors.models import Invitation, MemberRole, Membership
from exhibitors.permissions import SESSION_KEY, exhibitor_owner_required, exhibitor_required, owned
from expo.errors import DomainError
from expo.limits import check_rate
from expo.names import masked_email
from expo.private import secret_link

TAB = "profile"
INVITATIONS_AN_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_owner_required
def people(request):
    """Everyone with their roles, open invitations, and a form for another."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_rate("invitation", str(request.exhibitor.pk), INVITATIONS_AN_HOUR, 3600)
            invite(request.exhibitor, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error("email", error.message)
        else:
            messages.success(request, _("Undangan dikirim. Berlaku tujuh hari."))
            return redirect("exhibitors:people")
    now = timezone.now()
    waiting = request.exhibitor.invitations.filter(accepted_at=None, revoked_at=None).select_related("invited_by")
    context = {
        "form": form,
        "people": request.exhibitor.memberships.select_related("user").order_by("role", "user__name", "pk"),
        "invitations": [(invitation, is_valid(invitation, now)) for invitation in waiting],
        "roles": MemberRole.choices,
    }
    return render_dashboard(request, "exhibitors/dashboard/people.html", context, tab=TAB)


@require_POST
@exhibitor_owner_required
def member_role(request, pk):
    membership = owned(request, Membership, pk=pk)
    role = request.POST.get("role", "")
    if role in MemberRole.values:
        _tell(
            request, lambda: set_member(request.exhibitor, membership.user, role, by=request.user), _("Peran diubah.")
        )
    return redirect("exhibitors:people" if membership.user_id != request.user.pk else "exhibitors:dashboard")


@require_POST
@exhibitor_owner_required
def member_removal(request, pk):
    membership = owned(request, Membership, pk=pk)
    _tell(request, lambda: remove_member(membership, by=request.user), _("Akses dicabut; orangnya diberi tahu."))
    return redirect("exhibitors:people" if membership.user_id != request.user.pk else "exhibitors:dashboard")


@require_POST
@exhibitor_required
def leaving(request):
    """Stop working for this exhibitor oneself."""
    name = request.exhibitor.name
    done = _tell(
        request,
        lambda: remove_member(request.membership, by=request.user),
        _("Anda tidak lagi mengelola %(name)s.") % {"name": name},
    )
    return redirect("exhibitors:dashboard" if done else "exhibitors:profile")


@require_POST
@exhibitor_owner_required
def invitation_resending(request, pk):
    invitation = owned(request, Invitation, pk=pk)

    def send():
        check_rate("invitation", str(request.exhibitor.pk), INVITATIONS_AN_HOUR, 3600)
        resend(invitation, by=request.user)

    _tell(request, send, _("Undangan dikirim lagi; tautan lama tidak berlaku."))
    return redirect("exhibitors:people")


@require_POST
@exhibitor_owner_required
def invitation_revocation(request, pk):
    invitation = owned(request, Invitation, pk=pk)
    _tell(request, lambda: revoke(invitation, by=request.user), _("Undangan dibatalkan."))
    return redirect("exhibitors:people")


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def invitation(request, token):
    """Behind the mail's link: sign in or sign up with the invited address, then accept."""
    found = find_invitation(token)
    if found is None or not is_valid(found, timezone.now()):
        used = found is not None and request.user.is_authenticated and found.accepted_by_id == request.user.pk
        if used:
            return redirect("exhibitors:dashboard")
        return render(request, "exhibitors/invitation.html", {"is_over": True}, status=404)
    is_mine = request.user.is_authenticated and belongs_to(found, request.user)
    if request.method == "POST" and is_mine:
        try:
            accept(found, request.user)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect(request.path)
        request.session[SESSION_KEY] = found.exhibitor_id
        messages.success(
            request, _("Selamat datang. Anda sekarang mengelola %(name)s.") % {"name": found.exhibitor.name}
        )
        return redirect("exhibitors:dashboard")
    query = urlencode({"next": request.path, "email": found.email})
    context = {
        "invitation": found,
        "is_mine": is_mine,
        "masked": masked_email(found.email),
        "sign_up": f"{reverse('account_signup')}?{query}",
        "sign_in": f"{reverse('account_login')}?{query}",
    }
    return render(request, "exhibitors/invitation.html", context)


def _tell(request, act, success: str) -> bool:
    try:
        act()
    except DomainError as error:
        messages.error(request, error.message)
        return False
    messages.success(request, success)
    return True
