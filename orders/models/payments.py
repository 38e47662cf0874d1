"""Payments of orders and the proofs that were shown for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.models import Evidence
from orders.models.orders import Order
from orders.models.querysets import Purpose
from orders.states import PaymentState


class Method(models.TextChoices):
    TRANSFER = "transfer", _("Transfer bank")
    QRIS = "qris", _("QRIS")
    GATEWAY = "gateway", _("Pembayaran otomatis")
    CASH = "cash", _("Tunai di stan")


class Payment(models.Model):
    """What an order asks of its buyer, straight to the exhibitor; the account is frozen as the buyer saw it.

    An order has one payment for everything, or a deposit and then its balance. ``is_current`` marks the one that is
    due now or was the last.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments", verbose_name=_("pesanan"))
    purpose = models.CharField(_("untuk"), max_length=10, choices=Purpose, default=Purpose.FULL)
    method = models.CharField(_("cara"), max_length=10, choices=Method, default=Method.TRANSFER)
    is_current = models.BooleanField(_("yang berlaku"), default=True)
    state = models.CharField(_("status"), max_length=16, choices=PaymentState, default=PaymentState.PENDING)
    amount = models.PositiveBigIntegerField(_("jumlah transfer"))
    unique_code = models.PositiveSmallIntegerField(_("kode unik"))
    account_key = models.CharField(max_length=100, blank=True, help_text=_("Bank dan nomor rekening tujuan."))
    bank_name = models.CharField(_("bank"), max_length=60, blank=True)
    account_number = models.CharField(_("nomor rekening"), max_length=30, blank=True)
    account_holder = models.CharField(_("atas nama"), max_length=120, blank=True)
    qris = models.ForeignKey(
        "orders.QrisCode",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kode QRIS"),
    )
    qris_text = models.CharField(max_length=512, blank=True, help_text=_("Isi QRIS seperti yang dilihat pembeli."))
    is_open = models.BooleanField(default=True, verbose_name=_("masih terbuka"))
    claimed_at = models.DateTimeField(_("pembeli menyatakan sudah membayar"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("diingatkan"), null=True, blank=True)
    proof_at = models.DateTimeField(_("bukti terakhir diunggah"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("dikonfirmasi"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dikonfirmasi oleh"),
    )
    rejection = models.CharField(_("alasan penolakan"), max_length=250, blank=True)
    evidence = models.CharField(_("bukti"), max_length=1, choices=Evidence, blank=True)
    undone = models.PositiveSmallIntegerField(
        default=0, help_text=_("Berapa kali penerimaan pembayaran ini dibatalkan; bagian dari kuncinya di jurnal.")
    )

    class Meta:
        verbose_name = _("pembayaran")
        verbose_name_plural = _("pembayaran")
        indexes = [models.Index(fields=["proof_at"], name="payment_waiting", condition=Q(state="proof_submitted"))]
        constraints = [
            models.UniqueConstraint(fields=["order", "purpose"], name="payment_once_per_purpose"),
            models.UniqueConstraint(fields=["order"], condition=Q(is_current=True), name="payment_one_is_current"),
            models.UniqueConstraint(
                fields=["account_key", "unique_code"],
                condition=Q(is_open=True) & Q(unique_code__gt=0),
                name="payment_code_once_among_open",
            ),
            models.CheckConstraint(
                name="payment_confirmed_by_and_at",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                | Q(confirmed_at__isnull=False, method="gateway"),
            ),
            models.CheckConstraint(
                name="payment_confirmed_has_moment",
                condition=Q(state__in=["confirmed", "refunded"], confirmed_at__isnull=False)
                | (~Q(state__in=["confirmed", "refunded"]) & Q(confirmed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="payment_qris_has_code",
                condition=Q(method="qris", qris__isnull=False) & ~Q(qris_text="")
                | (~Q(method="qris") & Q(qris__isnull=True, qris_text="")),
            ),
            models.CheckConstraint(
                name="payment_settled_is_closed",
                condition=~Q(state__in=["confirmed", "refunded"]) | Q(is_open=False),
            ),
        ]

    def __str__(self):
        return f"{self.order}: {self.amount}"


class Proof(models.Model):
    """A photo of a transfer. Each upload is kept; ``file`` is its name in the private storage."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="proofs", verbose_name=_("pembayaran"))
    file = models.CharField(max_length=200)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kosong: diunggah pembeli."),
        verbose_name=_("oleh"),
    )
    at = models.DateTimeField(_("diunggah"))

    class Meta:
        verbose_name = _("bukti transfer")
        verbose_name_plural = _("bukti transfer")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.payment} {self.at:%Y-%m-%d %H:%M}"
