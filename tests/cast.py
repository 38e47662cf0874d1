"""The fixed cast: who walks through the tests. Each is a user; owner and helper run the same exhibitor."""

import pytest

from accounts.models import User
from accounts.people import create_person
from accounts.roles import Role, give_role
from exhibitors.models import Exhibitor, MemberRole, Membership
from exhibitors.states import CurationState
from tests.factories import make_shipping

PASSWORD = "rahasia-sekali-31"


def person(name: str, **fields) -> User:
    """A user with a confirmed address ``<name>@contoh.test``."""
    return create_person(fields.pop("email", f"{name.lower()}@contoh.test"), PASSWORD, name=name, **fields)


def exhibitor_of(user: User, name: str, *, role=MemberRole.OWNER, **fields) -> Exhibitor:
    exhibitor = Exhibitor.objects.create(
        **{
            "name": name,
            "slug": name.lower().replace(" ", "-"),
            "state": CurationState.APPROVED,
            "owner_name": user.name,
            "email": user.email,
            "bank_name": "Bank Jateng",
            "bank_account_number": "1234567890",
            "bank_account_holder": user.name,
            **fields,
        }
    )
    make_shipping(exhibitor, ("home", 0), ("abroad", 0))
    Membership.objects.create(user=user, exhibitor=exhibitor, role=role)
    return exhibitor


@pytest.fixture
def shopper(db):
    return person("Sari")


@pytest.fixture
def owner(db):
    """Owns ``owner.exhibitor``, approved."""
    user = person("Wati")
    user.exhibitor = exhibitor_of(user, "Batik Wati")
    return user


@pytest.fixture
def helper(owner):
    """Works for the owner's exhibitor as staff."""
    user = person("Budi")
    Membership.objects.create(user=user, exhibitor=owner.exhibitor, role=MemberRole.STAFF)
    user.exhibitor = owner.exhibitor
    return user


@pytest.fixture
def outsider(db):
    """Owns another exhibitor."""
    user = person("Joko")
    user.exhibitor = exhibitor_of(user, "Keramik Joko")
    return user


@pytest.fixture
def curator(db):
    user = person("Ratna")
    give_role(user, Role.CURATION)
    return user


@pytest.fixture
def operator(db):
    user = person("Dewi")
    give_role(user, Role.OPERATOR)
    return user


@pytest.fixture
def finance(db):
    user = person("Hadi")
    give_role(user, Role.FINANCE)
    return user


@pytest.fixture
def official(db):
    user = person("Sutomo")
    give_role(user, Role.OFFICIAL)
    return user


@pytest.fixture
def superuser(db):
    """The superuser."""
    return person("Admin", is_staff=True, is_superuser=True)


@pytest.fixture
def as_user(client):
    """``as_user(owner).get(...)``: a client signed in as that person."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
