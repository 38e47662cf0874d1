"""Goods that a buyer brought back to the stand: which pieces, why, and how the money was given back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.desk import CashSignOff, StandLine, StandSale, Way


class StandReturnQuerySet(models.QuerySet):
    def unsigned(self) -> "StandReturnQuerySet":
        """Not yet part of a count of the drawer."""
        return self.filter(sign_off__isnull=True)


class StandReturn(models.Model):
    """``key`` comes from the form: the same form sent again is the same return. ``day`` is the WIB day of ``at``.

    ``sign_off`` counted the drawer from which the money was taken; the journal knows of it at once.
    """

    sale = models.ForeignKey(StandSale, on_delete=models.PROTECT, related_name="returns", verbose_name=_("penjualan"))
    key = models.UUIDField(_("kunci"), unique=True)
    way = models.CharField(_("uang dikembalikan lewat"), max_length=10, choices=Way)
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"))
    reason = models.CharField(_("alasan"), max_length=250)
    restocked = models.BooleanField(_("masuk stok lagi"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"))
    day = models.DateField(_("hari"))
    sign_off = models.ForeignKey(
        CashSignOff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returns",
        verbose_name=_("tutup kas"),
    )

    objects = StandReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("barang kembali di stan")
        verbose_name_plural = _("barang kembali di stan")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="stand_return_has_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="stand_return_has_reason", condition=~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["day"], name="stand_return_unsigned", condition=Q(sign_off__isnull=True)),
        ]

    def __str__(self):
        return f"{self.sale}: {self.reason}"


class StandReturnLine(models.Model):
    """``restocked`` pieces of the line went back into the stock: never more than had come out of it."""

    back = models.ForeignKey(
        StandReturn, on_delete=models.CASCADE, related_name="lines", verbose_name=_("barang kembali")
    )
    line = models.ForeignKey(StandLine, on_delete=models.PROTECT, related_name="returns", verbose_name=_("barang"))
    quantity = models.PositiveIntegerField(_("jumlah"))
    restocked = models.PositiveIntegerField(_("masuk stok lagi"), default=0)

    class Meta:
        verbose_name = _("baris barang kembali")
        verbose_name_plural = _("baris barang kembali")
        constraints = [
            models.UniqueConstraint(fields=["back", "line"], name="stand_return_line_once"),
            models.CheckConstraint(
                name="stand_return_line_within",
                condition=Q(quantity__gte=1) & Q(restocked__lte=F("quantity")),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.line.name}"
