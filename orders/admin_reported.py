"""The queue of reported sales in the admin: what it says beside its documents and what is odd about it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin, two_lines
from exhibitors.admin_curation import CurationAdminMixin, DecisionForm, Verb, decision_log
from expo.documents import document_response
from expo.fields import RupiahField
from expo.formats import rupiah, wib_brief
from journal.models import Evidence
from orders.models import ReportedDocument, ReportedSale
from orders.reported.doubts import doubts_about
from orders.reported.verification import GRADES, content_of_report, refuse_report, return_report, verify_report
from orders.states import REPORT_TRANSITIONS, ReportState


def from_states(after: str) -> frozenset[str]:
    return frozenset(state for state, moves in REPORT_TRANSITIONS.items() if after in moves)


class ReportDecisionForm(DecisionForm):
    """Verifying asks how strong the evidence is and how much it shows."""

    def __init__(self, *args, report: ReportedSale | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if report is None:
            return
        self.fields["grade"] = forms.ChoiceField(
            label=_("Seberapa kuat buktinya?"),
            choices=[(grade.value, grade.label) for grade in GRADES],
            initial=Evidence.B,
        )
        self.fields["amount"] = RupiahField(
            label=_("Jumlah menurut bukti"),
            initial=report.amount,
            min_value=1,
            help_text=_("Barang saja, tanpa ongkos kirim. Bila lebih kecil daripada laporannya, tulis sebabnya."),
        )
        self.order_fields(["amount", "grade", "reason"])


@admin.register(ReportedSale)
class ReportedSaleAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    decision_form = ReportDecisionForm
    list_display = [
        "number", "waiting", "seller", "shown_amount", "what", "grade", "state",
    ]  # fmt: skip
    list_display_links = ["number"]
    list_filter = ["state", "measure", "sold_at", "evidence", "edition"]
    list_select_related = ["exhibitor"]
    search_fields = ["reference_key", "exhibitor__name"]
    search_help_text = _("Nomor nota tanpa tanda baca, atau nama peserta.")
    ordering = ["-waiting_since"]
    fields = readonly_fields = [
        "number", "state", "documents", "doubts", "exhibitor", "shown_amount", "measure", "pays", "occurred_at",
        "sold_at", "name", "quantity", "category_label", "reference", "destination_label", "note", "edition", "booth",
        "reported_at", "reported_by", "evidence", "shown_accepted", "decided_at", "decided_by", "log",
    ]  # fmt: skip
    verbs = (
        Verb(
            "verify",
            _("Terverifikasi: hitung"),
            from_states(ReportState.VERIFIED),
            verify_report,
            kind="main",
            seen=content_of_report,
        ),
        Verb("return", _("Minta bukti lain"), from_states(ReportState.RETURNED), return_report, True),
        Verb("refuse", _("Tolak: jangan dihitung"), from_states(ReportState.REFUSED), refuse_report, True, "danger"),
    )

    def get_urls(self):
        page = self.admin_site.admin_view(self.document_view)
        return [path("<int:pk>/berkas/<int:document>/", page, name="orders_reportedsale_document"), *super().get_urls()]

    def document_view(self, request, pk, document):
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = ReportedDocument.objects.filter(report=pk, pk=document).first()
        if found is None:
            raise Http404
        return document_response(found.file)

    def get_actions(self, request):
        """Nothing is verified from the list: each has documents to be looked at."""
        return {name: action for name, action in super().get_actions(request).items() if name != "verify"}

    def form_options(self, subjects, verb):
        return {"report": subjects[0]} if verb.name == "verify" else {}

    def decision_view(self, request, verb):
        if verb == "verify" and len(request.GET.getlist("pk")) != 1:
            raise Http404
        return super().decision_view(request, verb)

    def decide_one(self, request, verb, subject, cleaned):
        if verb.name != "verify":
            return super().decide_one(request, verb, subject, cleaned)
        return verify_report(
            subject,
            by=request.user,
            grade=cleaned["grade"],
            amount=cleaned["amount"],
            reason=cleaned["reason"],
            seen=request.POST.get(f"seen_{subject.pk}", ""),
        )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("nomor"), ordering="pk")
    def number(self, report):
        return report.number

    @admin.display(description=_("menunggu sejak"), ordering="waiting_since")
    def waiting(self, report):
        return wib_brief(report.waiting_since)

    @admin.display(description=_("peserta, tempat"), ordering="exhibitor__name")
    def seller(self, report):
        return two_lines(report.exhibitor, report.get_sold_at_display())

    @admin.display(description=_("ukuran, terjadi"), ordering="occurred_at")
    def what(self, report):
        return two_lines(report.get_measure_display(), wib_brief(report.occurred_at))

    @admin.display(description=_("bukti"), ordering="evidence")
    def grade(self, report):
        return report.evidence

    @admin.display(description=_("jumlah (rupiah)"), ordering="amount")
    def shown_amount(self, report):
        return rupiah(report.amount)

    @admin.display(description=_("jumlah menurut bukti"))
    def shown_accepted(self, report):
        return "–" if report.accepted_amount is None else rupiah(report.accepted_amount)

    @admin.display(description=_("berkas bukti"))
    def documents(self, report):
        shown = [
            (document, reverse("admin:orders_reportedsale_document", args=[report.pk, document.pk]))
            for document in report.documents.select_related("by")
        ]
        return render_to_string("admin/orders/evidence.html", {"documents": shown})

    @admin.display(description=_("perlu dilihat dua kali"))
    def doubts(self, report):
        digests = report.documents.values_list("digest", flat=True)
        found = doubts_about(report, digests, now=timezone.now(), for_staff=True)
        return render_to_string("admin/orders/doubts.html", {"doubts": found})

    @admin.display(description=_("riwayat keputusan"))
    def log(self, report):
        return render_to_string("admin/curation/log.html", {"lines": decision_log(report)})
