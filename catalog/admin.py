"""Categories, products and what exhibitors want to change about them."""

from django.contrib import admin
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin, ReadOnlyInline, TabularInline
from catalog.admin_placements import PlacementAdmin  # noqa: F401 (registers itself)
from catalog.admin_readiness import ReadyFilter  # noqa: F401 (registers itself)
from catalog.admin_reviews import ReviewAdmin  # noqa: F401 (registers itself)
from catalog.domain.curation import (
    CURATED_FIELDS,
    approve_change,
    approve_product,
    content_of_change,
    content_of_product,
    photo_ids_of,
    reject_product,
    return_change,
    return_product,
    suspend_product,
)
from catalog.models import Category, Placement, PriceStep, Product, ProductChange, ProductPhoto, Variant
from exhibitors.admin_curation import CurationAdminMixin, Verb, decision_log
from exhibitors.domain.notes import notes_about
from exhibitors.states import CurationState
from expo.formats import rupiah
from expo.models import Picture

S = CurationState


@admin.register(Category)
class CategoryAdmin(ExpoAdmin):
    list_display = ["name", "name_en", "parent", "is_food", "position"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_en"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


class PhotoInline(TabularInline):
    model = ProductPhoto
    extra = 0
    fields = ["photo", "position"]
    readonly_fields = ["photo"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("picture")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("foto"))
    def photo(self, row):
        return render_to_string("admin/photo.html", {"picture": row.picture})


class VariantInline(ReadOnlyInline):
    """Looked at here; their exhibitor changes them, and the product sums them up."""

    model = Variant
    fields = ["thumb", "name", "name_en", "sku", "price", "stock", "is_active", "is_approved"]
    readonly_fields = ["thumb"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("picture")

    @admin.display(description=_("foto"))
    def thumb(self, variant):
        return render_to_string("admin/thumb.html", {"picture": variant.picture})


class PriceStepInline(ReadOnlyInline):
    model = PriceStep
    fields = ["variant", "minimum_quantity", "unit_price"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("variant")


class PlacementInline(ReadOnlyInline):
    model = Placement
    show_change_link = True
    fields = ["booth", "shown_from", "shown_until", "sale_percent", "sale_from", "sale_until", "sale_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("booth__exhibitor")


@admin.register(Product)
class ProductAdmin(CurationAdminMixin, ExpoAdmin):
    list_display = ["thumb", "name", "exhibitor", "category", "price_text", "stock", "state", "submitted_at"]
    list_display_links = ["name"]
    list_filter = ["state", "category"]
    list_select_related = ["exhibitor", "category", "cover"]
    search_fields = ["name", "exhibitor__name"]
    ordering = [F("submitted_at").desc(nulls_last=True), "-pk"]
    autocomplete_fields = ["category"]
    readonly_fields = ["exhibitor", "slug", "state", "submitted_at", "approved_at", "cover_photo", "log", "last_notes"]
    inlines = [PhotoInline, VariantInline, PriceStepInline, PlacementInline]
    fieldsets = [
        (
            _("Yang dilihat pembeli"),
            {"fields": ["cover_photo", "name", "exhibitor", "category", "price", "description", "ingredients"]},
        ),
        (_("Bahasa Inggris"), {"fields": ["name_en", "description_en", "ingredients_en"]}),
        (
            _("Persediaan"),
            {
                "fields": [
                    "sku",
                    "stock",
                    "minimum_quantity",
                    "made_to_order",
                    "lead_days",
                    "deposit_percent",
                    "weight_grams",
                    ("length_mm", "width_mm", "height_mm"),
                ]
            },
        ),
        (_("Kurasi"), {"fields": ["state", "submitted_at", "approved_at", "last_notes", "log", "slug"]}),
    ]
    verbs = (
        Verb(
            "approve",
            _("Setujui"),
            frozenset({S.SUBMITTED, S.SUSPENDED}),
            approve_product,
            kind="main",
            seen=content_of_product,
        ),
        Verb(
            "return",
            _("Kembalikan untuk diperbaiki"),
            frozenset({S.SUBMITTED}),
            return_product,
            needs_reason=True,
            takes_notes=True,
        ),
        Verb(
            "reject",
            _("Tolak"),
            frozenset({S.SUBMITTED, S.SUSPENDED}),
            reject_product,
            needs_reason=True,
            kind="danger",
        ),
        Verb("suspend", _("Tangguhkan"), frozenset({S.APPROVED}), suspend_product, True, "danger"),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """What sums up its variants isn't written by hand."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "price", "stock"] if obj and obj.has_variants else fields

    def save_model(self, request, obj, form, change):
        obj.save(update_fields=[*form.changed_data, "updated_at"] if change else None)

    @admin.display(description=_("foto"))
    def thumb(self, product):
        return render_to_string("admin/thumb.html", {"picture": product.cover})

    @admin.display(description=_("foto utama"))
    def cover_photo(self, product):
        return render_to_string("admin/photo.html", {"picture": product.cover})

    @admin.display(description=_("catatan kurasi yang lalu"))
    def last_notes(self, product):
        return render_to_string("admin/curation/notes.html", {"notes": notes_about(product)})

    @admin.display(description=_("harga"), ordering="price")
    def price_text(self, product):
        return rupiah(product.price)

    @admin.display(description=_("riwayat keputusan"))
    def log(self, product):
        return render_to_string("admin/curation/log.html", {"lines": decision_log(product)})


@admin.register(ProductChange)
class ProductChangeAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["thumb", "name", "exhibitor", "proposed_at"]
    list_display_links = ["name"]
    list_select_related = ["product__exhibitor", "cover"]
    search_fields = ["name", "product__name"]
    fields = readonly_fields = [
        "product", "differences", "photos_before", "photos_after", "variants_wanted", "proposed_at",
    ]  # fmt: skip
    verbs = (
        Verb(
            "approve",
            _("Setujui perubahan"),
            frozenset({"proposed"}),
            approve_change,
            kind="main",
            seen=content_of_change,
        ),
        Verb("return", _("Kembalikan"), frozenset({"proposed"}), return_change, needs_reason=True),
    )

    def state_of(self, subject):
        return "proposed"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("foto"))
    def thumb(self, change):
        return render_to_string("admin/thumb.html", {"picture": change.cover})

    @admin.display(description=_("peserta"))
    def exhibitor(self, change):
        return change.product.exhibitor

    @admin.display(description=_("perubahan"))
    def differences(self, change):
        pairs = [
            (Product._meta.get_field(name).verbose_name, getattr(change.product, name), getattr(change, name))
            for name in CURATED_FIELDS
            if name != "cover"
        ]
        return render_to_string("admin/curation/differences.html", {"pairs": [p for p in pairs if p[1] != p[2]]})

    @admin.display(description=_("foto sekarang"))
    def photos_before(self, change):
        return render_to_string("admin/photos.html", {"pictures": pictures_of(photo_ids_of(change.product))})

    @admin.display(description=_("foto usulan"))
    def photos_after(self, change):
        wanted = change.photo_ids
        if wanted is None:
            wanted = [change.cover_id] if change.cover_id not in (None, change.product.cover_id) else []
        if not wanted or wanted == photo_ids_of(change.product):
            return _("tidak berubah")
        return render_to_string("admin/photos.html", {"pictures": pictures_of(wanted)})

    @admin.display(description=_("varian"))
    def variants_wanted(self, change):
        wanted = list(change.variants.select_related("variant__picture", "picture"))
        return render_to_string("admin/curation/variants.html", {"wanted": wanted}) if wanted else _("tidak berubah")


def pictures_of(ids) -> list[Picture]:
    found = Picture.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
