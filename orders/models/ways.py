"""How an exhibitor is paid: what it has switched on, and its QRIS codes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.slow_changes import ALIVE, ChangeState, SlowChange, SlowChangeQuerySet, change_constraints

QrisState = ChangeState


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


class QrisQuerySet(SlowChangeQuerySet):
    def suspicious(self) -> "QrisQuerySet":
        """Codes whose merchant number another exhibitor's code has, too, and that staff have not judged yet."""
        twin = QrisCode.objects.filter(nmid=models.OuterRef("nmid"), state__in=ALIVE).exclude(
            exhibitor=models.OuterRef("exhibitor")
        )
        return self.filter(models.Exists(twin), state__in=ALIVE, cleared_at__isnull=True)


class QrisCode(SlowChange):
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
                fields=["exhibitor", "-active_from"], name="qris_in_use", condition=Q(state=ChangeState.CONFIRMED)
            ),
        ]
        constraints = change_constraints("qris")

    def __str__(self):
        return f"{self.merchant_name} ({self.nmid})"
