"""Pictures shown to the public, stored once by the hash of their pixels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """A re-encoded picture. Its files' addresses follow from ``digest`` and ``widths`` without touching storage."""

    digest = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField(_("lebar"))
    height = models.PositiveIntegerField(_("tinggi"))
    widths = models.JSONField(default=list, help_text=_("Lebar turunan yang tersedia."))
    colour = models.CharField(_("warna rata-rata"), max_length=7, default="#dddddd")
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("dibuat"))

    class Meta:
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")

    def __str__(self):
        return self.digest[:12]
