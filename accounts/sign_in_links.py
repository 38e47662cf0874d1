"""Signing in by the link of a mail: made beside the code, shown on a page, used once.

The link signs what it depends on. Whoever changed the password or the address, was shut out, or signed in since then
holds a link that fits nobody any more. Codes are held to the same rule.
"""

import base64
import datetime as dt
import re
import secrets

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from accounts.models import SignInLink, User
from expo.errors import DomainError

ASKED = "sign_in_link"  # in a session: the token of the link that was mailed beside the code
SALT = "accounts.sign_in_link"
TOKEN = re.compile(r"([A-Za-z0-9_-]{24})\.[A-Za-z0-9_-]{43}")
KEPT = dt.timedelta(days=1)
LONGEST_NEXT = SignInLink._meta.get_field("next").max_length

_carried: set[str] = set()


class SignInError(DomainError):
    """The link or the code can't be used; says what to do."""


def carry_along(name: str) -> None:
    """What a session keeps under ``name`` goes along to the browser in which the link is opened."""
    _carried.add(name)


def person_at(email: str) -> User | None:
    """Whom a mail to this address signs in: who proved to read it; else who gave it and never came in.

    An address that somebody added to an account in use and never confirmed leads nowhere: its reader would be let into
    an account of somebody else.
    """
    email = email.strip().lower()
    waiting = Q(user__last_login=None, user__email=email)
    known = EmailAddress.objects.filter(email=email, user__is_active=True).select_related("user")
    if found := known.filter(Q(verified=True) | waiting).order_by("-verified", "pk").first():
        return found.user
    return User.objects.filter(email=email, is_active=True, emailaddress=None).first()  # made on the command line


def issue_link(user: User, email: str, *, seconds: int, session=None, following: str = "") -> SignInLink:
    """A new link for ``seconds``; older ones of this person no longer open the page.

    ``following`` is where the person wanted to go, an address of this site; ``session`` that of the asking browser.
    """
    now = timezone.now()
    local = following.startswith("/") and not following.startswith("//") and len(following) <= LONGEST_NEXT
    return SignInLink.objects.create(
        user=user,
        email=email.strip().lower(),
        nonce=secrets.token_urlsafe(18),
        next=following if local else "",
        carried={name: session[name] for name in sorted(_carried) if session is not None and name in session},
        sent_at=now,
        expires_at=now + dt.timedelta(seconds=seconds),
    )


def token_of(link: SignInLink) -> str:
    return f"{link.nonce}.{_signature(link)}"


def find_link(token: str) -> SignInLink | None:
    """The link behind a token, whatever became of it; None when there is none."""
    found = TOKEN.fullmatch(token)
    return SignInLink.objects.select_related("user").filter(nonce=found[1]).first() if found else None


def is_usable(link: SignInLink, token: str, *, newest: bool = True) -> bool:
    """Signed for this person as it is now, not used, before ``expires_at`` (that moment not included)."""
    fits = constant_time_compare(token, token_of(link)) and link.used_at is None and timezone.now() < link.expires_at
    if not fits or not _reads(link):
        return False
    return not newest or not SignInLink.objects.filter(user=link.user_id, pk__gt=link.pk).exists()


def use_link(token: str, *, typed_by: User | None = None) -> SignInLink:
    """Use it up. Of two at the same moment one gets it, the other a SignInError.

    ``typed_by`` typed the code beside it: that belongs to the page that asked, and another browser that asks, too, does
    not take it away.
    """
    link = find_link(token)
    if link and is_usable(link, token, newest=typed_by is None) and typed_by in (None, link.user):
        now = timezone.now()
        if SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
            link.used_at = now
            return link
    raise SignInError(gettext_lazy("Kode atau tautan dari surel itu tidak berlaku lagi. Mintalah yang baru."))


def forget_old_links(now: dt.datetime) -> int:
    """Delete what nobody can use any more; how many."""
    return SignInLink.objects.filter(expires_at__lte=now - KEPT).delete()[0]


def _reads(link: SignInLink) -> bool:
    """Whether the address that got the mail still is this person's."""
    return link.user.is_active and person_at(link.email) == link.user


def _signature(link: SignInLink) -> str:
    user = link.user
    bound = [link.nonce, link.email, link.expires_at, user.pk, user.email, user.password, user.last_login]
    digest = salted_hmac(SALT, repr([str(part) for part in bound]), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
