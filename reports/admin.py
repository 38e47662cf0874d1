"""Recaps in the admin: looked at, sealed, withdrawn; never edited."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin
from expo.errors import DomainError
from expo.formats import wib
from reports.forms import SealForm, WithdrawalForm
from reports.models import Recap, RecapState
from reports.seal import seal, withdraw


@admin.register(Recap)
class RecapAdmin(ReadOnlyAdmin):
    list_display = ["number", "scope", "cutoff", "state", "code", "entries", "sealed_at", "sealed_by_name"]
    list_filter = ["state", "year", "scheduled"]
    search_fields = ["number", "=code"]
    ordering = ["-pk"]
    fields = [
        "number",
        "scope",
        "state",
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
        "pages",
    ]
    readonly_fields = ["pages"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("figures", "snapshot")

    def has_add_permission(self, request):
        return request.user.has_perm("reports.add_recap")

    def get_urls(self):
        withdrawal = self.admin_site.admin_view(self.withdrawal_view)
        return [path("<int:pk>/penarikan/", withdrawal, name="reports_recap_withdrawal"), *super().get_urls()]

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
        links = [
            (_("Buka rekap"), reverse("reports:detail", args=[recap.pk])),
            (_("Halaman verifikasi"), recap.get_absolute_url()),
        ]
        if recap.state != RecapState.WITHDRAWN:
            links.append((_("Tarik rekap"), reverse("admin:reports_recap_withdrawal", args=[recap.pk])))
        return format_html(
            '<span class="verbs">{}</span>',
            format_html("".join("{}" for _link in links), *[self._link(*link) for link in links]),
        )

    @staticmethod
    def _link(label, url):
        return format_html('<a class="verb" href="{}">{}</a>', url, label)

    def add_view(self, request, form_url="", extra_context=None):
        """Sealing: one page with editions and cut-offs."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = SealForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                recap = seal(by=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, _("Rekap %(number)s tersegel.") % {"number": recap.number}, messages.SUCCESS)
                return HttpResponseRedirect(reverse("reports:detail", args=[recap.pk]))
        return self._form_page(request, form, title=_("Segel rekap"), verb=_("Segel rekap"), danger=False)

    def withdrawal_view(self, request, pk):
        if not self.has_add_permission(request):
            raise PermissionDenied
        recap = get_object_or_404(Recap, pk=pk)
        form = WithdrawalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                withdraw(recap, by=request.user, reason=form.cleaned_data["reason"])
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, _("Rekap %(number)s ditarik.") % {"number": recap.number}, messages.WARNING)
                return HttpResponseRedirect(reverse("admin:reports_recap_changelist"))
        title = _("Tarik rekap %(number)s") % {"number": recap.number}
        return self._form_page(request, form, title=title, verb=_("Tarik rekap"), danger=True)

    def _form_page(self, request, form, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "back": reverse("admin:reports_recap_changelist"),
            "has_view_permission": True,
        }
        return render(request, "admin/recap_form.html", context)
