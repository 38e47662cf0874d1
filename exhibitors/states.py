"""States of curation, shared by exhibitors and products, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CurationState(models.TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu kurasi")
    RETURNED = "returned", _("Dikembalikan")
    APPROVED = "approved", _("Disetujui")
    REJECTED = "rejected", _("Ditolak")
    SUSPENDED = "suspended", _("Ditangguhkan")


S = CurationState
TRANSITIONS: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.APPROVED, S.RETURNED, S.REJECTED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.APPROVED: frozenset({S.SUSPENDED}),
    S.SUSPENDED: frozenset({S.APPROVED, S.REJECTED}),
    S.REJECTED: frozenset(),
}
EDITABLE = frozenset({S.DRAFT, S.RETURNED})

# What happens to a proposed change, and a first approval where two are needed, as the log of the subject calls them.
CHANGE_PROPOSED, CHANGE_RETURNED, CHANGE_APPROVED = "proposed", "change_returned", "change_approved"
CHANGE_WITHDRAWN, CHANGE_REJECTED = "change_withdrawn", "change_rejected"
FIRST_APPROVED, CHANGE_FIRST_APPROVED = "first_approved", "change_first"
EDITED, PRICED = "edited", "priced"

LOGGED = {
    **dict(CurationState.choices),
    CHANGE_PROPOSED: _("Perubahan diusulkan"),
    CHANGE_APPROVED: _("Perubahan disetujui"),
    CHANGE_RETURNED: _("Perubahan dikembalikan"),
    CHANGE_REJECTED: _("Perubahan ditolak"),
    CHANGE_WITHDRAWN: _("Perubahan ditarik kembali"),
    FIRST_APPROVED: _("Disetujui mata pertama"),
    CHANGE_FIRST_APPROVED: _("Perubahan disetujui mata pertama"),
    EDITED: _("Diubah petugas"),
    PRICED: _("Harga diubah"),
    "archived": _("Diarsipkan"),
    "deleted": _("Dihapus"),
    "shown": _("Tampil"),
    "hidden": _("Disembunyikan"),
    "verified": _("Diperiksa"),
    "waiting": _("Menunggu pemeriksaan"),
    "refused": _("Ditolak"),
    "withdrawn": _("Ditarik kembali"),
}


class StepState(models.TextChoices):
    """Where a step of the registration stands, as the task list says it."""

    EMPTY = "empty", _("Belum diisi")
    PARTIAL = "partial", _("Belum lengkap")
    WRONG = "wrong", _("Ada yang keliru")
    ASKED = "asked", _("Diminta diperbaiki")
    WAITING = "waiting", _("Menunggu panitia")
    OPTIONAL = "optional", _("Boleh dilewati")
    DONE = "done", _("Lengkap")


FINISHED_STEPS = frozenset({StepState.WAITING, StepState.OPTIONAL, StepState.DONE})
