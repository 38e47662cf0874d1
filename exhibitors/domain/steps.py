"""Saving a step of the registration: what is right goes into the exhibitor's row, the rest is kept as it was typed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import CurationError, fingerprint, locked
from exhibitors.domain.profile import change_profile
from exhibitors.domain.profile_changes import as_wanted, change_of, propose_profile, waits
from exhibitors.models import Exhibitor, StepDraft
from exhibitors.states import EDITABLE, CurationState

LONGEST_DRAFT = 20_000  # letters kept of a field that is not right yet


class StepChangedError(CurationError):
    """Somebody else saved this step while it was open here; nothing was written."""


def drafts_of(exhibitor: Exhibitor) -> dict[str, dict[str, str]]:
    """What is typed but not right yet: step → field → text."""
    return dict(exhibitor.step_drafts.values_list("step", "values"))


def content_of_step(exhibitor: Exhibitor, step: str, columns: tuple[str, ...]) -> str:
    """The fingerprint of what the page of a step shows."""
    draft = exhibitor.step_drafts.filter(step=step).values_list("values", flat=True).first()
    return fingerprint(exhibitor, columns, draft or {})


@transaction.atomic
def save_step(
    exhibitor: Exhibitor,
    step: str,
    *,
    columns: tuple[str, ...],
    values: dict,
    wrong: dict[str, str] | None = None,
    seen: str,
    by,
) -> Exhibitor:
    """Write ``values`` of ``columns`` and keep ``wrong`` texts as a draft. ``seen`` is what the page showed.

    What an approved exhibitor says of itself waits for the curators as a proposal (``profile_changes``).

    The same content twice is one content. Raises StepChangedError when somebody saved something else meanwhile, and
    CurationError when the exhibitor can't be changed or is not a draft and something is wrong.
    """
    exhibitor = locked(exhibitor)
    wrong = {name: text.replace("\0", "")[:LONGEST_DRAFT] for name, text in (wrong or {}).items()}
    require_writable(exhibitor, wrong)
    wanted = as_wanted(exhibitor, change_of(exhibitor) if exhibitor.state == CurationState.APPROVED else None)
    changed = [name for name, value in values.items() if getattr(wanted, name) != value]
    draft = exhibitor.step_drafts.filter(step=step).first()
    if not changed and wrong == (draft.values if draft else {}):
        return exhibitor
    if seen != content_of_step(wanted, step, columns):
        raise StepChangedError(
            _("Sementara halaman ini terbuka, orang lain menyimpan langkah ini. Isian Anda masih ada di bawah.")
        )
    waiting = {name: values[name] for name in changed if waits(exhibitor, name)}
    if waiting:
        propose_profile(exhibitor, waiting, by=by)
    live = [name for name in changed if name not in waiting]
    for name in live:
        setattr(exhibitor, name, values[name])
    change_profile(exhibitor, live, by=by)
    keep_wrong(exhibitor, step, wrong)
    return exhibitor


def require_writable(exhibitor: Exhibitor, wrong: dict[str, str]) -> None:
    if exhibitor.state == CurationState.REJECTED:
        raise CurationError(_("Pendaftaran ini sudah ditutup; hubungi panitia."))
    if wrong and exhibitor.state not in EDITABLE:
        raise CurationError(_("Ada isian yang perlu diperbaiki."))


def keep_wrong(exhibitor: Exhibitor, step: str, wrong: dict[str, str]) -> None:
    if wrong:
        StepDraft.objects.update_or_create(exhibitor=exhibitor, step=step, defaults={"values": wrong})
    else:
        exhibitor.step_drafts.filter(step=step).delete()
