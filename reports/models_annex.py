"""Annexes that are too long to be made while somebody waits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AnnexKind(models.TextChoices):
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"


class AnnexFile(models.Model):
    """A recap's annex, asked for and then made by a worker: the same file for everyone who may see the recap.

    Waiting until ``finished_at``; then there is a file at ``path`` of the private storage, or a ``refusal``. A row goes
    with its file, a few days later (``annex_files.py``).
    """

    recap = models.ForeignKey("reports.Recap", on_delete=models.PROTECT, related_name="annex_files")
    kind = models.CharField(_("bentuk"), max_length=5, choices=AnnexKind)
    language = models.CharField(_("bahasa"), max_length=5)
    asked_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    path = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("ukuran (bita)"), default=0)
    refusal = models.CharField(_("sebab tidak dibuat"), max_length=250, blank=True)
    tries = models.PositiveSmallIntegerField(_("percobaan"), default=0)

    class Meta:
        verbose_name = _("berkas lampiran rekap")
        verbose_name_plural = _("berkas lampiran rekap")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recap", "kind", "language"], name="annex_file_once"),
            models.CheckConstraint(
                name="annex_file_or_refusal",
                condition=Q(finished_at=None, path="", refusal="")
                | (Q(finished_at__isnull=False, refusal="") & ~Q(path=""))
                | (Q(finished_at__isnull=False, path="") & ~Q(refusal="")),
            ),
        ]

    def __str__(self):
        return f"{self.recap}: {self.kind}"

    @property
    def is_waiting(self) -> bool:
        return self.finished_at is None
