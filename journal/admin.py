"""The journal as staff look at it. Nothing is written here: money enters through orders, imports and corrections."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ReadOnlyAdmin
from expo.formats import rupiah
from journal.models import Entry


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = [
        "recorded_at",
        "occurred_at",
        "edition",
        "phase",
        "exhibitor_label",
        "product_label",
        "measure",
        "nature",
        "rupiah",
        "evidence",
        "transaction_key",
    ]
    list_display_links = ["recorded_at"]
    list_filter = ["edition", "measure", "nature", "channel", "evidence", "phase", "source_kind"]
    list_select_related = ["edition"]
    search_fields = ["=transaction_key", "=source_key"]
    search_help_text = _("Kunci transaksi atau kunci asal, lengkap.")
    ordering = ["-recorded_at", "-pk"]
    raw_id_fields = ["reverses", "exhibitor", "edition", "recorded_by"]

    @admin.display(description=_("jumlah"), ordering="amount")
    def rupiah(self, entry):
        return rupiah(entry.amount)
