"""Editions, halls and regions. The expo app is the lowest floor, hence plain theme classes here; mails are in
accounts/admin_mail.py."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from expo.models import Edition, Hall, Recipient, Region


class HallInline(TabularInline):
    model = Hall
    extra = 0
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Edition)
class EditionAdmin(ModelAdmin):
    list_display = ["name", "code", "year", "sales_open", "opens_at", "closes_at", "mall_closes_at"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["province"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [HallInline]
    fieldsets = [
        (None, {"fields": ["name", "name_en", "slug", "code", "year", "mode", "theme", "theme_en"]}),
        (_("Waktu (WIB)"), {"fields": ["sales_open", "opens_at", "closes_at", "mall_closes_at"]}),
        (_("Kurasi"), {"fields": ["second_look", "free_price_percent", "free_sale_percent"]}),
        (_("Rekap"), {"fields": ["recaps_from", "recap_time", "province"]}),
        (
            _("Kop dan tanda tangan"),
            {
                "fields": [
                    "organiser",
                    "organiser_address",
                    "organiser_whatsapp",
                    "city",
                    "signatory_name",
                    "signatory_title",
                    "signatory_nip",
                ]
            },
        ),
    ]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Hall)
class HallAdmin(ModelAdmin):
    list_display = ["name", "edition", "letter", "position"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    search_fields = ["name", "edition__name"]
    autocomplete_fields = ["edition"]


@admin.register(Recipient)
class RecipientAdmin(ModelAdmin):
    list_display = ["email", "name", "edition", "language", "is_active"]
    list_filter = ["edition", "is_active"]
    list_select_related = ["edition"]
    search_fields = ["email", "name"]
    fields = ["edition", "name", "email", "language", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(ModelAdmin):
    list_display = ["code", "name", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
