"""Sales at stands and the counting of drawers for staff: looked at, never edited."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin, ReadOnlyInline
from expo.formats import rupiah
from orders.models import CashSignOff, StandDiscard, StandLine, StandSale


class StandLineInline(ReadOnlyInline):
    model = StandLine
    hide_title = True
    fields = ["label", "price", "quantity", "taken", "short", "settlement", "settled_by"]
    readonly_fields = ["label", "price"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("settled_by")

    @admin.display(description=gettext_lazy("barang"))
    def label(self, line):
        return line.label

    @admin.display(description=gettext_lazy("harga satuan"))
    def price(self, line):
        return rupiah(line.unit_price)


class FateFilter(admin.SimpleListFilter):
    title = gettext_lazy("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [
            ("belum", gettext_lazy("Belum ditutup kasnya")),
            ("tutup", gettext_lazy("Sudah ditutup")),
            ("batal", gettext_lazy("Dibatalkan")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "belum":
                return queryset.unsigned()
            case "tutup":
                return queryset.filter(sign_off__isnull=False)
            case "batal":
                return queryset.filter(voided_at__isnull=False)
        return queryset


@admin.register(StandSale)
class StandSaleAdmin(ReadOnlyAdmin):
    list_display = ["number", "occurred_at", "exhibitor", "way", "shown_amount", "doubt", "sign_off", "voided_at"]
    list_filter = [FateFilter, "way", "is_doubtful", "edition"]
    list_select_related = ["exhibitor", "sign_off__exhibitor"]
    search_fields = ["exhibitor__name"]
    inlines = [StandLineInline]
    fields = [
        "number", "exhibitor", "booth", "edition", "way", "shown_amount", "sold_by", "occurred_at", "device_at",
        "sent_at", "received_at", "is_doubtful", "sign_off", "voided_at", "voided_by", "void_reason",
    ]  # fmt: skip

    @admin.display(description=gettext_lazy("nomor"))
    def number(self, sale):
        return sale.number

    @admin.display(description=gettext_lazy("jumlah (rupiah)"))
    def shown_amount(self, sale):
        return rupiah(sale.amount)

    @admin.display(description=gettext_lazy("jam perangkat diragukan"))
    def doubt(self, sale):
        return _("ya") if sale.is_doubtful else ""  # a red cross would tell of trouble where there is none


@admin.register(CashSignOff)
class CashSignOffAdmin(ReadOnlyAdmin):
    list_display = [
        "day",
        "exhibitor",
        "shown_amount",
        "shown_other",
        "shown_difference",
        "shown_discarded",
        "note",
        "signed_at",
        "signed_by",
    ]
    list_select_related = ["exhibitor", "signed_by"]
    search_fields = ["exhibitor__name"]

    @admin.display(description=gettext_lazy("tunai"))
    def shown_amount(self, signed):
        return rupiah(signed.amount)

    @admin.display(description=gettext_lazy("QRIS dan transfer"))
    def shown_other(self, signed):
        return rupiah(signed.other)

    @admin.display(description=gettext_lazy("selisih"))
    def shown_difference(self, signed):
        return rupiah(signed.difference)

    @admin.display(description=gettext_lazy("dibuang"))
    def shown_discarded(self, signed):
        return f"{signed.discards}: {rupiah(signed.discarded)}" if signed.discards else ""


@admin.register(StandDiscard)
class StandDiscardAdmin(ReadOnlyAdmin):
    list_display = ["number", "sold_at", "exhibitor", "shown_amount", "reason", "discarded_at", "discarded_by"]
    list_filter = ["way"]
    list_select_related = ["exhibitor", "discarded_by"]
    search_fields = ["exhibitor__name"]
    fields = [
        "number", "exhibitor", "way", "shown_amount", "what", "refusal", "reason", "replaced_by", "sold_at", "day",
        "discarded_at", "discarded_by", "sign_off",
    ]  # fmt: skip

    @admin.display(description=gettext_lazy("nomor"))
    def number(self, gone):
        return gone.number

    @admin.display(description=gettext_lazy("jumlah (rupiah)"))
    def shown_amount(self, gone):
        return rupiah(gone.amount)
