"""Asking somebody to help run an exhibitor, by a signed link that only its reader can use, once, within a week."""

import datetime as dt

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.domain.decisions import CurationError, locked, log
from exhibitors.domain.people import set_member
from exhibitors.models import Exhibitor, Invitation, MemberRole, Membership
from exhibitors.models.invitations import new_nonce
from expo.mail import queue_mail

VALID = dt.timedelta(days=7)
MOST_OPEN = 20
SALT = "exhibitors.invitation"


class InvitationError(CurationError):
    """The invitation can't be sent or used; says why."""


@transaction.atomic
def invite(exhibitor: Exhibitor, email: str, role: str, *, by, now: dt.datetime | None = None) -> Invitation:
    """Mail an invitation. An address that has an open one gets that again, with this role and a new link."""
    now, email = now or timezone.now(), email.strip().lower()
    exhibitor = locked(exhibitor)
    if Membership.objects.filter(exhibitor=exhibitor, user__email__iexact=email).exists():
        raise InvitationError(gettext_lazy("Orang ini sudah mengelola usaha Anda."))
    open_ones = exhibitor.invitations.filter(accepted_at=None, revoked_at=None)
    found = open_ones.filter(email=email).first()
    if found is None and open_ones.count() >= MOST_OPEN:
        raise InvitationError(gettext_lazy("Terlalu banyak undangan terbuka. Batalkan yang tidak perlu dahulu."))
    found = found or Invitation(exhibitor=exhibitor, email=email)
    found.role, found.invited_by = MemberRole(role), by
    return _send(found, now, by)


@transaction.atomic
def resend(invitation: Invitation, *, by, now: dt.datetime | None = None) -> Invitation:
    """Another link for another week; the old one is dead."""
    invitation = _open(invitation)
    invitation.invited_by = by
    return _send(invitation, now or timezone.now(), by)


@transaction.atomic
def revoke(invitation: Invitation, *, by, now: dt.datetime | None = None) -> Invitation:
    """The link no longer works."""
    invitation = _open(invitation)
    invitation.revoked_at, invitation.revoked_by = now or timezone.now(), by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    _record(invitation, _("Undangan untuk %(email)s dibatalkan"), by)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, user, *, now: dt.datetime | None = None) -> Membership:
    """Let the invited person in, once. Raises InvitationError: used, revoked, expired, or meant for somebody else."""
    exhibitor = locked(invitation.exhibitor)
    nonce = invitation.nonce
    invitation = _open(invitation)
    if invitation.nonce != nonce or not is_valid(invitation, now or timezone.now()):
        raise InvitationError(gettext_lazy("Tautan undangan ini sudah tidak berlaku. Minta dikirimi lagi."))
    owners = Membership.objects.filter(exhibitor=exhibitor, role=MemberRole.OWNER)
    if not owners.filter(user=invitation.invited_by).exists():
        raise InvitationError(gettext_lazy("Yang mengundang Anda bukan pemilik lagi. Minta undangan baru."))
    if not belongs_to(invitation, user):
        raise InvitationError(gettext_lazy("Undangan ini untuk alamat surel lain."))
    invitation.accepted_at, invitation.accepted_by = now or timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    there = Membership.objects.filter(exhibitor=exhibitor, user=user).first()
    if there and there.role == MemberRole.OWNER:
        return there  # nobody is taken down by accepting something
    return set_member(exhibitor, user, invitation.role, by=invitation.invited_by, reason=_("Undangan diterima."))


def is_valid(invitation: Invitation, now: dt.datetime) -> bool:
    """Until ``expires_at``, that moment not included."""
    return invitation.accepted_at is None and invitation.revoked_at is None and now < invitation.expires_at


def belongs_to(invitation: Invitation, user) -> bool:
    """Whether this person has proved to read the invited address."""
    return user.emailaddress_set.filter(email__iexact=invitation.email, verified=True).exists()


def token_of(invitation: Invitation) -> str:
    return signing.Signer(salt=SALT).sign_object(invitation.nonce)


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it; None when we did not sign the link, or sent a newer one."""
    try:
        nonce = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("exhibitor", "invited_by").filter(nonce=nonce).first()


def _send(invitation: Invitation, now: dt.datetime, by) -> Invitation:
    invitation.nonce, invitation.sent_at, invitation.expires_at = new_nonce(), now, now + VALID
    invitation.save()
    _record(invitation, _("%(email)s diundang sebagai %(role)s"), by)
    queue_mail(
        to=invitation.email,
        template="exhibitors/mail/invitation",
        context={"invitation": invitation, "exhibitor": invitation.exhibitor, "token": token_of(invitation), "by": by},
        language=by.language,
        key=f"invitation:{invitation.nonce}",
    )
    return invitation


def _open(invitation: Invitation) -> Invitation:
    invitation = locked(invitation)
    if invitation.accepted_at:
        raise InvitationError(gettext_lazy("Undangan ini sudah diterima."))
    if invitation.revoked_at:
        raise InvitationError(gettext_lazy("Undangan ini sudah dibatalkan."))
    return invitation


def _record(invitation: Invitation, text: str, by) -> None:
    exhibitor = invitation.exhibitor
    told = text % {"email": invitation.email, "role": MemberRole(invitation.role).label}
    log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=f"{told}.")
