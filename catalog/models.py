"""Categories, products with their photos, and the booths in which products stand."""

import datetime as dt

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog import selling
from exhibitors.states import CurationState


class Category(models.Model):
    slug = models.SlugField(_("alamat"), max_length=60, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("bagian dari")
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("kategori")
        verbose_name_plural = _("kategori")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:category", args=[self.slug])

    @property
    def display_name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


def without_accents(field: str) -> Func:
    """``field`` without accents; an immutable wrapper, since a generated column takes nothing less."""
    return Func(F(field), function="catalog_unaccent", output_field=models.TextField())


def search_document() -> SearchVector:
    """What full text search reads: names before descriptions, each in its language's stems."""
    document = None
    for field, weight, config in (
        ("name", "A", "indonesian"),
        ("name_en", "B", "english"),
        ("description", "C", "indonesian"),
        ("description_en", "D", "english"),
    ):
        part = SearchVector(without_accents(field), config=Value(config), weight=weight)
        document = part if document is None else document + part
    return document


class Product(models.Model):
    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="products", verbose_name=_("peserta")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", verbose_name=_("kategori")
    )
    slug = models.SlugField(_("alamat"), max_length=120, unique=True)
    name = models.CharField(_("nama produk"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    description = models.TextField(_("keterangan"), blank=True)
    description_en = models.TextField(_("keterangan (Inggris)"), blank=True)
    price = models.PositiveBigIntegerField(_("harga (rupiah)"))
    stock = models.PositiveIntegerField(_("stok"), default=0)
    made_to_order = models.BooleanField(_("dibuat setelah dipesan"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("lama pembuatan (hari)"), default=0)
    minimum_quantity = models.PositiveIntegerField(_("pembelian minimum"), default=1)
    weight_grams = models.PositiveIntegerField(_("berat kirim (gram)"), default=0)
    cover = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto utama")
    )
    state = models.CharField(_("status"), max_length=10, choices=CurationState, default=CurationState.DRAFT)
    submitted_at = models.DateTimeField(_("diajukan"), null=True, blank=True)
    approved_at = models.DateTimeField(_("disetujui"), null=True, blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)
    search = models.GeneratedField(
        expression=search_document(), output_field=SearchVectorField(), db_persist=True, editable=False
    )

    class Meta:
        verbose_name = _("produk")
        verbose_name_plural = _("produk")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="product_price_positive",
                condition=Q(price__gt=0),
                violation_error_message=_("Harga harus lebih dari nol."),
            ),
            models.CheckConstraint(
                name="product_minimum_at_least_one",
                condition=Q(minimum_quantity__gte=1),
                violation_error_message=_("Pembelian minimum paling sedikit 1."),
            ),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], name="product_queue", condition=Q(state="submitted")),
            models.Index(fields=["category", "-approved_at", "-id"], name="product_category_new"),
            models.Index(fields=["-approved_at", "-id"], name="product_new", condition=Q(state="approved")),
            models.Index(fields=["price", "id"], name="product_price", condition=Q(state="approved")),
            GinIndex(fields=["search"], name="product_search"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="product_name_trigrams"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:product", args=[self.slug])

    @property
    def display_name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def display_description(self) -> str:
        return self.description_en if get_language() == "en" and self.description_en else self.description


class ProductChange(models.Model):
    """What the exhibitor wants an approved product to say; the old version stays on show until it is approved."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="change", verbose_name=_("produk"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("kategori"))
    name = models.CharField(_("nama produk"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    description = models.TextField(_("keterangan"), blank=True)
    description_en = models.TextField(_("keterangan (Inggris)"), blank=True)
    cover = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto utama")
    )
    proposed_at = models.DateTimeField(_("diajukan"))

    class Meta:
        verbose_name = _("usulan perubahan produk")
        verbose_name_plural = _("usulan perubahan produk")
        ordering = ["proposed_at"]

    def __str__(self):
        return self.name


class ProductPhoto(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos", verbose_name=_("produk"))
    picture = models.ForeignKey("expo.Picture", on_delete=models.PROTECT, related_name="+", verbose_name=_("gambar"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("foto produk")
        verbose_name_plural = _("foto produk")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.product} #{self.position}"


class PlacementQuerySet(models.QuerySet):
    def shown_at(self, moment: dt.datetime) -> "PlacementQuerySet":
        return self.filter(selling.shown_at(moment))

    def buyable_at(self, moment: dt.datetime) -> "PlacementQuerySet":
        return self.filter(selling.buyable_at(moment))


class Placement(models.Model):
    """A product standing in a booth from ``shown_from`` until ``shown_until`` (None: still there).

    The booth from which a product is put into the cart decides which edition its sale is credited to.
    """

    booth = models.ForeignKey(
        "exhibitors.Booth", on_delete=models.PROTECT, related_name="placements", verbose_name=_("stan")
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="placements", verbose_name=_("produk"))
    shown_from = models.DateTimeField(_("dipajang sejak"))
    shown_until = models.DateTimeField(_("dipajang sampai"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("pajangan")
        verbose_name_plural = _("pajangan")
        constraints = [models.UniqueConstraint(fields=["booth", "product"], name="placement_once")]

    def __str__(self):
        return f"{self.product} @ {self.booth}"

    def availability_at(self, moment: dt.datetime) -> selling.Availability:
        return selling.availability(self, moment)
