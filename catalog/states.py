"""States of products and of their imports, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exhibitors.states import TRANSITIONS, CurationState


class ProductState(models.TextChoices):
    """Those of curation, and one more: put away by its exhibitor, who may bring it back."""

    DRAFT = CurationState.DRAFT.value, _("Draf")
    SUBMITTED = CurationState.SUBMITTED.value, _("Menunggu kurasi")
    RETURNED = CurationState.RETURNED.value, _("Dikembalikan")
    APPROVED = CurationState.APPROVED.value, _("Disetujui")
    REJECTED = CurationState.REJECTED.value, _("Ditolak")
    SUSPENDED = CurationState.SUSPENDED.value, _("Ditangguhkan")
    ARCHIVED = "archived", _("Diarsipkan")


P = ProductState
# Where a product goes when it is brought back: where it was; one that waited for the curators is a draft again. A
# suspended one can't be put away: that would be a way around the curators.
BROUGHT_BACK: dict[str, str] = {
    P.DRAFT: P.DRAFT,
    P.SUBMITTED: P.DRAFT,
    P.RETURNED: P.RETURNED,
    P.APPROVED: P.APPROVED,
    P.REJECTED: P.REJECTED,
}
PRODUCT_TRANSITIONS: dict[str, frozenset[str]] = {
    **{state: after | {P.ARCHIVED} if state in BROUGHT_BACK else after for state, after in TRANSITIONS.items()},
    P.ARCHIVED: frozenset(BROUGHT_BACK.values()),
}


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Kolom belum dipastikan")
    CHECKING = "checking", _("Sedang diperiksa")
    READY = "ready", _("Siap diimpor")
    RUNNING = "running", _("Sedang diimpor")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


S = ImportState
IMPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    S.UPLOADED: frozenset({S.CHECKING, S.CANCELLED}),
    S.CHECKING: frozenset({S.READY, S.UPLOADED, S.CANCELLED}),
    S.READY: frozenset({S.CHECKING, S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.DONE, S.READY, S.CHECKING}),
    S.DONE: frozenset(),
    S.CANCELLED: frozenset(),
}
WORKING = frozenset({S.CHECKING, S.RUNNING})
"""What a worker has to do something about."""
