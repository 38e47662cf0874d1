"""Reviews in the admin: staff read them all, and hide with a reason what must not stand there."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin
from catalog.domain.reviews import HIDDEN, SHOWN, hide_review, show_review
from catalog.models import Review
from exhibitors.admin_curation import CurationAdminMixin, Verb, decision_log


class HiddenFilter(admin.SimpleListFilter):
    title = _("tampil")
    parameter_name = "tampil"

    def lookups(self, request, model_admin):
        return [("1", _("Tampil")), ("0", _("Disembunyikan"))]

    def queryset(self, request, queryset):
        return queryset.filter(hidden_at__isnull=self.value() == "1") if self.value() in ("0", "1") else queryset


@admin.register(Review)
class ReviewAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["written_at", "rating", "author", "product", "exhibitor", "text", "is_shown"]
    list_filter = [HiddenFilter, "rating"]
    list_select_related = ["product", "exhibitor"]
    search_fields = ["product__name", "exhibitor__name", "body"]
    ordering = ["-written_at"]
    fields = readonly_fields = [
        "product", "exhibitor", "order_code", "author", "rating", "body", "photo_list", "written_at", "edited_at",
        "answer", "answered_at", "answered_by", "hidden_at", "hidden_reason", "log",
    ]  # fmt: skip
    verbs = (
        Verb("hide", _("Sembunyikan"), frozenset({SHOWN}), hide_review, needs_reason=True, kind="danger"),
        Verb("show", _("Tampilkan lagi"), frozenset({HIDDEN}), show_review, kind="main"),
    )

    def state_of(self, subject):
        return HIDDEN if subject.hidden_at else SHOWN

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("ulasan"))
    def text(self, review):
        return review.body[:80]

    @admin.display(description=_("tampil"), boolean=True)
    def is_shown(self, review):
        return review.hidden_at is None

    @admin.display(description=_("nomor pesanan"))
    def order_code(self, review):
        return review.line.order.code

    @admin.display(description=_("foto"))
    def photo_list(self, review):
        pictures = [photo.picture for photo in review.photos.select_related("picture")]
        return render_to_string("admin/photos.html", {"pictures": pictures}) or "–"

    @admin.display(description=_("riwayat keputusan"))
    def log(self, review):
        return render_to_string("admin/curation/log.html", {"lines": decision_log(review)})
