"""Two different people approve, where an edition asks for it (ADR 0106)."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import CurationError, forget_first, log
from exhibitors.models import Exhibitor, FirstApproval, ParticipationState
from expo.models import Edition, SecondLook

EXHIBITORS, PRODUCTS = frozenset({SecondLook.EXHIBITORS, SecondLook.ALL}), frozenset({SecondLook.ALL})


def needs_second(exhibitor: Exhibitor, kinds: frozenset[str]) -> bool:
    """Whether an edition that is not over, in which the exhibitor stands or asks to stand, wants two approvals.

    The strictest of them counts: what is approved is shown in all of them.
    """
    strict = Edition.objects.not_over_at(timezone.now()).filter(second_look__in=kinds)
    asked = exhibitor.participations.exclude(state=ParticipationState.DECLINED).values("edition")
    return strict.filter(Q(pk__in=exhibitor.booths.values("edition")) | Q(pk__in=asked)).exists()


def first_approval(subject) -> FirstApproval | None:
    return FirstApproval.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk).first()


def is_approved_once(subject) -> bool:
    """Whether an approval was recorded, but waits for another person's."""
    return first_approval(subject) is not None


def approved_twice(
    subject, exhibitor: Exhibitor, kinds: frozenset[str], *, by, content: str, reason: str, told_as: str, about=None
) -> bool:
    """Whether this approval of a locked subject may take effect; if not, it is recorded as the first of two.

    A first approval holds for what was looked at then (``content``): after a change, the next one is the first again.
    Raises CurationError when the same person approves twice, or one who belongs to the exhibitor approves at all.
    ``about`` is whose log tells it, ``told_as`` how.
    """
    if exhibitor.memberships.filter(user=by).exists():
        raise CurationError(_("Usaha Anda sendiri diputuskan oleh petugas lain."))
    if not needs_second(exhibitor, kinds):
        forget_first(subject)
        return True
    first = first_approval(subject)
    if first is not None and first.content == content:
        if first.approved_by_id == by.pk:
            raise CurationError(
                _("Anda sudah menyetujui “%(subject)s”. Persetujuan kedua diberikan orang lain.") % {"subject": subject}
            )
        first.delete()
        return True
    FirstApproval.objects.update_or_create(
        subject_type=subject._meta.model_name,
        subject_id=subject.pk,
        defaults={
            "subject_label": str(subject)[:200],
            "content": content,
            "approved_by": by,
            "approved_at": timezone.now(),
            "reason": reason.strip(),
        },
    )
    about = about or subject
    log(about, about.state, told_as, by=by, reason=reason)
    return False
