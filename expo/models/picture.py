"""Pictures shown to the public, stored once by the hash of their pixels."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """A re-encoded picture. Its files' addresses follow from the row without touching storage.

    At upload ``folder`` gets the kept upload (``source``), a ``share.jpg`` and a small JPEG for lists (``plain``). A
    task adds the sizes that pages use and names them in ``widths`` (``expo/derivatives.py``): until then the JPEGs are
    shown."""

    digest = models.CharField(max_length=64, unique=True)
    folder = models.CharField(max_length=100, unique=True, help_text=_("Tempat berkasnya di penyimpanan."))
    source = models.CharField(max_length=20, default="full.jpg", help_text=_("Berkas asal semua ukuran."))
    width = models.PositiveIntegerField(_("lebar"))
    height = models.PositiveIntegerField(_("tinggi"))
    widths = models.JSONField(default=list, help_text=_("Lebar turunan yang tersedia."))
    plain = models.CharField(max_length=20, default="share.jpg", help_text=_("JPEG untuk daftar."))
    ground = models.CharField(_("warna dasar"), max_length=6, default="545454")
    looks = ArrayField(
        models.SmallIntegerField(), null=True, blank=True, help_text=_("Ukuran untuk saran foto; kosong: belum diukur.")
    )
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("dibuat"))
    recipe = models.PositiveSmallIntegerField(default=0, help_text=_("Resep yang membuat ukurannya; 0: belum ada."))
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")
        indexes = [models.Index(fields=["recipe", "id"], name="picture_recipe")]

    def __str__(self):
        return self.digest[:12]
