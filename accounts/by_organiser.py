"""What the organiser changes of somebody's sign-in. The person is told by mail and signed out everywhere."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import translation

from accounts.models import User


def is_taken(email: str, user: User | None) -> bool:
    """Whether somebody else proved to read this address."""
    others = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return (others.exclude(user=user) if user else others).exists()


@transaction.atomic
def settle_address(user: User, *, before: str) -> None:
    """``user.email`` is the address that signs in. When it was changed, no other one of this person does any more."""
    addresses = EmailAddress.objects.filter(user=user)
    if not before or before == user.email:
        if not addresses.filter(email=user.email).exists():
            primary = not addresses.filter(primary=True).exists()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=primary)
        return
    addresses.exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    end_sessions(user)
    changed = {"from_email": before, "to_email": user.email}
    _tell(user, "account/email/email_changed", email=before, **changed)


@transaction.atomic
def remove_second_factor(user: User) -> bool:
    """Whoever lost the phone sets it up anew at the next sign-in. Whether there was one."""
    deleted, _kinds = Authenticator.objects.filter(user=user).delete()
    if deleted:
        end_sessions(user)
        _tell(user, "mfa/email/totp_deactivated", email=user.email)
    return bool(deleted)


def tell_password(user: User) -> None:
    """The password was set or taken away by somebody else; Django has ended the sessions that were opened with it."""
    _tell(user, f"account/email/password_{'changed' if user.has_usable_password() else 'removed'}", email=user.email)


def end_sessions(user: User) -> None:
    """Sign out of every browser."""
    user.sessions_ended += 1
    user.save(update_fields=["sessions_ended"])


def _tell(user: User, template: str, *, email: str, **context) -> None:
    with translation.override(user.language):
        get_adapter().send_mail(template, email, {"by_organiser": True, **context})
