"""Carts: of a guest, found by the secret token in a cookie; of somebody who is signed in, one for all devices."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Cart(models.Model):
    """A visitor's cart, found by the secret token in its cookie."""

    token = models.CharField(max_length=43, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cart",
        verbose_name=_("pengguna"),
    )
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
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    quantity = models.PositiveIntegerField(_("jumlah"), default=1)

    class Meta:
        verbose_name = _("baris keranjang")
        verbose_name_plural = _("baris keranjang")
        constraints = [
            models.UniqueConstraint(
                fields=["cart", "placement", "variant"], name="cart_line_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="cart_line_quantity", condition=Q(quantity__gte=1)),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.placement}"


class CartBooth(models.Model):
    """What the visitor says to one booth while the cart is filled: a note, and the code of a voucher."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="booths")
    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    voucher = models.CharField(_("kode voucher"), max_length=24, blank=True)

    class Meta:
        verbose_name = _("catatan keranjang")
        verbose_name_plural = _("catatan keranjang")
        constraints = [models.UniqueConstraint(fields=["cart", "booth"], name="cart_booth_once")]

    def __str__(self):
        return f"{self.cart}: {self.booth}"
