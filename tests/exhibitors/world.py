"""Everybody who may or may not see what an exhibitor has, and one of everything it has: made once for a module."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, give_role
from exhibitors.models import MemberRole, Membership
from tests.cast import exhibitor_of, person
from tests.exhibitors.belongings import keys_of_one_of_everything

ROLES = {"official": Role.OFFICIAL, "curator": Role.CURATION, "operator": Role.OPERATOR, "finance": Role.FINANCE}
WITHOUT_EXHIBITOR = ("shopper", "superuser", *ROLES)


@dataclass
class World:
    """``keys`` name the owner's things, ``theirs`` those of the other exhibitor, whose owner is the outsider.

    ``marks`` and ``lures`` are for those who read: what to look for, and what to ask with."""

    owner: User
    helper: User
    outsider: User
    assistant: User  # works for the outsider
    keys: dict[str, object]
    theirs: dict[str, object]
    others: dict[str, User]
    marks: dict[str, str] = field(default_factory=dict)
    lures: dict[str, object] = field(default_factory=dict)

    @property
    def exhibitor(self):
        return self.owner.exhibitor


@contextmanager
def made_world(*, price=150_000):
    """A world that is gone again afterwards. Tests work on it in savepoints of their own.

    ``price``: of the owner's goods, in rupiah; those of the outsider cost 150,000."""
    with transaction.atomic():
        owner, outsider = person("Wati"), person("Joko")
        owner.exhibitor = exhibitor_of(owner, "Batik Wati")
        outsider.exhibitor = exhibitor_of(outsider, "Keramik Joko")
        yield World(
            owner=owner,
            helper=staff_of(owner.exhibitor, "Budi"),
            outsider=outsider,
            assistant=staff_of(outsider.exhibitor, "Tono"),
            keys=keys_of_one_of_everything(owner, price=price),
            theirs=keys_of_one_of_everything(outsider),
            others=people_without_exhibitor(),
        )
        transaction.set_rollback(True)


def staff_of(exhibitor, name: str) -> User:
    user = person(name)
    Membership.objects.create(user=user, exhibitor=exhibitor, role=MemberRole.STAFF)
    user.exhibitor = exhibitor
    return user


def people_without_exhibitor() -> dict[str, User]:
    found = {"shopper": person("Sari"), "superuser": person("Admin", is_staff=True, is_superuser=True)}
    for name, role in ROLES.items():
        found[name] = person(name)
        give_role(found[name], role)
    return found
