"""Checkouts and orders: one order per exhibitor, with its lines and its history."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from expo.formats import current_language
from journal.keys import country_name
from orders.models.carts import Cart
from orders.models.deposits import DepositRule
from orders.models.querysets import OrderQuerySet
from orders.states import FEE_OPEN, WORK, FeeState, OrderState


class Checkout(models.Model):
    """One submission of the checkout page. ``key`` comes from the page: the same page submitted twice is one."""

    key = models.CharField(max_length=64, unique=True)
    token = models.CharField(max_length=43, unique=True)
    cart = models.ForeignKey(Cart, on_delete=models.SET_NULL, null=True, related_name="checkouts")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pembelian")
        verbose_name_plural = _("pembelian")

    def __str__(self):
        return self.key


class Delivery(models.TextChoices):
    SHIP = "ship", _("Dikirim")
    PICKUP = "pickup", _("Diambil di stan")


class Order(models.Model):
    """What one buyer ordered from one exhibitor in one checkout. Amounts in rupiah; documents freeze names."""

    code = models.CharField(_("nomor"), max_length=20, unique=True)
    token = models.CharField(max_length=43, unique=True)
    checkout = models.ForeignKey(Checkout, on_delete=models.PROTECT, related_name="orders", verbose_name=_("pembelian"))
    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"))
    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.PROTECT, related_name="+", verbose_name=_("stan"))
    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="orders", verbose_name=_("peserta")
    )
    state = models.CharField(_("status"), max_length=10, choices=OrderState, default=OrderState.PLACED)
    language = models.CharField(max_length=5, default="id", verbose_name=_("bahasa"))
    buyer_name = models.CharField(_("nama pembeli"), max_length=120)
    buyer_email = models.EmailField(_("surel"), blank=True)
    buyer_phone = models.CharField(_("telepon"), max_length=20)
    delivery = models.CharField(_("pengantaran"), max_length=10, choices=Delivery, default=Delivery.SHIP)
    address = models.TextField(_("alamat"), blank=True)
    village = models.CharField(_("desa atau kelurahan"), max_length=100, blank=True)
    village_code = models.CharField(max_length=13, blank=True)
    district = models.CharField(_("kecamatan"), max_length=100, blank=True)
    district_code = models.CharField(max_length=8, blank=True)
    postcode = models.CharField(_("kode pos"), max_length=10, blank=True)
    destination = models.ForeignKey(
        "expo.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tujuan")
    )
    country = models.CharField(_("negara"), max_length=2, default="ID")
    note = models.TextField(_("catatan"), blank=True)
    goods_total = models.PositiveBigIntegerField(_("harga barang"))
    shipping_fee = models.PositiveBigIntegerField(_("ongkos kirim"), default=0)
    shipping_service = models.CharField(_("layanan kirim"), max_length=60, blank=True)
    shipping_weight = models.PositiveIntegerField(_("berat kirim (gram)"), default=0)
    shipping_discount = models.PositiveBigIntegerField(
        _("potongan ongkos kirim (rupiah)"), default=0, help_text=_("Sudah dikurangkan dari ongkos kirim.")
    )
    fee_state = models.CharField(
        _("konfirmasi ongkos kirim"),
        max_length=10,
        choices=FeeState,
        blank=True,
        help_text=_("Kosong: ongkosnya sudah pasti saat dipesan."),
    )
    fee_note = models.CharField(_("keterangan ongkos kirim"), max_length=250, blank=True)
    wanted_method = models.CharField(_("cara bayar yang dipilih"), max_length=10, blank=True)
    voucher_code = models.CharField(_("kode voucher"), max_length=24, blank=True)
    discount = models.PositiveBigIntegerField(
        _("potongan voucher (rupiah)"), default=0, help_text=_("Sudah dikurangkan dari harga barang.")
    )
    address_key = models.CharField(max_length=64, blank=True)
    unique_code = models.PositiveSmallIntegerField(_("kode unik"), default=0)
    deposit_rule = models.CharField(
        _("bila pembeli membatalkan"),
        max_length=10,
        choices=DepositRule,
        blank=True,
        help_text=_("Ketentuan uang muka seperti yang dilihat pembeli; kosong: tanpa uang muka."),
    )
    courier = models.CharField(_("kurir"), max_length=60, blank=True)
    tracking_number = models.CharField(_("nomor resi"), max_length=60, blank=True)
    placed_at = models.DateTimeField(_("dipesan"))
    expires_at = models.DateTimeField(_("bayar sebelum"))
    paid_at = models.DateTimeField(_("dibayar"), null=True, blank=True, help_text=_("Atau uang mukanya."))
    shipped_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True)
    expired_at = models.DateTimeField(_("kedaluwarsa"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesanan")
        verbose_name_plural = _("pesanan")
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(fields=["checkout", "booth"], name="order_once_per_booth_and_checkout"),
            models.CheckConstraint(
                name="order_paid_has_moment",
                condition=Q(state__in=["placed", "expired"], paid_at__isnull=True)
                | Q(state="cancelled")  # before the payment, or after a deposit that is forfeited
                | (~Q(state__in=["placed", "expired", "cancelled"]) & Q(paid_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="order_expired_has_moment",
                condition=Q(state="expired", expired_at__isnull=False)
                | (~Q(state="expired") & Q(expired_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="order_cancelled_has_moment",
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="order_paid_has_its_fee",
                condition=Q(fee_state__in=["", "accepted"]) | Q(state__in=["placed", "expired", "cancelled"]),
            ),
            models.CheckConstraint(
                name="order_destination_is_region_or_abroad",
                condition=Q(country="ID") | Q(destination__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="order_expiring", condition=Q(state="placed")),
            models.Index(fields=["exhibitor", "-placed_at"], name="order_inbox"),
            models.Index(fields=["exhibitor", "state"], name="order_work", condition=Q(state__in=WORK)),
            models.Index(fields=["edition", "placed_at"], name="order_edition_placed"),
            models.Index(fields=["buyer_phone"], name="order_open_by_phone", condition=Q(state="placed")),
            models.Index(fields=["address_key"], name="order_open_by_address", condition=Q(state="placed")),
            models.Index(fields=["shipped_at"], name="order_underway", condition=Q(state="shipped")),
            models.Index(Lower("buyer_email"), F("placed_at").desc(), name="order_buyer", condition=~Q(buyer_email="")),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("orders:tracking", args=[self.token])

    @property
    def payment(self):
        """The payment that is due now, or was the last. Costs a query unless ``payments`` were prefetched."""
        return next((payment for payment in self.payments.all() if payment.is_current), None)

    @property
    def total(self) -> int:
        """What the buyer transfers, in rupiah: goods, shipping and the unique code."""
        return self.goods_total + self.shipping_fee + self.unique_code

    @property
    def awaits_fee(self) -> bool:
        """The shipping fee is not agreed yet, so that nothing is to be paid so far."""
        return self.state == OrderState.PLACED and self.fee_state in FEE_OPEN

    @property
    def was_never_due(self) -> bool:
        """No payment was ever asked for, as the shipping fee was not agreed: there is none."""
        return self.fee_state not in ("", FeeState.ACCEPTED)

    @property
    def goods_full(self) -> int:
        """Price of the goods before any voucher."""
        return self.goods_total + self.discount

    @property
    def shipping_full(self) -> int:
        return self.shipping_fee + self.shipping_discount

    @property
    def pay_before(self) -> dt.datetime:
        """The deadline as it is told to people: to the minute, never later than the true one."""
        return self.expires_at.replace(second=0, microsecond=0)

    @property
    def placed_minute(self) -> dt.datetime:
        return self.placed_at.replace(second=0, microsecond=0)

    @property
    def country_name(self) -> str:
        return country_name(self.country, current_language())


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", verbose_name=_("pesanan"))
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("produk"))
    variant = models.ForeignKey(
        "catalog.Variant", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("varian")
    )
    placement = models.ForeignKey("catalog.Placement", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("produk"), max_length=120)
    name_en = models.CharField(_("produk (Inggris)"), max_length=120, blank=True, default="")
    variant_label = models.CharField(_("varian"), max_length=60, blank=True)
    variant_label_en = models.CharField(_("varian (Inggris)"), max_length=60, blank=True, default="")
    category_code = models.CharField(max_length=60)
    category_label = models.CharField(max_length=80, verbose_name=_("kategori"))
    list_price = models.PositiveBigIntegerField(_("harga sebelum potongan"))
    unit_price = models.PositiveBigIntegerField(_("harga satuan"))
    quantity = models.PositiveIntegerField(_("jumlah"))
    discount = models.PositiveBigIntegerField(_("potongan voucher (rupiah)"), default=0)
    takes_stock = models.BooleanField(default=True)
    refunded_quantity = models.PositiveIntegerField(_("dikembalikan"), default=0)
    refunded_amount = models.PositiveBigIntegerField(_("dana dikembalikan (rupiah)"), default=0)

    paid_left: int
    """Rupiah paid for it and not given back yet, where ``paid_lines`` read it."""

    class Meta:
        verbose_name = _("baris pesanan")
        verbose_name_plural = _("baris pesanan")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "product", "variant"], name="order_line_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="order_line_refund_within",
                condition=Q(refunded_quantity__lte=F("quantity"))
                & Q(refunded_amount__lte=F("unit_price") * F("quantity") - F("discount")),
            ),
            models.CheckConstraint(
                name="order_line_discount_within", condition=Q(discount__lte=F("unit_price") * F("quantity"))
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.name}"

    @property
    def display_name(self) -> str:
        """What was bought, as the reader's language called it then."""
        return self.name_en if current_language() == "en" and self.name_en else self.name

    @property
    def display_variant(self) -> str:
        return self.variant_label_en if current_language() == "en" and self.variant_label_en else self.variant_label

    @property
    def amount(self) -> int:
        """What the buyer pays for the line, in rupiah: the goods' value after discounts."""
        return self.unit_price * self.quantity - self.discount

    @property
    def saved(self) -> int:
        """What sale and price steps took off, in rupiah; a voucher's part is ``discount``."""
        return (self.list_price - self.unit_price) * self.quantity

    @property
    def list_amount(self) -> int:
        return self.list_price * self.quantity

    @property
    def full_amount(self) -> int:
        """What the line costs before any voucher."""
        return self.unit_price * self.quantity

    @property
    def refundable_quantity(self) -> int:
        return self.quantity - self.refunded_quantity

    @property
    def refundable_amount(self) -> int:
        return self.amount - self.refunded_amount


class OrderEvent(models.Model):
    """One line of an order's history, as buyer, exhibitor and staff see it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events", verbose_name=_("pesanan"))
    kind = models.CharField(_("kejadian"), max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("oleh"),
    )
    reason = models.CharField(_("alasan"), max_length=250, blank=True)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("riwayat pesanan")
        verbose_name_plural = _("riwayat pesanan")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.order}: {self.kind}"
