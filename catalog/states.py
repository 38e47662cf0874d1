"""States of an import of products, and the moves between them. Those of curation are the exhibitors' as well:
``exhibitors/states.py``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
