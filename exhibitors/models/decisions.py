"""The log of curation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.Model):
    """One line of the curation log: who decided what about which exhibitor or product, and why."""

    subject_type = models.CharField(_("jenis"), max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("perihal"), max_length=200)
    before = models.CharField(_("dari"), max_length=20)
    after = models.CharField(_("menjadi"), max_length=20)
    reason = models.TextField(_("alasan"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("oleh")
    )
    decided_at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("keputusan kurasi")
        verbose_name_plural = _("keputusan kurasi")
        ordering = ["-decided_at"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="decision_subject")]

    def __str__(self):
        return f"{self.subject_label}: {self.before} → {self.after}"
