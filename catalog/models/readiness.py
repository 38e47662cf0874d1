"""What exhibitors say about their readiness for markets, and where they stand."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReadinessMark(models.Model):
    """Its people say that they have what the system cannot see ("sudah punya"); ``requirement`` is a key of
    ``catalog/readiness/markets.py``."""

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="readiness_marks", verbose_name=_("peserta")
    )
    requirement = models.CharField(_("syarat"), max_length=30)
    marked_at = models.DateTimeField(_("ditandai"), auto_now_add=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("ditandai oleh")
    )

    class Meta:
        verbose_name = _("tanda kesiapan")
        verbose_name_plural = _("tanda kesiapan")
        ordering = ["requirement"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "requirement"], name="readiness_mark_once"),
        ]

    def __str__(self):
        return self.requirement


class MarketStanding(models.Model):
    """How far an exhibitor is for a market, as of ``computed_at`` (``catalog/readiness/standing.py``)."""

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="standings", verbose_name=_("peserta")
    )
    market = models.CharField(_("pasar"), max_length=20)
    met = models.PositiveSmallIntegerField(_("terpenuhi"))
    total = models.PositiveSmallIntegerField(_("syarat"))
    ready_products = models.PositiveIntegerField(_("produk siap"))
    is_ready = models.BooleanField(_("siap"))
    missing = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("belum ada"))
    valid_until = models.DateField(_("berlaku sampai"), null=True)
    version = models.CharField(_("versi syarat"), max_length=20)
    computed_at = models.DateTimeField(_("dihitung"))

    class Meta:
        verbose_name = _("kesiapan pasar")
        verbose_name_plural = _("kesiapan pasar")
        ordering = ["exhibitor", "market"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "market"], name="market_standing_once")]
        indexes = [
            models.Index(fields=["computed_at"], name="market_standing_oldest"),
            models.Index(fields=["market", "exhibitor"], name="market_standing_ready", condition=Q(is_ready=True)),
        ]

    def __str__(self):
        return f"{self.market} {self.met}/{self.total}"
