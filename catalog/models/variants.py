"""What one product is sold as: variants with their own price, stock and photo, and prices for many pieces."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Product, ProductChange


class Variant(models.Model):
    """A size, colour or taste. The product's own ``price``, ``price_top`` and ``stock`` sum up its active variants:
    ``catalog/domain/variants.py`` keeps them so, under the product's lock.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants", verbose_name=_("produk"))
    name = models.CharField(_("nama varian"), max_length=60)
    name_en = models.CharField(_("nama varian (Inggris)"), max_length=60, blank=True)
    sku = models.CharField(_("SKU"), max_length=60, blank=True)
    price = models.PositiveBigIntegerField(_("harga (rupiah)"))
    approved_price = models.PositiveBigIntegerField(_("harga yang disetujui"), null=True, blank=True, editable=False)
    stock = models.PositiveIntegerField(_("stok"), default=0)
    picture = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_active = models.BooleanField(_("dijual"), default=True)
    is_approved = models.BooleanField(
        _("sudah dikurasi"), default=True, help_text=_("Nama dan fotonya pernah disetujui kurator.")
    )

    class Meta:
        verbose_name = _("varian")
        verbose_name_plural = _("varian")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "name"],
                name="variant_name_once",
                violation_error_message=_("Nama varian ini sudah ada."),
            ),
            models.CheckConstraint(
                name="variant_price_positive",
                condition=Q(price__gt=0),
                violation_error_message=_("Harga harus lebih dari nol."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def display_name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


class VariantChange(models.Model):
    """What the exhibitor wants a variant of an approved product to say; decided together with ``change``.

    ``sells``: put it on sale with the approval, for one that no curator has seen before."""

    change = models.ForeignKey(ProductChange, on_delete=models.CASCADE, related_name="variants")
    variant = models.OneToOneField(Variant, on_delete=models.CASCADE, related_name="change", verbose_name=_("varian"))
    name = models.CharField(_("nama varian"), max_length=60)
    name_en = models.CharField(_("nama varian (Inggris)"), max_length=60, blank=True)
    picture = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )
    price = models.PositiveBigIntegerField(
        _("harga (rupiah)"), null=True, blank=True, help_text=_("Kosong: harga tidak berubah.")
    )
    sells = models.BooleanField(_("dijual setelah disetujui"), default=False)

    class Meta:
        verbose_name = _("usulan perubahan varian")
        verbose_name_plural = _("usulan perubahan varian")

    def __str__(self):
        return self.name


class PriceStep(models.Model):
    """From ``minimum_quantity`` pieces on, each costs ``unit_price``; for one variant, or (None) for the product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="steps", verbose_name=_("produk"))
    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, null=True, blank=True, related_name="steps", verbose_name=_("varian")
    )
    minimum_quantity = models.PositiveIntegerField(_("mulai jumlah"))
    unit_price = models.PositiveBigIntegerField(_("harga satuan (rupiah)"))

    class Meta:
        verbose_name = _("harga grosir")
        verbose_name_plural = _("harga grosir")
        ordering = ["minimum_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "variant", "minimum_quantity"],
                name="price_step_once",
                nulls_distinct=False,
                violation_error_message=_("Jumlah ini sudah punya harga grosir."),
            ),
            models.CheckConstraint(
                name="price_step_positive",
                condition=Q(unit_price__gt=0, minimum_quantity__gte=2),
                violation_error_message=_("Harga grosir mulai dari 2 buah dan lebih dari nol."),
            ),
        ]

    def __str__(self):
        return f"≥ {self.minimum_quantity}: {self.unit_price}"
