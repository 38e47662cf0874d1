"""Stand sales that their seller threw away because they could not be recorded: kept with the reason, for the count."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.desk import CashSignOff, Way


class StandDiscardQuerySet(models.QuerySet):
    def unsigned(self) -> "StandDiscardQuerySet":
        """Not yet told at a sign-off. One that was mended is no loss: the sale in its place is counted."""
        return self.filter(sign_off__isnull=True, replaced_by__isnull=True)


class StandDiscard(models.Model):
    """``key``, ``what`` and ``amount`` are what the device said; ``refusal`` is why the server had not taken it.

    ``replaced_by`` is the key of the sale that was made in its place. ``day`` is the WIB day of the sale.
    """

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="stand_discards", verbose_name=_("peserta")
    )
    key = models.UUIDField(_("kunci"))
    way = models.CharField(_("cara bayar"), max_length=10, choices=Way, blank=True)
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"))
    what = models.TextField(_("barang"), blank=True)
    refusal = models.CharField(_("mengapa tidak tercatat"), max_length=250, blank=True)
    reason = models.CharField(_("alasan dibuang"), max_length=250)
    replaced_by = models.UUIDField(_("diperbaiki menjadi"), null=True, blank=True)
    sold_at = models.DateTimeField(_("terjadi"))
    day = models.DateField(_("hari"))
    discarded_at = models.DateTimeField(_("dibuang"))
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh")
    )
    sign_off = models.ForeignKey(
        CashSignOff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="thrown_away",
        verbose_name=_("tutup kas"),
    )

    objects = StandDiscardQuerySet.as_manager()

    class Meta:
        verbose_name = _("penjualan yang dibuang")
        verbose_name_plural = _("penjualan yang dibuang")
        ordering = ["-discarded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "key"], name="stand_discard_once"),
            models.CheckConstraint(name="stand_discard_has_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["exhibitor", "day"], name="stand_discard_day")]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """What stands on the receipt that the buyer may hold."""
        return f"K-{self.key.hex[:8].upper()}"
