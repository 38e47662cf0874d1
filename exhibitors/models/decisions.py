"""The log of curation."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exhibitors.states import LOGGED


class Decision(models.Model):
    """One line of the curation log: who decided what about which exhibitor or product, and why."""

    subject_type = models.CharField(_("jenis"), max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("perihal"), max_length=200)
    before = models.CharField(_("dari"), max_length=20)
    after = models.CharField(_("menjadi"), max_length=20)
    reason = models.TextField(_("alasan"), blank=True)
    notes = models.JSONField(_("catatan per isian"), default=dict, blank=True, help_text=_("Isian → kalimat."))
    noted = models.JSONField(default=dict, blank=True, help_text=_("Isian → sidik isinya saat dicatat."))
    changes = models.JSONField(_("isian lama dan baru"), default=dict, blank=True, help_text=_("Isian → [lama, baru]."))
    content = models.JSONField(default=dict, blank=True, help_text=_("Isian → apa yang dilihat saat diputuskan."))
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
        return f"{self.subject_label}: {self.before_label} → {self.after_label}"

    @property
    def before_label(self):
        return LOGGED.get(self.before, self.before) or "–"

    @property
    def after_label(self):
        return LOGGED.get(self.after, self.after)

    @property
    def subject_name(self):
        """What kind of thing it is, as people call it."""
        names = {model._meta.model_name: model._meta.verbose_name for model in apps.get_models()}
        return names.get(self.subject_type, self.subject_type)


class FirstApproval(models.Model):
    """The first of two approvals, where an edition wants two. It holds for ``content``, what was looked at, alone."""

    subject_type = models.CharField(_("jenis"), max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("perihal"), max_length=200)
    content = models.CharField(max_length=32)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("mata pertama")
    )
    approved_at = models.DateTimeField(_("waktu"))
    reason = models.TextField(_("catatan"), blank=True)

    class Meta:
        verbose_name = _("persetujuan pertama")
        verbose_name_plural = _("menunggu mata kedua")
        ordering = ["approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="first_approval_once_per_subject")
        ]

    def __str__(self):
        return self.subject_label
