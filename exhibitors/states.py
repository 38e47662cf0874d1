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

# What the log of decisions calls before and after: the states, and what happens to a proposed change of a product.
LOGGED = {
    **dict(CurationState.choices),
    "proposed": _("Perubahan diusulkan"),
    "change_approved": _("Perubahan disetujui"),
    "change_returned": _("Perubahan dikembalikan"),
    "change_withdrawn": _("Perubahan ditarik kembali"),
    "archived": _("Diarsipkan"),
    "deleted": _("Dihapus"),
    "shown": _("Tampil"),
    "hidden": _("Disembunyikan"),
    "verified": _("Diperiksa"),
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
