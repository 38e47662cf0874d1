"""Indonesia's official regions (Kepmendagri codes), as loaded by ``manage.py load_regions``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    PROVINCE = "province", _("Provinsi")
    REGENCY = "regency", _("Kabupaten/kota")
    DISTRICT = "district", _("Kecamatan")


class Region(models.Model):
    """A region by its dotted official code: ``33`` (province), ``33.73`` (regency), ``33.73.01`` (district)."""

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.CharField(_("tingkat"), max_length=10, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("bagian dari")
    )

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "name"], name="region_level_name")]

    def __str__(self):
        return self.name


class Village(models.Model):
    """A desa or kelurahan by its official code (``33.73.01.1001``), with its postcode."""

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    district = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="villages", verbose_name=_("kecamatan"))
    postcode = models.CharField(_("kode pos"), max_length=5, blank=True, db_index=True)

    class Meta:
        verbose_name = _("desa atau kelurahan")
        verbose_name_plural = _("desa dan kelurahan")
        ordering = ["code"]

    def __str__(self):
        return self.name


class RegionVintage(models.Model):
    """Which release of the region data was loaded, and when."""

    source = models.CharField(_("sumber"), max_length=200)
    version = models.CharField(_("versi"), max_length=40)
    regulation = models.CharField(_("dasar"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("jumlah baris"))
    loaded_at = models.DateTimeField(_("dimuat"), auto_now_add=True)

    class Meta:
        verbose_name = _("versi data wilayah")
        verbose_name_plural = _("versi data wilayah")
        ordering = ["-loaded_at"]

    def __str__(self):
        return f"{self.source} {self.version}"
