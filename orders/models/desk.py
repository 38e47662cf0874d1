"""The cash desk of a stand: what was sold there, line by line, and the day's count of the drawer."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from expo.formats import tanggal


class Way(models.TextChoices):
    """How the buyer paid at the stand."""

    CASH = "cash", _("Tunai")
    QRIS = "qris", _("QRIS")
    TRANSFER = "transfer", _("Transfer")


class CashSignOff(models.Model):
    """Somebody of the exhibitor counted the drawer for a WIB day, and the day's sales became stand receipts.

    ``amount`` is the cash that the sales ask for, of orders fetched at the stand and of the cash desk; ``other`` what
    came by QRIS and transfer. ``returned`` and ``other_returned`` were given back that day for goods that came back,
    whenever they were sold. ``discards`` were thrown away because they could not be recorded, and count nowhere. A day
    is signed again when sales of it arrive later.
    """

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="cash_sign_offs", verbose_name=_("peserta")
    )
    day = models.DateField(_("hari"))
    count = models.PositiveIntegerField(_("penjualan tunai"))
    amount = models.PositiveBigIntegerField(_("tunai menurut penjualan (rupiah)"))
    opening = models.PositiveBigIntegerField(_("modal awal (rupiah)"), default=0)
    counted = models.PositiveBigIntegerField(_("isi laci yang dihitung (rupiah)"))
    other_count = models.PositiveIntegerField(_("penjualan QRIS dan transfer"), default=0)
    other = models.PositiveBigIntegerField(_("QRIS dan transfer (rupiah)"), default=0)
    returned = models.PositiveBigIntegerField(_("tunai dikembalikan (rupiah)"), default=0)
    other_returned = models.PositiveBigIntegerField(_("QRIS dan transfer dikembalikan (rupiah)"), default=0)
    discards = models.PositiveIntegerField(_("penjualan dibuang"), default=0)
    discarded = models.PositiveBigIntegerField(_("jumlah yang dibuang (rupiah)"), default=0)
    note = models.CharField(_("keterangan selisih"), max_length=250, blank=True)
    signed_at = models.DateTimeField(_("ditutup"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh")
    )

    class Meta:
        verbose_name = _("tutup kas")
        verbose_name_plural = _("tutup kas")
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sign_off_difference_is_explained",
                condition=Q(counted=F("opening") + F("amount") - F("returned")) | ~Q(note=""),
            )
        ]
        indexes = [models.Index(fields=["exhibitor", "-day"], name="sign_off_day")]

    def __str__(self):
        return f"{self.exhibitor}, {tanggal(self.day)}"

    @property
    def difference(self) -> int:
        """Rupiah too many (+) or missing (-) in the drawer."""
        return self.counted - self.opening - self.amount + self.returned

    @property
    def total(self) -> int:
        """Rupiah of turnover that the day brought: sales less what was given back."""
        return self.amount + self.other - self.all_returned

    @property
    def all_returned(self) -> int:
        return self.returned + self.other_returned


class StandSaleQuerySet(models.QuerySet):
    def unsigned(self) -> "StandSaleQuerySet":
        """Claims that wait for their day's sign-off."""
        return self.filter(sign_off__isnull=True, voided_at__isnull=True)


class StandSale(models.Model):
    """One sale at the stand. ``key`` is made by the device: the same key sent again is the same sale.

    ``device_at`` and ``sent_at`` are what the device's clock said at the sale and when it was sent; ``occurred_at``
    is what the rule makes of them (``orders/cashdesk/clock.py``), and decides ``day`` (WIB), edition and phase.
    """

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="stand_sales", verbose_name=_("peserta")
    )
    key = models.UUIDField(_("kunci"))
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 dari isi penjualan."))
    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"))
    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.PROTECT, related_name="+", verbose_name=_("stan"))
    way = models.CharField(_("cara bayar"), max_length=10, choices=Way)
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"))
    given = models.PositiveBigIntegerField(_("uang diterima (rupiah)"), null=True, blank=True)
    sold_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("dijual oleh")
    )
    device_at = models.DateTimeField(_("jam perangkat saat menjual"))
    sent_at = models.DateTimeField(_("jam perangkat saat mengirim"))
    received_at = models.DateTimeField(_("diterima server"))
    occurred_at = models.DateTimeField(_("terjadi"))
    is_doubtful = models.BooleanField(
        _("jam perangkat diragukan"), default=False, help_text=_("Waktunya diambil dari saat diterima.")
    )
    day = models.DateField(_("hari"))
    sign_off = models.ForeignKey(
        CashSignOff, on_delete=models.PROTECT, null=True, blank=True, related_name="sales", verbose_name=_("tutup kas")
    )
    voided_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dibatalkan oleh"),
    )
    void_reason = models.CharField(_("alasan"), max_length=250, blank=True)

    objects = StandSaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("penjualan di stan")
        verbose_name_plural = _("penjualan di stan")
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "key"], name="stand_sale_once"),
            models.CheckConstraint(name="stand_sale_has_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="stand_sale_given_is_enough",
                condition=Q(given__isnull=True) | Q(way="cash", given__gte=F("amount")),
            ),
            models.CheckConstraint(name="stand_sale_not_ahead", condition=Q(occurred_at__lte=F("received_at"))),
            models.CheckConstraint(
                name="stand_sale_void_is_whole",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["exhibitor", "-occurred_at"], name="stand_sale_latest"),
            models.Index(
                fields=["exhibitor", "day"],
                name="stand_sale_unsigned",
                condition=Q(sign_off__isnull=True, voided_at__isnull=True),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("orders:desk-sale", args=[self.pk])

    @property
    def number(self) -> str:
        """What stands on the receipt; the device knows it before the server does."""
        return f"K-{self.key.hex[:8].upper()}"

    @property
    def change(self) -> int:
        """Rupiah handed back to the buyer."""
        return self.given - self.amount if self.given else 0

    @property
    def minute(self) -> dt.datetime:
        return self.occurred_at.replace(second=0, microsecond=0)


class StandLineQuerySet(models.QuerySet):
    def conflicts(self) -> "StandLineQuerySet":
        """Pieces that left the stand though the stock had no more of them, and that nobody has looked at yet."""
        return self.filter(short__gt=0, settled_at__isnull=True)


class StandLine(models.Model):
    """Goods of a stand sale, or a free amount (without a product). Names and category are frozen.

    ``taken`` pieces came out of the stock that the web shop sells from; ``short`` ones were not in it any more.
    ``returned`` ones were brought back later (``StandReturnLine``).
    """

    sale = models.ForeignKey(StandSale, on_delete=models.CASCADE, related_name="lines", verbose_name=_("penjualan"))
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("produk")
    )
    variant = models.ForeignKey(
        "catalog.Variant", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("varian")
    )
    name = models.CharField(_("barang"), max_length=120)
    variant_label = models.CharField(_("varian"), max_length=60, blank=True)
    category_code = models.CharField(max_length=60)
    category_label = models.CharField(_("kategori"), max_length=80)
    list_price = models.PositiveBigIntegerField(_("harga di etalase"), null=True, blank=True)
    unit_price = models.PositiveBigIntegerField(_("harga satuan"))
    quantity = models.PositiveIntegerField(_("jumlah"))
    taken = models.PositiveIntegerField(_("diambil dari stok"), default=0)
    short = models.PositiveIntegerField(_("kurang stok"), default=0)
    returned = models.PositiveIntegerField(_("dikembalikan"), default=0)
    settled_at = models.DateTimeField(_("diselesaikan"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diselesaikan oleh"),
    )
    settlement = models.CharField(_("penyelesaian"), max_length=250, blank=True)

    objects = StandLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("baris penjualan di stan")
        verbose_name_plural = _("baris penjualan di stan")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="stand_line_has_pieces", condition=Q(quantity__gte=1)),
            models.CheckConstraint(name="stand_line_returned_within", condition=Q(returned__lte=F("quantity"))),
            models.CheckConstraint(
                name="stand_line_stock_within",
                condition=Q(taken=0, short=0) | Q(product__isnull=False, quantity=F("taken") + F("short")),
            ),
            models.CheckConstraint(
                name="stand_line_settled_is_whole",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settlement="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False, short__gt=0) & ~Q(settlement="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["sale"], name="stand_line_conflict", condition=Q(short__gt=0, settled_at__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.name}"

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity

    @property
    def left(self) -> int:
        """Pieces that the buyer still has."""
        return self.quantity - self.returned

    @property
    def label(self) -> str:
        """Product and variant as one, within the journal's 120 letters."""
        return f"{self.name}, {self.variant_label}"[:120] if self.variant_label else self.name
