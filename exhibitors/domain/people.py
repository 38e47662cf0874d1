"""Who works for an exhibitor. Owners change the bank account, so each change is logged with its reason, and told."""

from django.db import transaction
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import CurationError, log, tell_people
from exhibitors.models import Exhibitor, MemberRole, Membership


@transaction.atomic
def set_member(exhibitor: Exhibitor, user, role: str, *, by, reason: str) -> Membership:
    """Let ``user`` work for the exhibitor in this role. Raises CurationError without a reason."""
    membership, created = Membership.objects.select_for_update().get_or_create(
        user=user, exhibitor=exhibitor, defaults={"role": role}
    )
    before = "" if created else membership.role
    if before == role:
        return membership
    if not created:
        membership.role = role
        membership.save(update_fields=["role"])
    _record(exhibitor, _("%(person)s menjadi %(role)s"), membership, by=by, reason=reason)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by, reason: str) -> None:
    """Take somebody's access away; they are told as well."""
    exhibitor = membership.exhibitor
    _record(exhibitor, _("%(person)s bukan lagi %(role)s"), membership, by=by, reason=reason)
    membership.delete()


def _record(exhibitor: Exhibitor, text: str, membership: Membership, *, by, reason: str) -> None:
    if not reason.strip():
        raise CurationError(_("Tuliskan alasannya: semua pengelola peserta ini membacanya."))
    role = MemberRole(membership.role).label
    change = text % {"person": f"{membership.user.name} ({membership.user.email})", "role": role}
    entry = log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=f"{change}. {reason.strip()}")
    tell_people(exhibitor, "exhibitors/mail/people", {"entry": entry, "by": by}, key=f"people:{entry.pk}")
