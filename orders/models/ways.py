"""How an exhibitor is paid: what it has switched on, and its QRIS codes."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PaymentSettings(models.Model):
    """What the exhibitor decided about its ways to be paid. Without a row the defaults below hold."""

    exhibitor = models.OneToOneField(
        "exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="payment_settings", verbose_name=_("peserta")
    )
    takes_cash = models.BooleanField(_("terima tunai saat barang diambil di stan"), default=False)
    cash_hours = models.PositiveSmallIntegerField(
        _("simpan barang paling lama (jam)"),
        default=24,
        help_text=_("Setelah itu, atau saat pameran ditutup, barang dijual kembali."),
    )
    embeds_amount = models.BooleanField(
        _("cantumkan jumlah di dalam QRIS"),
        default=False,
        help_text=_("Pembeli tidak perlu mengetik jumlahnya. Coba dahulu dengan aplikasi Anda sendiri."),
    )

    class Meta:
        verbose_name = _("pengaturan pembayaran")
        verbose_name_plural = _("pengaturan pembayaran")
        constraints = [
            models.CheckConstraint(name="cash_hours_within_a_week", condition=Q(cash_hours__gte=1, cash_hours__lte=168))
        ]

    def __str__(self):
        return f"{self.exhibitor}"


class QrisState(models.TextChoices):
    WAITING = "waiting", _("Menunggu konfirmasi lewat surel")
    CONFIRMED = "confirmed", _("Dikonfirmasi")
    WITHDRAWN = "withdrawn", _("Ditarik")
    BLOCKED = "blocked", _("Diblokir petugas")


class QrisQuerySet(models.QuerySet):
    def in_use(self, now: dt.datetime) -> "QrisQuerySet":
        """Confirmed and past their cool-down, newest first: the first of an exhibitor is what buyers see."""
        return self.filter(state=QrisState.CONFIRMED, active_from__lte=now).order_by("-active_from", "-pk")

    def suspicious(self) -> "QrisQuerySet":
        """Codes whose merchant number another exhibitor's code has, too, and that staff have not judged yet."""
        alive = [QrisState.WAITING, QrisState.CONFIRMED]
        twin = QrisCode.objects.filter(nmid=models.OuterRef("nmid"), state__in=alive).exclude(
            exhibitor=models.OuterRef("exhibitor")
        )
        return self.filter(models.Exists(twin), state__in=alive, cleared_at__isnull=True)


class QrisCode(models.Model):
    """A static QRIS code as its owner gave it. Rows are kept: they say whom buyers paid on which day."""

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="qris_codes", verbose_name=_("peserta")
    )
    text = models.CharField(_("isi kode"), max_length=512)
    nmid = models.CharField(_("NMID"), max_length=20)
    merchant_name = models.CharField(_("nama merchant"), max_length=99)
    merchant_city = models.CharField(_("kota merchant"), max_length=99)
    name_resemblance = models.PositiveSmallIntegerField(_("kemiripan nama (%)"))
    city_resemblance = models.PositiveSmallIntegerField(_("kemiripan kota (%)"))
    state = models.CharField(_("status"), max_length=10, choices=QrisState, default=QrisState.WAITING)
    confirmation = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 dari tautan konfirmasi."))
    added_at = models.DateTimeField(_("diunggah"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    confirmed_at = models.DateTimeField(_("dikonfirmasi"), null=True, blank=True)
    active_from = models.DateTimeField(_("dipakai mulai"), null=True, blank=True)
    ended_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diakhiri oleh"),
    )
    reason = models.CharField(_("alasan"), max_length=250, blank=True)
    cleared_at = models.DateTimeField(_("NMID kembar diperiksa"), null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )

    objects = QrisQuerySet.as_manager()

    class Meta:
        verbose_name = _("kode QRIS")
        verbose_name_plural = _("kode QRIS")
        ordering = ["-added_at", "-pk"]
        indexes = [
            models.Index(fields=["nmid"], name="qris_nmid"),
            models.Index(
                fields=["exhibitor", "-active_from"], name="qris_in_use", condition=Q(state=QrisState.CONFIRMED)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor"], condition=Q(state=QrisState.WAITING), name="qris_one_waits_per_exhibitor"
            ),
            models.UniqueConstraint(
                fields=["confirmation"], condition=~Q(confirmation=""), name="qris_confirmation_once"
            ),
            models.CheckConstraint(
                name="qris_confirmed_has_moments",
                condition=~Q(state=QrisState.CONFIRMED)
                | Q(confirmed_at__isnull=False, active_from__isnull=False, ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="qris_ended_has_moment",
                condition=Q(state__in=[QrisState.WITHDRAWN, QrisState.BLOCKED], ended_at__isnull=False)
                | (~Q(state__in=[QrisState.WITHDRAWN, QrisState.BLOCKED]) & Q(ended_at__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.merchant_name} ({self.nmid})"

    @property
    def active_minute(self) -> dt.datetime | None:
        return self.active_from.replace(second=0, microsecond=0) if self.active_from else None
