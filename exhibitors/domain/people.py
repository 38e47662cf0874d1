"""Who works for an exhibitor. Owners change the bank account, so each change is logged and told to all of them.

Owners decide among themselves; staff of the organiser give a reason. An exhibitor that has an owner keeps one.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.domain.decisions import CurationError, locked, log, tell_people
from exhibitors.models import Exhibitor, MemberRole, Membership


@transaction.atomic
def set_member(exhibitor: Exhibitor, user, role: str, *, by, reason: str = "") -> Membership:
    """Let ``user`` work for the exhibitor in this role. Raises CurationError: staff without a reason, no owner left."""
    locked(exhibitor)
    membership, created = Membership.objects.select_for_update().get_or_create(
        user=user, exhibitor=exhibitor, defaults={"role": role}
    )
    before = "" if created else membership.role
    if before == role:
        return membership
    if before == MemberRole.OWNER:
        keep_an_owner(membership)
    if not created:
        membership.role = role
        membership.save(update_fields=["role"])
    _record(exhibitor, _("%(person)s menjadi %(role)s"), membership, by=by, reason=reason)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by, reason: str = "") -> None:
    """Take somebody's access away, or leave; whoever goes is told as well. Raises CurationError."""
    exhibitor = locked(membership.exhibitor)
    membership = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if membership is None:
        return
    if membership.role == MemberRole.OWNER:
        keep_an_owner(membership)
    _record(exhibitor, _("%(person)s bukan lagi %(role)s"), membership, by=by, reason=reason)
    membership.delete()


def keep_an_owner(leaving: Membership) -> None:
    """Raises CurationError when nobody else of this exhibitor is an owner who can sign in. Call under its lock."""
    others = Membership.objects.filter(
        exhibitor=leaving.exhibitor_id, role=MemberRole.OWNER, user__is_active=True
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise CurationError(
            gettext_lazy("Ini satu-satunya pemilik. Jadikan orang lain pemilik dahulu, lalu ubah yang ini.")
        )


def _record(exhibitor: Exhibitor, text: str, membership: Membership, *, by, reason: str) -> None:
    is_member = Membership.objects.filter(exhibitor=exhibitor, user=by).exists()
    if not is_member and not reason.strip():
        raise CurationError(gettext_lazy("Tuliskan alasannya: semua pengelola peserta ini membacanya."))
    role = MemberRole(membership.role).label
    change = text % {"person": f"{membership.user.name} ({membership.user.email})", "role": role}
    entry = log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=f"{change}. {reason.strip()}".strip())
    context = {"entry": entry, "by": by, "from_organiser": not is_member}
    tell_people(exhibitor, "exhibitors/mail/people", context, key=f"people:{entry.pk}")
