"""An exhibitor's own table of shipping: services of couriers, zones of each, fees by weight."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ANY_WEIGHT = 2_000_000_000
"""Grams: the last step of a zone that takes parcels of any weight."""


class ShippingService(models.Model):
    """One way in which an exhibitor sends parcels, as buyers choose it: "JNE Reguler", "Kurir toko"."""

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="shipping_services", verbose_name=_("peserta")
    )
    name = models.CharField(_("nama kurir atau layanan"), max_length=60)
    duration = models.CharField(_("lama pengiriman"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("dipakai"), default=True)

    zones_at_hand: "list[ShippingZone]"
    """Its zones, where ``read_tables`` read it."""

    class Meta:
        verbose_name = _("layanan kirim")
        verbose_name_plural = _("layanan kirim")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "name"],
                name="shipping_service_once",
                violation_error_message=_("Layanan dengan nama ini sudah ada."),
            )
        ]

    def __str__(self):
        return self.name


class Reach(models.TextChoices):
    """Where a zone lies; the more exact one wins."""

    REGENCY = "regency", _("Satu kabupaten atau kota")
    PROVINCE = "province", _("Satu provinsi")
    HOME = "home", _("Seluruh Indonesia")
    COUNTRY = "country", _("Satu negara lain")
    ABROAD = "abroad", _("Seluruh luar negeri")


class ShippingZone(models.Model):
    """Fees of one service to one area: ``fees[i]`` rupiah for parcels of up to ``weights[i]`` grams.

    ``to_confirm``: no fees; the exhibitor names one after the order. From ``free_from`` rupiah of goods on it is free.
    """

    service = models.ForeignKey(
        ShippingService, on_delete=models.CASCADE, related_name="zones", verbose_name=_("layanan kirim")
    )
    reach = models.CharField(_("jangkauan"), max_length=10, choices=Reach, default=Reach.HOME)
    region = models.ForeignKey(
        "expo.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah")
    )
    country = models.CharField(_("negara"), max_length=2, blank=True)
    to_confirm = models.BooleanField(_("ongkos dikonfirmasi setelah pesanan"), default=False)
    free_from = models.PositiveBigIntegerField(_("gratis mulai belanja (rupiah)"), null=True, blank=True)
    weights = ArrayField(models.PositiveIntegerField(), default=list, blank=True, verbose_name=_("berat (gram)"))
    fees = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True, verbose_name=_("ongkos (rupiah)"))

    class Meta:
        verbose_name = _("zona kirim")
        verbose_name_plural = _("zona kirim")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "reach", "region", "country"],
                name="shipping_zone_once",
                nulls_distinct=False,
                violation_error_message=_("Wilayah ini sudah ada di layanan yang sama."),
            ),
            models.CheckConstraint(
                name="shipping_zone_reaches_somewhere",
                condition=Q(reach__in=["regency", "province"], region__isnull=False, country="")
                | Q(reach="country", region__isnull=True) & ~Q(country="") & ~Q(country="ID")
                | Q(reach__in=["home", "abroad"], region__isnull=True, country=""),
            ),
            models.CheckConstraint(
                name="shipping_zone_fee_for_each_weight",
                condition=Q(to_confirm=True, weights__len=0, fees__len=0)
                | Q(to_confirm=False, weights__len__gte=1, fees__len=F("weights__len")),
            ),
        ]

    def __str__(self):
        return f"{self.service} {self.reach}"
