"""Booths: the place of an exhibitor in an edition."""

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitors import Exhibitor


class Booth(models.Model):
    """An exhibitor's place in one edition, for good: its visits are counted there.

    ``column`` and ``row`` are its place on the hall's floor plan; ``opened_at`` is when it was given, None where nobody
    noted it.
    """

    edition = models.ForeignKey(
        "expo.Edition", on_delete=models.PROTECT, related_name="booths", verbose_name=_("pameran")
    )
    hall = models.ForeignKey("expo.Hall", on_delete=models.PROTECT, related_name="booths", verbose_name=_("aula"))
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.PROTECT, related_name="booths", verbose_name=_("peserta"))
    slug = models.SlugField(_("alamat"), max_length=80)
    number = models.CharField(_("nomor stan"), max_length=8)
    column = models.PositiveSmallIntegerField(_("kolom"), default=0)
    row = models.PositiveSmallIntegerField(_("baris"), default=0)
    is_open = models.BooleanField(_("buka"), default=True)
    opened_at = models.DateTimeField(_("diberikan"), auto_now_add=True, null=True)

    class Meta:
        verbose_name = _("stan")
        verbose_name_plural = _("stan")
        ordering = ["hall", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "exhibitor"], name="booth_once_per_edition"),
            models.UniqueConstraint(fields=["edition", "slug"], name="booth_slug_once_per_edition"),
            models.UniqueConstraint(fields=["edition", "number"], name="booth_number_once_per_edition"),
        ]

        triggers = [pgtrigger.ReadOnly(name="booth_stays", fields=["edition", "exhibitor"])]

    def __str__(self):
        return f"{self.number} {self.exhibitor}"

    def get_absolute_url(self):
        return reverse("catalog:booth", args=[self.edition.slug, self.slug])
