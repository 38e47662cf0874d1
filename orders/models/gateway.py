"""Exhibitors' merchant accounts at a gateway, what was asked of it, and everything it ever said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.triggers import RefuseRows, RefuseTruncate
from orders.gateway.reports import Outcome

LIVE = ["new", "pending", "challenged", "denied"]
"""A charge that may still be paid; also after a denial, as the buyer may try another card on the same page."""


class GatewayAccount(models.Model):
    """``token`` is part of the address that notifications come to. The key is sealed, see orders/gateway/keys.py."""

    exhibitor = models.OneToOneField(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="gateway_account", verbose_name=_("peserta")
    )
    token = models.CharField(max_length=43, unique=True)
    sealed_key = models.TextField()
    key_end = models.CharField(_("akhir kunci"), max_length=4)
    is_production = models.BooleanField(_("sungguhan (bukan uji coba)"), default=True)
    is_active = models.BooleanField(_("dipakai"), default=True)
    changed_at = models.DateTimeField(_("diubah"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("diubah oleh")
    )

    class Meta:
        verbose_name = _("akun Midtrans")
        verbose_name_plural = _("akun Midtrans")

    def __str__(self):
        return f"{self.exhibitor}"


class GatewayCharge(models.Model):
    """One payment page. ``reference`` is its order_id at the gateway; a payment has at most one live charge."""

    account = models.ForeignKey(GatewayAccount, on_delete=models.PROTECT, related_name="charges")
    payment = models.ForeignKey(
        "orders.Payment", on_delete=models.PROTECT, related_name="charges", verbose_name=_("pembayaran")
    )
    reference = models.CharField(_("acuan"), max_length=50, unique=True)
    amount = models.PositiveBigIntegerField(_("rupiah"))
    outcome = models.CharField(_("status"), max_length=10, choices=Outcome, default=Outcome.NEW)
    status = models.CharField(_("kata Midtrans"), max_length=30, blank=True)
    page_token = models.CharField(max_length=100, blank=True)
    page_url = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(_("dibuat"))
    ask_at = models.DateTimeField(_("ditanyakan lagi"), null=True, blank=True)
    asked = models.PositiveSmallIntegerField(_("kali ditanyakan"), default=0)
    paid_at = models.DateTimeField(_("dibayar"), null=True, blank=True)
    problem = models.CharField(_("masalah"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("tagihan Midtrans")
        verbose_name_plural = _("tagihan Midtrans")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["ask_at"], name="charge_to_ask", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["created_at"], name="charge_problem", condition=~Q(problem="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["payment"], condition=Q(outcome__in=LIVE), name="charge_one_lives"),
        ]

    def __str__(self):
        return self.reference


class GatewayNotification(models.Model):
    """What the gateway said, word for word. Rows are never changed nor deleted: triggers refuse it."""

    account = models.ForeignKey(GatewayAccount, on_delete=models.PROTECT, related_name="notifications")
    charge = models.ForeignKey(
        GatewayCharge, on_delete=models.PROTECT, null=True, related_name="notifications", verbose_name=_("tagihan")
    )
    was_asked = models.BooleanField(_("jawaban atas pertanyaan kami"), default=False)
    is_trusted = models.BooleanField(_("tanda tangan benar"))
    body = models.TextField(_("isi"))
    received_at = models.DateTimeField(_("diterima"))

    class Meta:
        verbose_name = _("pemberitahuan Midtrans")
        verbose_name_plural = _("pemberitahuan Midtrans")
        ordering = ["-received_at", "-pk"]
        triggers = [RefuseRows(name="heard_once"), RefuseTruncate(name="heard_whole")]

    def __str__(self):
        return f"{self.charge} {self.received_at:%Y-%m-%d %H:%M}"
