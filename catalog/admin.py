"""Categories and products."""

from django.contrib import admin
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, ReadOnlyInline, TabularInline
from catalog.admin_batch import batch_view
from catalog.admin_blocks import product_blocks
from catalog.admin_changes import ProductChangeAdmin  # noqa: F401 (registers itself)
from catalog.admin_placements import PlacementAdmin  # noqa: F401 (registers itself)
from catalog.admin_readiness import ReadyFilter  # noqa: F401 (registers itself)
from catalog.admin_reviews import ReviewAdmin  # noqa: F401 (registers itself)
from catalog.domain.curation import (
    approve_product,
    content_of_product,
    photo_ids_of,
    reject_product,
    return_product,
    suspend_product,
)
from catalog.models import Category, Placement, PriceStep, Product, ProductPhoto, Variant
from exhibitors.admin_curation import CurationAdminMixin, Verb, decision_log
from exhibitors.admin_desk import CurationDeskMixin
from exhibitors.admin_edits import EditLogMixin
from exhibitors.domain.edits import log_edit
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
    fields = ["photo", "alt", "alt_en", "position"]
    readonly_fields = ["photo", "alt", "alt_en"]

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


def save_by_hand(product: Product, names: list[str]) -> None:
    if "price" in names and product.state == CurationState.APPROVED:
        product.approved_price = product.price  # exhibitors' own changes are measured from here
        names = [*names, "approved_price"]
    product.save(update_fields=[*names, "updated_at"])


@admin.register(Product)
class ProductAdmin(CurationDeskMixin, EditLogMixin, CurationAdminMixin, ExpoAdmin):
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

    def is_waiting(self):
        return Q(state=S.SUBMITTED)

    def blocks(self, request, subject):
        return product_blocks(subject)

    def photos_of(self, subject):
        return [*Picture.objects.filter(pk__in=photo_ids_of(subject))] if subject else []

    def get_urls(self):
        page = self.admin_site.admin_view(self.batch_view)
        return [path("kurasi/sekaligus/", page, name="catalog_product_batch"), *super().get_urls()]

    def batch_view(self, request):
        return batch_view(self, request)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """What sums up its variants isn't written by hand."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "price", "stock"] if obj and obj.has_variants else fields

    def save_model(self, request, obj, form, change):
        self.save_edited(request, obj, form, form.changed_data, lambda names: save_by_hand(obj, names))

    def save_related(self, request, form, formsets, change):
        product = form.instance
        before = photo_ids_of(product)
        super().save_related(request, form, formsets, change)
        if (after := photo_ids_of(product)) != before:
            log_edit(product, {"cover": [before, after]}, by=request.user)

    @admin.display(description=_("foto"))
    def thumb(self, product):
        return render_to_string("admin/thumb.html", {"picture": product.cover, "alt": product.name, "none": "–"})

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
