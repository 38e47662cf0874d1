"""Inquiries in the admin: staff look, hold back spam, release what was held by mistake."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin, ReadOnlyInline
from inquiries.models import Answer, Inquiry


class AnswerInline(ReadOnlyInline):
    model = Answer
    fields = ["at", "by", "body"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Inquiry)
class InquiryAdmin(LookOnlyMixin, ExpoAdmin):
    list_display = ["sent_at", "exhibitor", "product", "name", "country", "language", "state", "answered_at"]
    list_filter = ["state", "edition", "language", "imported"]
    list_select_related = ["exhibitor", "product"]
    search_fields = ["name", "email", "exhibitor__name"]
    ordering = ["-sent_at"]
    fields = readonly_fields = [
        "edition", "exhibitor", "product", "state", "name", "email", "phone", "country", "language", "message",
        "sent_at", "answered_at", "imported",
    ]  # fmt: skip
    inlines = [AnswerInline]
    actions = ["hold", "release"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Tahan sebagai spam"), permissions=["change"])
    def hold(self, request, queryset):
        from inquiries.domain.inquiries import hold_inquiry

        count = sum(hold_inquiry(inquiry) for inquiry in queryset)
        messages.success(request, _("%s permintaan ditahan.") % count)

    @admin.action(description=_("Bukan spam: teruskan ke peserta"), permissions=["change"])
    def release(self, request, queryset):
        from inquiries.domain.inquiries import release_inquiry

        count = sum(release_inquiry(inquiry) for inquiry in queryset)
        messages.success(request, _("%s permintaan diteruskan.") % count)
