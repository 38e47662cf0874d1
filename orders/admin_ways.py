"""QRIS codes for staff: compared with their exhibitor, blocked or cleared, never edited."""

from django.contrib import admin, messages
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from accounts.admin_base import ReadOnlyAdmin, nothing_to_fill
from exhibitors.admin_changes import SlowChangeAdmin
from exhibitors.models.slow_changes import ALIVE
from expo.formats import rupiah
from orders.domain.qris_codes import block_qris, clear_twin
from orders.models import GatewayCharge, Match, PaymentSettings, QrisCode, Statement
from orders.qris.resemblance import ALIKE


class SuspicionFilter(admin.SimpleListFilter):
    title = gettext_lazy("perlu diperiksa")
    parameter_name = "periksa"

    def lookups(self, request, model_admin):
        return [("kembar", _("NMID dipakai peserta lain")), ("nama", _("Nama atau kota tidak mirip"))]

    def queryset(self, request, queryset):
        if self.value() == "kembar":
            return queryset.suspicious()
        if self.value() == "nama":
            unlike = queryset.filter(name_resemblance__lt=ALIKE) | queryset.filter(city_resemblance__lt=ALIKE)
            return unlike.filter(state__in=ALIVE)
        return queryset


@admin.register(QrisCode)
class QrisCodeAdmin(SlowChangeAdmin):
    list_display = [
        "exhibitor", "merchant_name", "name_alike", "merchant_city", "city_alike", "nmid", "standing", "added_at",
    ]  # fmt: skip
    list_filter = [SuspicionFilter, "state"]
    list_select_related = ["exhibitor__regency"]
    search_fields = ["exhibitor__name", "merchant_name", "nmid"]
    ordering = ["-added_at", "-pk"]
    fields = readonly_fields = [
        "exhibitor", "owner", "regency", "merchant_name", "name_alike", "merchant_city", "city_alike", "nmid", "twins",
        "standing", "added_at", "added_by", "confirmed_at", "active_from", "ended_at", "ended_by", "reason",
        "cleared_at", "cleared_by", "text",
    ]  # fmt: skip
    block_label = gettext_lazy("Blokir kode ini")
    blocked_message = gettext_lazy("Kode diblokir. Pengelolanya diberi tahu.")

    def block(self, change, *, by, reason):
        block_qris(change, by=by, reason=reason)

    @display(description=gettext_lazy("nama"), label={True: "success", False: "danger"})
    def name_alike(self, code):
        return code.name_resemblance >= ALIKE, f"{code.name_resemblance}%"

    @display(description=gettext_lazy("kota"), label={True: "success", False: "warning"})
    def city_alike(self, code):
        return code.city_resemblance >= ALIKE, f"{code.city_resemblance}%"

    @admin.display(description=gettext_lazy("pemilik"))
    def owner(self, code):
        return f"{code.exhibitor.owner_name} · {code.exhibitor.bank_account_holder}"

    @admin.display(description=gettext_lazy("kabupaten/kota"))
    def regency(self, code):
        return code.exhibitor.regency or "–"

    @admin.display(description=gettext_lazy("NMID juga dipakai"))
    def twins(self, code):
        others = QrisCode.objects.filter(nmid=code.nmid, state__in=ALIVE).exclude(exhibitor=code.exhibitor)
        return ", ".join(sorted({other.exhibitor.name for other in others.select_related("exhibitor")})) or "–"

    def get_urls(self):
        clear = self.admin_site.admin_view(self.clear_view)
        return [path("<int:pk>/pemeriksaan/", clear, name=self.url_name("clear")), *super().get_urls()]

    def verbs_for(self, change):
        verbs = super().verbs_for(change)
        if QrisCode.objects.suspicious().filter(pk=change.pk).exists():
            verbs.append((_("NMID kembar ini wajar"), self.page_of("clear", change)))
        return verbs

    def clear_view(self, request, pk):
        code = self.judged(request, pk)

        def act(form):
            clear_twin(code, by=request.user)
            messages.success(request, _("Dicatat: NMID kembar ini wajar."))
            return self.page_of("change", code)

        return self.answer_about(request, code, nothing_to_fill(request), act, _("NMID kembar ini wajar"))


@admin.register(PaymentSettings)
class PaymentSettingsAdmin(ReadOnlyAdmin):
    list_display = ["exhibitor", "takes_cash", "cash_hours", "embeds_amount"]
    list_select_related = ["exhibitor"]
    search_fields = ["exhibitor__name"]


@admin.register(GatewayCharge)
class GatewayChargeAdmin(ReadOnlyAdmin):
    list_display = ["reference", "created_at", "seller", "shown_amount", "outcome", "problem"]
    list_filter = ["outcome", "problem"]
    list_select_related = ["account__exhibitor"]
    search_fields = ["reference", "account__exhibitor__name"]
    fields = readonly_fields = [
        "reference", "seller", "payment", "shown_amount", "outcome", "status", "problem", "created_at", "paid_at",
        "ask_at", "asked", "heard",
    ]  # fmt: skip

    @admin.display(description=gettext_lazy("peserta"))
    def seller(self, charge):
        return charge.account.exhibitor

    @admin.display(description=gettext_lazy("rupiah"))
    def shown_amount(self, charge):
        return rupiah(charge.amount)

    @admin.display(description=gettext_lazy("pemberitahuan Midtrans"))
    def heard(self, charge):
        lines = ((f"{each.received_at:%Y-%m-%d %H:%M:%S} UTC", each.body) for each in charge.notifications.all()[:50])
        return format_html_join("", "<p>{}<br>{}</p>", lines) or "–"


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ["uploaded_at", "exhibitor", "file_name", "new_rows", "known_rows", "uploaded_by"]
    list_select_related = ["exhibitor", "uploaded_by"]
    search_fields = ["exhibitor__name", "file_name"]


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin):
    list_display = ["at", "payment", "row", "kind", "by", "undone_at"]
    list_filter = ["kind"]
    list_select_related = ["payment__order", "row", "by"]
    search_fields = ["payment__order__code"]
