"""QRIS codes for staff: compared with their exhibitor, blocked or cleared, never edited."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from accounts.admin_base import ReadOnlyAdmin
from expo.errors import DomainError
from expo.formats import rupiah
from orders.domain.qris_codes import block_qris, clear_twin
from orders.models import GatewayCharge, Match, PaymentSettings, QrisCode, QrisState, Statement
from orders.qris.resemblance import ALIKE

ALIVE = (QrisState.WAITING, QrisState.CONFIRMED)


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=250,
        help_text=gettext_lazy("Pengelola peserta membacanya."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


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
class QrisCodeAdmin(ReadOnlyAdmin):
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
    change_form_outer_before_template = "admin/orders/verbs.html"

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

    @admin.display(description=gettext_lazy("status"))
    def standing(self, code):
        if code.state == QrisState.CONFIRMED and code.active_from > timezone.now():
            return _("Masa tunggu 24 jam")
        return code.get_state_display()

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/pemblokiran/", view(self.block_view), name="orders_qriscode_block"),
            path("<int:pk>/pemeriksaan/", view(self.clear_view), name="orders_qriscode_clear"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        code = self.get_object(request, object_id) if object_id else None
        if code is not None and code.state in ALIVE and may_judge(request.user):
            extra["verbs"] = [(_("Blokir kode ini"), reverse("admin:orders_qriscode_block", args=[code.pk]))]
            if QrisCode.objects.suspicious().filter(pk=code.pk).exists():
                address = reverse("admin:orders_qriscode_clear", args=[code.pk])
                extra["verbs"].append((_("NMID kembar ini wajar"), address))
        return super().changeform_view(request, object_id, form_url, extra)

    def block_view(self, request, pk):
        code = self.judged(request, pk)
        form = BlockForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                block_qris(code, by=request.user, reason=form.cleaned_data["reason"])
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Kode diblokir. Pengelolanya diberi tahu."))
                return redirect("admin:orders_qriscode_change", code.pk)
        return self.decision(request, code, form, _("Blokir kode ini"), danger=True)

    def clear_view(self, request, pk):
        code = self.judged(request, pk)
        if request.method == "POST":
            clear_twin(code, by=request.user)
            messages.success(request, _("Dicatat: NMID kembar ini wajar."))
            return redirect("admin:orders_qriscode_change", code.pk)
        return self.decision(request, code, forms.Form(), _("NMID kembar ini wajar"))

    def judged(self, request, pk):
        if not may_judge(request.user):
            raise PermissionDenied
        return get_object_or_404(QrisCode.objects.select_related("exhibitor"), pk=pk)

    def decision(self, request, code, form, title, *, danger=False):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{title}: {code}",
            "back": reverse("admin:orders_qriscode_change", args=[code.pk]),
            "form": form,
            "verb": title,
            "danger": danger,
        }
        return TemplateResponse(request, "admin/orders/qris_decision.html", context)


def may_judge(user) -> bool:
    return user.has_perm("orders.change_qriscode")


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
