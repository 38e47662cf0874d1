"""Recaps in the admin: looked at, sealed, sent, withdrawn; never edited."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

from accounts.admin_base import ReadOnlyAdmin, nothing_to_fill, verb_links
from accounts.admin_mail import UncertainMailPages
from expo.delivery import UNDELIVERED
from expo.formats import wib
from expo.models import MailEvent, MailState, OutgoingMail
from reports import admin_issuing  # noqa: F401 (registers the rest)
from reports.checks import standing
from reports.desk import undelivered
from reports.dispatch import readers_of
from reports.forms import SealForm, WithdrawalForm
from reports.models import Recap, RecapState, Recount
from reports.seal import seal, withdraw
from reports.sending import ask_to_send


class NotReached(admin.SimpleListFilter):
    title = gettext_lazy("surel")
    parameter_name = "surel"

    def lookups(self, request, model_admin):
        return [("gagal", _("Ada yang tidak atau belum pasti sampai"))]

    def queryset(self, request, queryset):
        if self.value() != "gagal":
            return queryset
        return queryset.filter(pk__in=undelivered().values("recap"))


class InDoubt(admin.SimpleListFilter):
    title = gettext_lazy("hitung ulang")
    parameter_name = "hitung"

    def lookups(self, request, model_admin):
        return [("beda", _("Tidak sama dengan jurnal"))]

    def queryset(self, request, queryset):
        return queryset.in_doubt() if self.value() == "beda" else queryset


@admin.register(Recap)
class RecapAdmin(UncertainMailPages, ReadOnlyAdmin):
    list_display = ["number", "scope", "cutoff", "state", "code", "entries", "sealed_at", "sealed_by_name"]
    list_filter = ["state", "year", "scheduled", NotReached, InDoubt]
    search_fields = ["number", "=code"]
    ordering = ["-pk"]
    list_before_template = "admin/reports/seals.html"
    fields = [
        "number",
        "scope",
        "state",
        "pages",
        "code",
        "occurred_cutoff",
        "recorded_cutoff",
        "entries",
        "figures_hash",
        "chain_hash",
        "sealed_at",
        "sealed_by_name",
        "scheduled",
        "superseded_by",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawal_reason",
        "recounted",
        "mails",
        "history",
    ]
    readonly_fields = ["pages", "recounted", "mails", "history"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("figures", "snapshot")

    def has_add_permission(self, request):
        return request.user.has_perm("reports.add_recap")

    def get_urls(self):
        page = self.admin_site.admin_view
        return [
            path("<int:pk>/penarikan/", page(self.withdrawal_view), name="reports_recap_withdrawal"),
            path("<int:pk>/pengiriman/", page(self.sending_view), name="reports_recap_sending"),
            path("<int:pk>/kepastian/", page(self.uncertain_view), name="reports_recap_uncertain"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"standing": standing(), **(extra_context or {})})

    @admin.display(description=gettext_lazy("batas waktu"), ordering="occurred_cutoff")
    def cutoff(self, recap):
        return wib(recap.occurred_cutoff)

    @admin.display(description=gettext_lazy("SHA-256 angka"))
    def figures_hash(self, recap):
        return recap.sha256

    @admin.display(description=gettext_lazy("SHA-256 rantai"))
    def chain_hash(self, recap):
        return recap.chain_sha256

    @admin.display(description=gettext_lazy("halaman"))
    def pages(self, recap):
        found = [
            (_("Buka rekap"), reverse("reports:detail", args=[recap.pk])),
            (_("Halaman verifikasi"), recap.get_absolute_url()),
        ]
        if recap.state != RecapState.WITHDRAWN:
            found.append((_("Tarik rekap"), reverse("admin:reports_recap_withdrawal", args=[recap.pk])))
        return verb_links(found)

    @admin.display(description=gettext_lazy("hitung ulang dari jurnal"))
    def recounted(self, recap):
        """Done before the first mail and on every walk along the chain."""
        found = Recount.objects.filter(recap=recap).first()
        if found is None:
            return "–"
        if found.holds:
            return _("Sama (%(at)s)") % {"at": wib(found.at)}
        return _(
            "Tidak sama sejak %(since)s: %(differs)s. Rekap ini tidak dikirim dan tidak tampil di statistik. Cari "
            "sebabnya, lalu segel revisinya."
        ) % {"since": wib(found.doubted_at), "differs": found.differs}

    @admin.display(description=gettext_lazy("surel ke penerima"))
    def mails(self, recap):
        """Whom it reached, whom not, and who has not been sent it yet."""
        decided = Prefetch("mail__events", MailEvent.objects.select_related("by"))
        deliveries = list(recap.deliveries.select_related("mail", "queued_by").prefetch_related(decided))
        served = {delivery.address for delivery in deliveries}
        context = {
            "deliveries": deliveries,
            "missing": [reader for reader in readers_of(recap) if reader.email not in served],
            "recap": recap,
            "undelivered": any(delivery.mail.state in UNDELIVERED for delivery in deliveries),
            "uncertain": any(delivery.mail.state == MailState.UNCERTAIN for delivery in deliveries),
        }
        return render_to_string("admin/reports/deliveries.html", context)

    @admin.display(description=gettext_lazy("riwayat"))
    def history(self, recap):
        return render_to_string("admin/events.html", {"events": recap.events.select_related("by")})

    def add_view(self, request, form_url="", extra_context=None):
        """Sealing: one page with editions and cut-offs."""
        self.require_sealer(request)

        def act(form):
            recap = seal(by=request.user, **form.cleaned_data)
            self.message_user(request, _("Rekap %(number)s tersegel.") % {"number": recap.number}, messages.SUCCESS)
            return reverse("reports:detail", args=[recap.pk])

        note = _(
            "Rekap yang tersegel tidak dapat diubah. "
            "Koreksi sesudahnya menjadi revisi dengan batas catat yang lebih kemudian."
        )
        return self.answer(request, SealForm(request.POST or None), act, title=_("Segel rekap"), note=note)

    def withdrawal_view(self, request, pk):
        self.require_sealer(request)
        recap = get_object_or_404(Recap, pk=pk)

        def act(form):
            withdraw(recap, by=request.user, reason=form.cleaned_data["reason"])
            self.message_user(request, _("Rekap %(number)s ditarik.") % {"number": recap.number}, messages.WARNING)
            return self.list_address()

        title = _("Tarik rekap %(number)s") % {"number": recap.number}
        note = _("Rekap tetap ada dan dapat diverifikasi. Penerimanya diberi tahu lewat surel.")
        return self.answer(request, WithdrawalForm(request.POST or None), act, title=title, danger=True, note=note)

    def sending_view(self, request, pk):
        """A worker counts it again and sends it; this page shows what came of it. What has arrived is not sent again,
        however often it is pressed."""
        self.require_sealer(request)
        recap = get_object_or_404(Recap, pk=pk)
        page = reverse("admin:reports_recap_sending", args=[recap.pk])
        last = recap.sendings.first()
        if request.htmx and request.method == "GET":
            if last and last.finished_at is None:
                return TemplateResponse(request, "admin/reports/sending_state.html", {"sending": last, "page": page})
            return HttpResponseClientRefresh()

        def act(form):
            ask_to_send(recap, by=request.user)
            return page

        return self.answer(
            request,
            nothing_to_fill(request),
            act,
            title=_("Kirim rekap"),
            note=_("Hanya ke penerima yang belum pernah dikirimi, atau yang surelnya gagal atau kembali."),
            back=reverse("admin:reports_recap_change", args=[recap.pk]),
            template="admin/reports/sending.html",
            sending=last,
            page=page,
        )

    def uncertain_view(self, request, pk):
        self.require_sealer(request)
        recap = get_object_or_404(Recap, pk=pk)
        mails = OutgoingMail.objects.filter(pk__in=recap.deliveries.values("mail"))
        return self.uncertain_page(request, mails, back=reverse("admin:reports_recap_change", args=[recap.pk]))

    def require_sealer(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
