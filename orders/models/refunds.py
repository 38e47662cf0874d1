"""Money that was given back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.orders import Order, OrderLine


class Refund(models.Model):
    """Money given back by the exhibitor and recorded by them or by staff; posts reversals to the journal."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("pesanan"))
    key = models.CharField(max_length=64, unique=True)
    amount = models.PositiveBigIntegerField(_("harga barang (rupiah)"), default=0)
    extra_amount = models.PositiveBigIntegerField(
        _("di luar harga barang (rupiah)"), default=0, help_text=_("Ongkos kirim dan kode unik: tidak masuk jurnal.")
    )
    restocked = models.BooleanField(_("stok dikembalikan"), default=False)
    reason = models.CharField(_("alasan"), max_length=250)
    proof = models.CharField(
        max_length=200, blank=True, help_text=_("Bukti pengembalian: nama berkas di penyimpanan pribadi.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("oleh"),
    )
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("pengembalian dana")
        verbose_name_plural = _("pengembalian dana")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.order}: {self.amount}"

    @property
    def total(self) -> int:
        return self.amount + self.extra_amount


class RefundLine(models.Model):
    """The part of a refund that takes back one order line; its reversal in the journal has the same figures."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("baris pesanan")
    )
    quantity = models.PositiveIntegerField(_("jumlah"), default=0)
    amount = models.PositiveBigIntegerField(_("rupiah"))

    class Meta:
        verbose_name = _("baris pengembalian")
        verbose_name_plural = _("baris pengembalian")
        constraints = [models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once")]

    def __str__(self):
        return f"{self.refund}: {self.line}"
