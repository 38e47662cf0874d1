"""How an exhibitor begins: a draft of someone who has signed up."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.text import slugify

from exhibitors.domain.decisions import log
from exhibitors.models import Exhibitor, MemberRole, Membership
from exhibitors.states import CurationState

STARTED = "started"  # in a session: what somebody without an account has begun


@transaction.atomic
def register_exhibitor(exhibitor: Exhibitor, *, owner) -> Exhibitor:
    """Save a new exhibitor as a draft that belongs to ``owner``.

    One start is one draft: whoever sends the same ``start_key`` again gets the one that is there.
    """
    lock_person(owner)
    if exhibitor.start_key:
        there = Exhibitor.objects.filter(start_key=exhibitor.start_key, memberships__user=owner).first()
        if there:
            return there
        if Exhibitor.objects.filter(start_key=exhibitor.start_key).exists():
            exhibitor.start_key = None  # somebody else's, made up or copied
    exhibitor.slug = free_slug(Exhibitor, exhibitor.name, length=80)
    exhibitor.state = CurationState.DRAFT
    exhibitor.email = exhibitor.email or owner.email
    exhibitor.owner_name = exhibitor.owner_name or owner.name
    exhibitor.save()
    Membership.objects.create(user=owner, exhibitor=exhibitor, role=MemberRole.OWNER)
    log(exhibitor, "", CurationState.DRAFT, by=owner)
    return exhibitor


def lock_person(person) -> None:
    """Two starts of one person come one after the other."""
    get_user_model().objects.select_for_update().get(pk=person.pk)


def free_slug(model, text: str, *, length: int) -> str:
    """A slug of ``text`` that no row of ``model`` has. A race for it ends at the unique index."""
    base = slugify(text)[: length - 6].strip("-") or model._meta.model_name
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
