"""States of orders and payments, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    PLACED = "placed", _("Menunggu pembayaran")
    PAID = "paid", _("Dibayar")
    PACKED = "packed", _("Dikemas")
    SHIPPED = "shipped", _("Dikirim")
    COMPLETED = "completed", _("Selesai")
    EXPIRED = "expired", _("Kedaluwarsa")
    CANCELLED = "cancelled", _("Dibatalkan")
    REFUNDED = "refunded", _("Dana dikembalikan")


class PaymentState(models.TextChoices):
    PENDING = "pending", _("Menunggu bukti")
    PROOF_SUBMITTED = "proof_submitted", _("Bukti diperiksa")
    CONFIRMED = "confirmed", _("Diterima")
    REJECTED = "rejected", _("Bukti ditolak")
    REFUNDED = "refunded", _("Dikembalikan")


O = OrderState  # noqa: E741
ORDER_TRANSITIONS: dict[str, frozenset[str]] = {
    O.PLACED: frozenset({O.PAID, O.EXPIRED, O.CANCELLED}),
    O.PAID: frozenset({O.PACKED, O.SHIPPED, O.COMPLETED, O.REFUNDED}),
    O.PACKED: frozenset({O.SHIPPED, O.COMPLETED, O.REFUNDED}),
    O.SHIPPED: frozenset({O.COMPLETED, O.REFUNDED}),
    O.COMPLETED: frozenset({O.REFUNDED}),
    O.EXPIRED: frozenset(),
    O.CANCELLED: frozenset(),
    O.REFUNDED: frozenset(),
}
P = PaymentState
PAYMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    P.PENDING: frozenset({P.PROOF_SUBMITTED, P.CONFIRMED}),
    P.PROOF_SUBMITTED: frozenset({P.PROOF_SUBMITTED, P.CONFIRMED, P.REJECTED}),
    P.REJECTED: frozenset({P.PROOF_SUBMITTED, P.CONFIRMED}),
    P.CONFIRMED: frozenset({P.REFUNDED}),
    P.REFUNDED: frozenset(),
}
OPEN = frozenset({O.PLACED})
HOLDS_STOCK = frozenset({O.PLACED})
