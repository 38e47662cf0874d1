"""What the nightly check of the rollups found, for whoever keeps the figures."""

import json

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin_base import ReadOnlyAdmin
from journal.models import RollupCheck, RollupDifference

TABLES = {
    "closedday": gettext_lazy("Hari tertutup"),
    "groupday": gettext_lazy("Angka utama"),
    "cellday": gettext_lazy("Baris tabel"),
    "productday": gettext_lazy("Produk terjual"),
    "peakday": gettext_lazy("Transaksi terbesar"),
    "longtransaction": gettext_lazy("Transaksi beberapa hari"),
    "sharedtransaction": gettext_lazy("Transaksi di dua pameran"),
    "sealeduntil": gettext_lazy("Batas segel"),
    "checkpoint": gettext_lazy("Jumlah s.d. hari itu"),
    "groupsum": gettext_lazy("Angka utama, jumlah s.d. hari itu"),
    "cellsum": gettext_lazy("Baris tabel, jumlah s.d. hari itu"),
    "productsum": gettext_lazy("Produk terjual, jumlah s.d. hari itu"),
    "peaksum": gettext_lazy("Transaksi terbesar, jumlah s.d. hari itu"),
}


@admin.register(RollupDifference)
class RollupDifferenceAdmin(ReadOnlyAdmin):
    """The rows as they were found. Figures were right again at once; what made them wrong is for people to find out."""

    list_display = ["found_at", "edition", "recorded_day", "what", "key", "as_stored", "as_counted", "seen_at"]
    list_display_links = ["found_at"]
    list_filter = [("seen_at", admin.EmptyFieldListFilter), "edition", "table"]
    list_select_related = ["edition"]
    search_fields = ["key"]
    fields = [
        "edition",
        "recorded_day",
        "what",
        "key",
        "as_stored",
        "as_counted",
        "found_at",
        "seen_at",
        "seen_by_name",
    ]
    readonly_fields = ["what", "as_stored", "as_counted"]
    actions = ["mark_seen"]

    def get_actions(self, request):
        return super().get_actions(request) if request.user.has_perm("journal.change_rollupdifference") else {}

    @admin.display(description=gettext_lazy("tabel"), ordering="table")
    def what(self, row):
        return TABLES.get(row.table, row.table)

    @admin.display(description=gettext_lazy("tersimpan"))
    def as_stored(self, row):
        return shown(row.stored)

    @admin.display(description=gettext_lazy("menurut catatan"))
    def as_counted(self, row):
        return shown(row.counted)

    @admin.action(description=gettext_lazy("Tandai sudah ditangani"))
    def mark_seen(self, request, queryset):
        count = queryset.filter(seen_at=None).update(seen_at=timezone.now(), seen_by_name=str(request.user)[:120])
        told = ngettext("%(count)s selisih ditandai.", "%(count)s selisih ditandai.", count) % {"count": count}
        messages.success(request, told)


@admin.register(RollupCheck)
class RollupCheckAdmin(ReadOnlyAdmin):
    """That the check ran, and how it went."""

    list_display = ["due_at", "finished_at", "days", "differences", "gaps"]


def shown(numbers: dict | None):
    return format_html("<code>{}</code>", json.dumps(numbers, sort_keys=True)) if numbers else "—"
