"""Vouchers for staff: those of the editions are made here, and what they cost whom is seen here."""

from django.contrib import admin
from django.db.models import Count, Sum
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy

from accounts.admin_base import ExpoAdmin, ReadOnlyAdmin
from expo.formats import number, rupiah
from orders.domain.vouchers import clean_code
from orders.models import Voucher, VoucherUse


@admin.register(Voucher)
class VoucherAdmin(ExpoAdmin):
    list_display = ["code", "owner", "benefit", "valid_until", "uses", "shown_spent", "shown_left", "is_active"]
    list_filter = ["edition", "benefit", "is_active"]
    list_select_related = ["exhibitor", "edition"]
    search_fields = ["code", "exhibitor__name"]
    autocomplete_fields = ["exhibitor"]
    readonly_fields = ["uses", "shown_spent", "shown_left", "by_exhibitor"]
    fields = [
        "code", "edition", "exhibitor", "benefit", "value", "most", "minimum_spend", "valid_from", "valid_until",
        "most_uses", "uses_per_buyer", "budget", "is_active", "uses", "shown_spent", "shown_left", "by_exhibitor",
    ]  # fmt: skip

    @admin.display(description=gettext_lazy("milik"))
    def owner(self, voucher):
        return voucher.exhibitor or voucher.edition

    @admin.display(description=gettext_lazy("terpakai"), ordering="spent")
    def shown_spent(self, voucher):
        return rupiah(voucher.spent)

    @admin.display(description=gettext_lazy("sisa anggaran"))
    def shown_left(self, voucher):
        return "–" if voucher.budget_left is None else rupiah(voucher.budget_left)

    @admin.display(description=gettext_lazy("terpakai per peserta"))
    def by_exhibitor(self, voucher):
        """What the organiser owes each exhibitor for it, largest first."""
        rows = (
            VoucherUse.objects.filter(voucher=voucher, returned_at=None)
            .values_list("order__exhibitor__name")
            .annotate(uses=Count("pk"), amount=Sum("amount"))
            .order_by("-amount")
        )
        lines = ((name, rupiah(amount), number(uses)) for name, uses, amount in rows)
        return format_html_join("", "<p>{}: {} ({}×)</p>", lines) or "–"

    def save_model(self, request, obj, form, change):
        obj.code = clean_code(obj.code)
        if not change:
            obj.created_by = request.user
        # What buyers take meanwhile is never written over.
        names = [name for name in form.changed_data if name not in ("uses", "spent")]
        if change:
            obj.save(update_fields=names) if names else None
        else:
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and obj is not None and not obj.taken.exists()


@admin.register(VoucherUse)
class VoucherUseAdmin(ReadOnlyAdmin):
    list_display = ["voucher", "order", "exhibitor", "shown_amount", "at", "returned_at"]
    list_filter = ["voucher"]
    list_select_related = ["voucher", "order__exhibitor"]
    search_fields = ["voucher__code", "order__code"]

    @admin.display(description=gettext_lazy("peserta"))
    def exhibitor(self, use):
        return use.order.exhibitor

    @admin.display(description=gettext_lazy("potongan (rupiah)"))
    def shown_amount(self, use):
        return rupiah(use.amount)
