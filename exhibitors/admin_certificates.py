"""Certificates in the admin: the queue of those to be looked up, and who verified which and when."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin
from exhibitors.admin_curation import CurationAdminMixin, Verb, decision_log
from exhibitors.domain.certificates import (
    RETURNED,
    VERIFIED,
    WAITING,
    content_of_certificate,
    return_certificate,
    state_of,
    verify_certificate,
)
from exhibitors.models import Certificate
from expo.documents import document_response

STATES = {WAITING: _("Menunggu pemeriksaan"), VERIFIED: _("Terverifikasi"), RETURNED: _("Dikembalikan")}


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return list(STATES.items())

    def queryset(self, request, queryset):
        if self.value() == WAITING:
            return queryset.filter(verified_at__isnull=True, returned_at__isnull=True)
        if self.value() == VERIFIED:
            return queryset.filter(verified_at__isnull=False)
        return queryset.filter(returned_at__isnull=False) if self.value() == RETURNED else queryset


@admin.register(Certificate)
class CertificateAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["submitted_at", "kind", "standing", "number", "exhibitor", "product", "expires_on", "state_text"]
    list_display_links = ["kind"]
    list_filter = [StateFilter, "kind", "standing"]
    list_select_related = ["exhibitor", "product"]
    search_fields = ["number", "exhibitor__name"]
    ordering = ["-submitted_at"]
    fields = readonly_fields = [
        "exhibitor", "product", "kind", "standing", "number", "issuer", "issued_on", "expires_on", "renews",
        "document_link", "state_text", "submitted_at", "verified_at", "verified_by", "log",
    ]  # fmt: skip
    verbs = (
        Verb(
            "verify",
            _("Sudah diperiksa: tampilkan"),
            frozenset({WAITING}),
            verify_certificate,
            kind="main",
            seen=content_of_certificate,
        ),
        Verb("return", _("Kembalikan"), frozenset({WAITING, VERIFIED}), return_certificate, True, "danger"),
    )

    def get_urls(self):
        page = self.admin_site.admin_view(self.document_view)
        return [path("<int:pk>/berkas/", page, name="exhibitors_certificate_document"), *super().get_urls()]

    def document_view(self, request, pk):
        found = self.get_object(request, str(pk))
        if found is None or not found.document:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return document_response(found.document)

    def state_of(self, subject):
        return state_of(subject)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("status"))
    def state_text(self, certificate):
        return STATES[state_of(certificate)]

    @admin.display(description=_("berkas"))
    def document_link(self, certificate):
        if not certificate.document:
            return "–"
        address = reverse("admin:exhibitors_certificate_document", args=[certificate.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lihat berkas"))

    @admin.display(description=_("riwayat keputusan"))
    def log(self, certificate):
        return render_to_string("admin/curation/log.html", {"lines": decision_log(certificate)})
