"""Carts, checkouts, orders (one per exhibitor), their payments and their history."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from expo.formats import current_language
from journal.keys import country_name
from orders.states import WORK, OrderState, PaymentState


class Cart(models.Model):
    """A visitor's cart, found by the secret token in its cookie."""

    token = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("keranjang")
        verbose_name_plural = _("keranjang")
        indexes = [models.Index(fields=["updated_at"], name="cart_age")]

    def __str__(self):
        return f"{self.pk}"


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    placement = models.ForeignKey("catalog.Placement", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(_("jumlah"), default=1)

    class Meta:
        verbose_name = _("baris keranjang")
        verbose_name_plural = _("baris keranjang")
        constraints = [
            models.UniqueConstraint(fields=["cart", "placement"], name="cart_line_once"),
            models.CheckConstraint(name="cart_line_quantity", condition=Q(quantity__gte=1)),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.placement}"


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


class OrderQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> "OrderQuerySet":
        """Unpaid past their deadline, without any proof of payment: these expire."""
        return self.filter(state=OrderState.PLACED, expires_at__lte=now, payment__proof_at__isnull=True)

    def awaiting_confirmation(self) -> "OrderQuerySet":
        return self.filter(state=OrderState.PLACED, payment__state=PaymentState.PROOF_SUBMITTED)

    def awaiting_payment(self) -> "OrderQuerySet":
        return self.filter(state=OrderState.PLACED).exclude(payment__state=PaymentState.PROOF_SUBMITTED)

    def to_send(self) -> "OrderQuerySet":
        return self.filter(state__in=[OrderState.PAID, OrderState.PACKED])


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
    district = models.CharField(_("kecamatan"), max_length=100, blank=True)
    postcode = models.CharField(_("kode pos"), max_length=10, blank=True)
    destination = models.ForeignKey(
        "expo.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tujuan")
    )
    country = models.CharField(_("negara"), max_length=2, default="ID")
    note = models.TextField(_("catatan"), blank=True)
    goods_total = models.PositiveBigIntegerField(_("harga barang"))
    shipping_fee = models.PositiveBigIntegerField(_("ongkos kirim"), default=0)
    unique_code = models.PositiveSmallIntegerField(_("kode unik"), default=0)
    courier = models.CharField(_("kurir"), max_length=60, blank=True)
    tracking_number = models.CharField(_("nomor resi"), max_length=60, blank=True)
    placed_at = models.DateTimeField(_("dipesan"))
    expires_at = models.DateTimeField(_("bayar sebelum"))
    paid_at = models.DateTimeField(_("dibayar"), null=True, blank=True)
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
                condition=Q(state__in=["placed", "expired", "cancelled"], paid_at__isnull=True)
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
                name="order_destination_is_region_or_abroad",
                condition=Q(country="ID") | Q(destination__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="order_expiring", condition=Q(state="placed")),
            models.Index(fields=["exhibitor", "-placed_at"], name="order_inbox"),
            models.Index(fields=["exhibitor", "state"], name="order_work", condition=Q(state__in=WORK)),
            models.Index(fields=["edition", "placed_at"], name="order_edition_placed"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("orders:tracking", args=[self.token])

    @property
    def total(self) -> int:
        """What the buyer transfers, in rupiah: goods, shipping and the unique code."""
        return self.goods_total + self.shipping_fee + self.unique_code

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
    placement = models.ForeignKey("catalog.Placement", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("produk"), max_length=120)
    category_code = models.CharField(max_length=60)
    category_label = models.CharField(max_length=80, verbose_name=_("kategori"))
    unit_price = models.PositiveBigIntegerField(_("harga satuan"))
    quantity = models.PositiveIntegerField(_("jumlah"))
    takes_stock = models.BooleanField(default=True)
    refunded_quantity = models.PositiveIntegerField(_("dikembalikan"), default=0)
    refunded_amount = models.PositiveBigIntegerField(_("dana dikembalikan (rupiah)"), default=0)

    class Meta:
        verbose_name = _("baris pesanan")
        verbose_name_plural = _("baris pesanan")
        constraints = [
            models.UniqueConstraint(fields=["order", "product"], name="order_line_once"),
            models.CheckConstraint(
                name="order_line_refund_within",
                condition=Q(refunded_quantity__lte=F("quantity"))
                & Q(refunded_amount__lte=F("unit_price") * F("quantity")),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.name}"

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity

    @property
    def refundable_quantity(self) -> int:
        return self.quantity - self.refunded_quantity

    @property
    def refundable_amount(self) -> int:
        return self.amount - self.refunded_amount


class Payment(models.Model):
    """A bank transfer to the exhibitor's account, frozen as the buyer saw it."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="payment", verbose_name=_("pesanan"))
    state = models.CharField(_("status"), max_length=16, choices=PaymentState, default=PaymentState.PENDING)
    amount = models.PositiveBigIntegerField(_("jumlah transfer"))
    unique_code = models.PositiveSmallIntegerField(_("kode unik"))
    account_key = models.CharField(max_length=100, help_text=_("Bank dan nomor rekening tujuan."))
    bank_name = models.CharField(_("bank"), max_length=60)
    account_number = models.CharField(_("nomor rekening"), max_length=30)
    account_holder = models.CharField(_("atas nama"), max_length=120)
    is_open = models.BooleanField(default=True, verbose_name=_("masih terbuka"))
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

    class Meta:
        verbose_name = _("pembayaran")
        verbose_name_plural = _("pembayaran")
        indexes = [models.Index(fields=["proof_at"], name="payment_waiting", condition=Q(state="proof_submitted"))]
        constraints = [
            models.UniqueConstraint(
                fields=["account_key", "unique_code"],
                condition=Q(is_open=True) & Q(unique_code__gt=0),
                name="payment_code_once_among_open",
            ),
            models.CheckConstraint(
                name="payment_confirmed_by_and_at",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_confirmed_has_moment",
                condition=Q(state__in=["confirmed", "refunded"], confirmed_at__isnull=False)
                | (~Q(state__in=["confirmed", "refunded"]) & Q(confirmed_at__isnull=True)),
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


class Refund(models.Model):
    """Money given back by the exhibitor and recorded by staff; posts reversals to the journal."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("pesanan"))
    key = models.CharField(max_length=64, unique=True)
    amount = models.PositiveBigIntegerField(_("harga barang (rupiah)"), default=0)
    extra_amount = models.PositiveBigIntegerField(
        _("di luar harga barang (rupiah)"), default=0, help_text=_("Ongkos kirim dan kode unik: tidak masuk jurnal.")
    )
    restocked = models.BooleanField(_("stok dikembalikan"), default=False)
    reason = models.CharField(_("alasan"), max_length=250)
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
