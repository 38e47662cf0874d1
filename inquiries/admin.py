"""Inquiries in the admin: staff look, hold back spam, release what was held by mistake."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin, ReadOnlyInline
from exhibitors.admin_curation import CurationAdminMixin, Verb
from expo.phones import show_phone
from inquiries.domain.publishing import HIDDEN, SHOWN, hide_question, show_question
from inquiries.forms import language_name, territory_name
from inquiries.models import Answer, Inquiry


class AnswerInline(ReadOnlyInline):
    model = Answer
    fields = ["at", "by", "body"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Inquiry)
class InquiryAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["sent_at", "exhibitor", "product", "name", "country_text", "language_text", "state", "answered_at"]
    list_filter = ["state", "edition", "language", "imported"]
    list_select_related = ["exhibitor", "product"]
    search_fields = ["name", "email", "exhibitor__name"]
    ordering = ["-sent_at"]
    fields = readonly_fields = [
        "edition", "exhibitor", "product", "state", "name", "email", "phone_text", "country_text", "language_text",
        "message", "sent_at", "answered_at", "imported",
    ]  # fmt: skip
    inlines = [AnswerInline]
    actions = ["hold", "release"]
    verbs = (
        Verb("hide", _("Sembunyikan"), frozenset({SHOWN}), hide_question, needs_reason=True, kind="danger"),
        Verb("show", _("Tampilkan lagi"), frozenset({HIDDEN}), show_question, kind="main"),
    )

    def state_of(self, subject):
        return HIDDEN if subject.hidden_at else SHOWN if subject.published_at else ""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("telepon"))
    def phone_text(self, inquiry):
        return show_phone(inquiry.phone)

    @admin.display(description=_("negara"), ordering="country")
    def country_text(self, inquiry):
        return territory_name(inquiry.country)

    @admin.display(description=_("bahasa"), ordering="language")
    def language_text(self, inquiry):
        return language_name(inquiry.language)

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
