"""Vouchers of exhibitors and of editions, and what was taken with them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.orders import Order


class Benefit(models.TextChoices):
    PERCENT = "percent", _("Potongan persen")
    AMOUNT = "amount", _("Potongan rupiah")
    SHIPPING = "shipping", _("Gratis ongkos kirim")


class Voucher(models.Model):
    """A code that takes something off one order: its exhibitor pays for it, or the organiser of its edition.

    ``uses`` and ``spent`` (rupiah) are what open and paid orders have taken; both change only under the row's lock
    (``orders/domain/vouchers.py``), and the constraints hold whatever else happens.
    """

    code = models.CharField(_("kode"), max_length=24, unique=True)
    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="vouchers",
        verbose_name=_("peserta"),
    )
    edition = models.ForeignKey(
        "expo.Edition",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="vouchers",
        verbose_name=_("pameran"),
    )
    benefit = models.CharField(_("manfaat"), max_length=10, choices=Benefit, default=Benefit.PERCENT)
    value = models.PositiveBigIntegerField(
        _("besarnya"), default=0, help_text=_("Persen atau rupiah; untuk gratis ongkos kirim: 0.")
    )
    most = models.PositiveBigIntegerField(
        _("potongan paling banyak (rupiah)"), null=True, blank=True, help_text=_("Kosong: tanpa batas.")
    )
    minimum_spend = models.PositiveBigIntegerField(_("belanja minimum (rupiah)"), default=0)
    valid_from = models.DateTimeField(_("berlaku mulai"))
    valid_until = models.DateTimeField(_("berlaku sampai"))
    most_uses = models.PositiveIntegerField(
        _("dipakai paling banyak (kali)"), null=True, blank=True, help_text=_("Kosong: tanpa batas.")
    )
    uses_per_buyer = models.PositiveSmallIntegerField(
        _("paling banyak per pembeli (kali)"), null=True, blank=True, default=1, help_text=_("Kosong: tanpa batas.")
    )
    budget = models.PositiveBigIntegerField(
        _("anggaran (rupiah)"), null=True, blank=True, help_text=_("Kosong: tanpa batas.")
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    uses = models.PositiveIntegerField(_("sudah dipakai (kali)"), default=0, editable=False)
    spent = models.PositiveBigIntegerField(_("anggaran terpakai (rupiah)"), default=0, editable=False)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibuat oleh"),
    )

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("voucher")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="voucher_is_somebodys",
                condition=Q(exhibitor__isnull=False, edition__isnull=True)
                | Q(exhibitor__isnull=True, edition__isnull=False),
                violation_error_message=_("Voucher milik satu peserta atau satu pameran."),
            ),
            models.CheckConstraint(
                name="voucher_benefit_has_value",
                condition=Q(benefit="percent", value__range=(1, 100))
                | Q(benefit="amount", value__gte=1)
                | Q(benefit="shipping", value=0),
                violation_error_message=_("Isi persen 1–100, rupiah lebih dari nol, atau 0 untuk gratis ongkos kirim."),
            ),
            models.CheckConstraint(
                name="voucher_period",
                condition=Q(valid_until__gt=F("valid_from")),
                violation_error_message=_("Masa berlaku harus berakhir setelah dimulai."),
            ),
            models.CheckConstraint(
                name="voucher_uses_within", condition=Q(most_uses__isnull=True) | Q(uses__lte=F("most_uses"))
            ),
            models.CheckConstraint(
                name="voucher_budget_within", condition=Q(budget__isnull=True) | Q(spent__lte=F("budget"))
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def budget_left(self) -> int | None:
        return None if self.budget is None else self.budget - self.spent


class VoucherUse(models.Model):
    """What one order took with a voucher, in rupiah; given back when ``returned_at`` is set."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="taken", verbose_name=_("voucher"))
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="voucher_use", verbose_name=_("pesanan"))
    buyer_phone = models.CharField(_("telepon"), max_length=20)
    amount = models.PositiveBigIntegerField(_("potongan (rupiah)"))
    at = models.DateTimeField(_("dipakai pada"))
    returned_at = models.DateTimeField(_("dikembalikan pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("pemakaian voucher")
        verbose_name_plural = _("pemakaian voucher")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["voucher", "buyer_phone"], name="voucher_by_buyer", condition=Q(returned_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.voucher} · {self.order}"
