"""Products standing in booths."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog import selling
from catalog.models.products import Product


class PlacementQuerySet(models.QuerySet):
    def shown_at(self, moment: dt.datetime) -> "PlacementQuerySet":
        return self.filter(selling.shown_at(moment))

    def buyable_at(self, moment: dt.datetime) -> "PlacementQuerySet":
        return self.filter(selling.buyable_at(moment))

    def with_payable(self, moment: dt.datetime) -> "PlacementQuerySet":
        """Each with ``is_payable``, so that asking what can be bought costs no query of its own."""
        return self.annotate(is_payable=selling.payable_at(moment))


class SaleBy(models.TextChoices):
    EXHIBITOR = "exhibitor", pgettext_lazy("satu", "Peserta")
    EDITION = "edition", _("Penyelenggara")


class Placement(models.Model):
    """A product standing in a booth from ``shown_from`` until ``shown_until`` (None: still there).

    The booth from which a product is put into the cart decides which edition its sale is credited to.
    """

    booth = models.ForeignKey(
        "exhibitors.Booth", on_delete=models.PROTECT, related_name="placements", verbose_name=_("stan")
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="placements", verbose_name=_("produk"))
    shown_from = models.DateTimeField(_("dipajang sejak"))
    shown_until = models.DateTimeField(_("dipajang sampai"), null=True, blank=True)
    sale_percent = models.PositiveSmallIntegerField(_("potongan harga (%)"), default=0)
    sale_from = models.DateTimeField(_("potongan mulai"), null=True, blank=True)
    sale_until = models.DateTimeField(_("potongan sampai"), null=True, blank=True)
    sale_by = models.CharField(_("potongan dari"), max_length=10, choices=SaleBy, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("pajangan")
        verbose_name_plural = _("pajangan")
        indexes = [models.Index(fields=["product"], name="placement_on_sale", condition=Q(sale_percent__gt=0))]
        constraints = [
            models.UniqueConstraint(fields=["booth", "product"], name="placement_once"),
            models.CheckConstraint(
                name="placement_sale_is_whole",
                condition=Q(sale_percent=0, sale_from__isnull=True, sale_until__isnull=True, sale_by="")
                | Q(
                    sale_percent__range=(1, 90),
                    sale_from__isnull=False,
                    sale_until__gt=models.F("sale_from"),
                    sale_by__in=["exhibitor", "edition"],
                ),
            ),
        ]

    def __str__(self):
        return f"{self.product} @ {self.booth}"

    def is_payable_at(self, moment: dt.datetime) -> bool:
        """Whether its seller can be paid; known from the query that loaded it, or asked for now."""
        known = vars(self).get("is_payable")
        return Placement.objects.filter(selling.payable_at(moment), pk=self.pk).exists() if known is None else known

    def availability_at(self, moment: dt.datetime) -> selling.Availability:
        return selling.availability(self, moment)
