"""Making people in code: the demonstration, commands, tests."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from accounts.roles import Role, give_role


@transaction.atomic
def create_person(email: str, password: str | None, *, name: str, roles: Iterable[Role] = (), **fields) -> User:
    """A person whose e-mail address counts as confirmed, so that they can sign in at once."""
    user = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in roles:
        give_role(user, role)
    return user
