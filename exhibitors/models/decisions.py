"""The log of curation."""

import contextlib
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from exhibitors.states import LOGGED

_labels: dict[str, Any] = {}


def register_label(kind: str, label: Any) -> None:
    """What people call the changes of a line that are named "<kind>-…" and are no column of their subject."""
    _labels[kind] = label


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
        ordering = ["-decided_at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="decision_subject"),
            models.Index(F("decided_at").desc(), F("id").desc(), name="decision_newest"),
            GinIndex(OpClass(Upper("subject_label"), name="gin_trgm_ops"), name="decision_label_letters"),
        ]

    def __str__(self):
        return f"{self.subject_label}: {self.before_label} → {self.after_label}"

    @property
    def before_label(self):
        return LOGGED.get(self.before, self.before) or "–"

    @property
    def after_label(self):
        return LOGGED.get(self.after, self.after)

    @property
    def told_notes(self) -> list[tuple]:
        """Notes of the curators: label and sentence."""
        return [(self.label_of(name), text) for name, text in self.notes.items()]

    @property
    def told_changes(self) -> list[tuple]:
        """What was changed: label, before and after; photos by their ids."""
        return [(self.label_of(name), *map(_read, pair)) for name, pair in self.changes.items()]

    def label_of(self, name: str):
        """What people call a field of the subject, or what else was changed; other names stand as they are."""
        models = {model._meta.model_name: model for model in apps.get_models()}
        if model := models.get(self.subject_type):
            with contextlib.suppress(FieldDoesNotExist):
                return model._meta.get_field(name).verbose_name
        return _labels.get(name.partition("-")[0], name)

    @property
    def subject_name(self):
        return name_of_kind(self.subject_type)


def _read(value) -> str:
    return ", ".join(f"#{one}" for one in value if one) if isinstance(value, list) else str(value)


def name_of_kind(model_name: str):
    """What kind of thing it is, as people call it."""
    names = {model._meta.model_name: model._meta.verbose_name for model in apps.get_models()}
    return names.get(model_name, model_name)


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

    @property
    def kind(self):
        return name_of_kind(self.subject_type)
