"""Products, their proposed changes and photos."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.categories import Category
from catalog.states import BROUGHT_BACK, PRODUCT_TRANSITIONS, ProductState
from exhibitors.models import Proposal, ProposalState

NAMELESS = _("Produk belum bernama")
SEARCHED = ("name", "name_en", "description", "description_en", "ingredients", "ingredients_en")


def search_document() -> Func:
    """What full text search reads: names before texts, every word as it is written (catalog/search has the rest)."""
    return Func(*(F(field) for field in SEARCHED), function="catalog_document")


class Product(models.Model):
    transitions = PRODUCT_TRANSITIONS

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="products", verbose_name=_("peserta")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", verbose_name=_("kategori")
    )
    slug = models.SlugField(_("alamat"), max_length=120, unique=True)
    sku = models.CharField(_("SKU"), max_length=60, blank=True)
    name = models.CharField(_("nama produk"), max_length=120, blank=True, help_text=_("Draf boleh belum bernama."))
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    description = models.TextField(_("keterangan"), blank=True)
    description_en = models.TextField(_("keterangan (Inggris)"), blank=True)
    ingredients = models.TextField(_("bahan atau komposisi"), blank=True)
    ingredients_en = models.TextField(_("bahan atau komposisi (Inggris)"), blank=True)
    price = models.PositiveBigIntegerField(_("harga (rupiah)"), help_text=_("Dengan varian: yang terendah."))
    approved_price = models.PositiveBigIntegerField(
        _("harga yang disetujui"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Dari sini dihitung seberapa jauh harga boleh berubah tanpa kurasi."),
    )
    price_top = models.PositiveBigIntegerField(
        _("harga tertinggi (rupiah)"), null=True, blank=True, help_text=_("Kosong: semua varian sama harganya.")
    )
    stock = models.PositiveIntegerField(_("stok"), default=0, help_text=_("Dengan varian: jumlah semuanya."))
    has_variants = models.BooleanField(_("bervarian"), default=False, editable=False)
    has_steps = models.BooleanField(_("ada harga grosir"), default=False, editable=False)
    made_to_order = models.BooleanField(_("dibuat setelah dipesan"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("lama pembuatan (hari)"), default=0)
    minimum_quantity = models.PositiveIntegerField(_("pembelian minimum"), default=1)
    weight_grams = models.PositiveIntegerField(_("berat kirim (gram)"), default=0)
    length_mm = models.PositiveIntegerField(_("panjang (mm)"), default=0)
    width_mm = models.PositiveIntegerField(_("lebar (mm)"), default=0)
    height_mm = models.PositiveIntegerField(_("tinggi (mm)"), default=0)
    deposit_percent = models.PositiveSmallIntegerField(
        _("uang muka (%)"), default=0, help_text=_("Hanya untuk yang dibuat setelah dipesan; 0: dibayar penuh di muka.")
    )
    cover = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto utama")
    )
    rating_count = models.PositiveIntegerField(_("banyak ulasan"), default=0, editable=False)
    rating_sum = models.PositiveIntegerField(_("jumlah bintang"), default=0, editable=False)
    question_count = models.PositiveIntegerField(_("banyak tanya jawab"), default=0, editable=False)
    state = models.CharField(_("status"), max_length=10, choices=ProductState, default=ProductState.DRAFT)
    archived_from = models.CharField(
        max_length=10, blank=True, editable=False, help_text=_("Status yang kembali bila dikeluarkan dari arsip.")
    )
    submitted_at = models.DateTimeField(_("diajukan"), null=True, blank=True)
    approved_at = models.DateTimeField(_("disetujui"), null=True, blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)
    import_key = models.CharField(
        max_length=40, blank=True, editable=False, help_text=_("Pengenal baris berkas impor tanpa SKU.")
    )
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
            models.CheckConstraint(
                name="product_price_range",
                condition=Q(price_top__isnull=True) | Q(price_top__gt=F("price")),
                violation_error_message=_("Harga tertinggi harus di atas harga terendah."),
            ),
            models.CheckConstraint(
                name="product_deposit_below_price",
                condition=Q(deposit_percent__lte=90),
                violation_error_message=_("Uang muka paling banyak 90%."),
            ),
            models.CheckConstraint(
                name="product_approved_has_time",
                condition=~Q(state="approved") | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="product_archived_from_somewhere",
                condition=Q(state="archived", archived_from__in=sorted(set(BROUGHT_BACK.values())))
                | (~Q(state="archived") & Q(archived_from="")),
            ),
            models.CheckConstraint(
                name="product_named_unless_draft",
                condition=Q(state__in=["draft", "archived"]) | ~Q(name=""),
                violation_error_message=_("Beri nama produk dahulu."),
            ),
            models.UniqueConstraint(
                fields=["exhibitor", "sku"],
                name="product_sku_once_per_exhibitor",
                condition=~Q(sku=""),
                violation_error_message=_("SKU ini sudah dipakai untuk produk lain."),
            ),
            models.UniqueConstraint(
                fields=["exhibitor", "import_key"], name="product_import_key_once", condition=~Q(import_key="")
            ),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], name="product_queue", condition=Q(state="submitted")),
            models.Index(fields=["category", "-approved_at", "-id"], name="product_category_new"),
            models.Index(fields=["-approved_at", "-id"], name="product_new", condition=Q(state="approved")),
            models.Index(fields=["price", "id"], name="product_price", condition=Q(state="approved")),
            GinIndex(fields=["search"], name="product_search"),
            # The lists of the admin: newest handed in first, of all or of one state; parts of names.
            models.Index(F("submitted_at").desc(nulls_last=True), F("id").desc(), name="product_handed_in"),
            models.Index("state", F("submitted_at").desc(nulls_last=True), F("id").desc(), name="product_state_list"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="product_name_letters"),
        ]

    def __str__(self):
        return self.name or str(NAMELESS)

    def get_absolute_url(self):
        return reverse("catalog:product", args=[self.slug])

    @property
    def display_name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else str(self)

    @property
    def display_description(self) -> str:
        return self.description_en if get_language() == "en" and self.description_en else self.description

    @property
    def display_ingredients(self) -> str:
        return self.ingredients_en if get_language() == "en" and self.ingredients_en else self.ingredients


class ProductChange(Proposal):
    """What the exhibitor wants an approved product to say: a copy of it in which some fields differ from ``base``."""

    subject_name = "product"

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="change", verbose_name=_("produk"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("kategori"))
    name = models.CharField(_("nama produk"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    description = models.TextField(_("keterangan"), blank=True)
    description_en = models.TextField(_("keterangan (Inggris)"), blank=True)
    ingredients = models.TextField(_("bahan atau komposisi"), blank=True)
    ingredients_en = models.TextField(_("bahan atau komposisi (Inggris)"), blank=True)
    cover = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto utama")
    )
    photo_ids = ArrayField(
        models.BigIntegerField(),
        null=True,
        blank=True,
        verbose_name=_("foto"),
        help_text=_("Gambar menurut urutan, yang pertama foto utama. Kosong: foto tidak berubah."),
    )
    # The same pictures as rows: what a row refers to is not taken for a leftover (expo/leftovers.py).
    pictures = models.ManyToManyField("expo.Picture", related_name="+", editable=False)
    price = models.PositiveBigIntegerField(
        _("harga (rupiah)"), null=True, blank=True, help_text=_("Kosong: harga tidak berubah.")
    )
    photo_texts = models.JSONField(_("isi foto"), default=dict, blank=True, editable=False)

    offers = models.JSONField(
        _("harga grosir dan potongan"),
        default=dict,
        blank=True,
        help_text=_("Yang menunggu; catalog/domain/waiting_offers.py."),
    )

    class Meta(Proposal.Meta):
        verbose_name = _("usulan perubahan produk")
        verbose_name_plural = _("usulan perubahan produk")
        indexes = [
            models.Index(fields=["proposed_at"], name="product_change_queue", condition=Q(state=ProposalState.WAITING))
        ]
        constraints = [
            models.CheckConstraint(name="product_change_price_positive", condition=Q(price=None) | Q(price__gt=0))
        ]

    def __str__(self):
        return self.name


class ProductPhoto(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos", verbose_name=_("produk"))
    picture = models.ForeignKey("expo.Picture", on_delete=models.PROTECT, related_name="+", verbose_name=_("gambar"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    alt = models.CharField(_("isi foto"), max_length=160, blank=True, default="", db_default="")
    alt_en = models.CharField(_("isi foto (Inggris)"), max_length=160, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("foto produk")
        verbose_name_plural = _("foto produk")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.product} #{self.position}"
