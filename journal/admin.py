"""The journal as staff look at it. Rows are never edited; who may, adds entries through its forms."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin, two_lines
from expo.formats import number, rupiah, wib, wib_brief
from journal import admin_rollups  # noqa: F401 (registers itself)
from journal.admin_writing import WritingPages, may_write, verb
from journal.models import Entry
from journal.staff import is_written_on


@admin.register(Entry)
class EntryAdmin(WritingPages, ReadOnlyAdmin):
    list_display = [
        "when",
        "what",
        "goods",
        "rupiah",
        "grade",
        "edition",
        "transaction_key",
    ]
    list_display_links = ["when"]
    list_filter = ["edition", "measure", "nature", "channel", "evidence", "phase", "source_kind"]
    list_select_related = ["edition"]
    search_fields = ["=transaction_key", "=source_key"]
    search_help_text = gettext_lazy("Kunci transaksi atau kunci asal, lengkap.")
    ordering = ["-recorded_at", "-pk"]
    change_form_outer_before_template = "admin/curation/verbs.html"
    list_before_template = "admin/curation/verbs.html"
    fields = [
        "measure", "rupiah", "pieces", "nature", "on_order", "edition", "phase", "channel", "evidence", "papers",
        "occurred", "recorded", "exhibitor_label", "kind", "regency_label", "product_label", "category_label",
        "destination_label", "note", "recorded_by", "transaction_key", "source_kind", "source_key", "origin", "changes",
    ]  # fmt: skip
    readonly_fields = ["rupiah", "pieces", "papers", "occurred", "recorded", "origin", "changes"]

    @admin.display(description=gettext_lazy("terjadi, tercatat"), ordering="recorded_at")
    def when(self, entry):
        said = _("tercatat %(when)s") % {"when": wib_brief(entry.recorded_at)}
        return two_lines(wib_brief(entry.occurred_at), said)

    @admin.display(description=gettext_lazy("peserta, produk"), ordering="exhibitor_label")
    def goods(self, entry):
        return two_lines(entry.exhibitor_label, entry.product_label)

    @admin.display(description=gettext_lazy("bukti"), ordering="evidence")
    def grade(self, entry):
        return entry.evidence

    @admin.display(description=gettext_lazy("ukuran"), ordering="measure")
    def what(self, entry):
        """The measure, with how it was changed where it is no plain sale or promise."""
        nature = entry.get_nature_display() if entry.nature != "sale" else ""
        told = " · ".join(filter(None, [str(entry.get_phase_display()), str(entry.get_channel_display()), str(nature)]))
        return two_lines(entry.get_measure_display(), told)

    @admin.display(description=gettext_lazy("jumlah (rupiah)"), ordering="amount")
    def rupiah(self, entry):
        return format_html('<span class="amount">{}</span>', rupiah(entry.amount))

    @admin.display(description=gettext_lazy("banyaknya"))
    def pieces(self, entry):
        return number(entry.quantity)

    @admin.display(description=gettext_lazy("tercatat"), ordering="recorded_at")
    def recorded(self, entry):
        return wib(entry.recorded_at.replace(second=0, microsecond=0))

    @admin.display(description=gettext_lazy("terjadi"), ordering="occurred_at")
    def occurred(self, entry):
        return wib(entry.occurred_at.replace(second=0, microsecond=0))

    @admin.display(description=gettext_lazy("berkas bukti"))
    def papers(self, entry):
        shown = [
            (document, reverse("admin:journal_entry_document", args=[entry.pk, document.pk]))
            for document in entry.documents.select_related("by")
        ]
        return render_to_string("admin/orders/evidence.html", {"documents": shown})

    @admin.display(description=gettext_lazy("catatan asal"))
    def origin(self, entry):
        return linked(entry.reverses) if entry.reverses else "–"

    @admin.display(description=gettext_lazy("catatan atas catatan ini"))
    def changes(self, entry):
        found = list(entry.reversals.order_by("pk")[:50])
        lines = [format_html("{} · {}", linked(one), wib(one.recorded_at)) for one in found]
        return format_html_join("", "<p>{}</p>", ((line,) for line in lines)) or "–"

    def changelist_view(self, request, extra_context=None):
        verbs = [(verb(_("Catat transaksi atau janji"), "main"), reverse("admin:journal_entry_deal"))]
        return super().changelist_view(request, {"verbs": verbs if may_write(request) else [], **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        entry = self.get_object(request, object_id) if object_id else None
        if entry is not None and is_written_on(entry) and may_write(request):
            extra["verbs"] = self.verbs_for(entry)
        return super().changeform_view(request, object_id, form_url, extra)


def linked(entry: Entry):
    address = reverse("admin:journal_entry_change", args=[entry.pk])
    told = f"{entry.get_nature_display()}: {entry.get_measure_display()} {rupiah(entry.amount)}"
    return format_html('<a class="seen" href="{}">{}</a>', address, told)
