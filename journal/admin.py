"""The journal as staff look at it. Rows are never edited; who may, adds entries through its forms."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin
from expo.errors import DomainError
from expo.formats import rupiah
from journal import admin_rollups  # noqa: F401 (registers itself)
from journal.forms import ClassificationForm, CorrectionForm, PromiseForm
from journal.models import Entry
from journal.staff import classify, correct, is_written_on, post_promise


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
    search_help_text = gettext_lazy("Kunci transaksi atau kunci asal, lengkap.")
    ordering = ["-recorded_at", "-pk"]
    raw_id_fields = ["reverses", "exhibitor", "edition", "recorded_by"]
    change_form_outer_before_template = "admin/curation/verbs.html"
    list_before_template = "admin/curation/verbs.html"

    def get_urls(self):
        page = self.admin_site.admin_view
        return [
            path("janji/", page(self.promise_view), name="journal_entry_promise"),
            path("<int:pk>/koreksi/", page(self.correction_view), name="journal_entry_correction"),
            path("<int:pk>/klasifikasi/", page(self.classification_view), name="journal_entry_classification"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("jumlah"), ordering="amount")
    def rupiah(self, entry):
        return rupiah(entry.amount)

    def changelist_view(self, request, extra_context=None):
        verbs = [(verb(_("Catat janji atau pembiayaan"), "main"), reverse("admin:journal_entry_promise"))]
        return super().changelist_view(request, {"verbs": verbs if may_write(request) else [], **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        entry = self.get_object(request, object_id) if object_id else None
        if entry is not None and is_written_on(entry) and may_write(request):
            extra["verbs"] = [
                (verb(_("Koreksi jumlah")), reverse("admin:journal_entry_correction", args=[entry.pk])),
                (verb(_("Ubah klasifikasi")), reverse("admin:journal_entry_classification", args=[entry.pk])),
            ]
        return super().changeform_view(request, object_id, form_url, extra)

    def promise_view(self, request):
        def post(form):
            post_promise(form.promise(), by=request.user, now=timezone.now())

        require_writer(request)
        return self.answer(request, PromiseForm(request.POST or None), post, _("Catat janji atau pembiayaan"))

    def correction_view(self, request, pk):
        entry = self.writable(request, pk)

        def post(form):
            correct(entry, **form.cleaned_data, by=request.user, now=timezone.now())

        return self.answer(request, CorrectionForm(request.POST or None), post, _("Koreksi jumlah"), entry)

    def classification_view(self, request, pk):
        entry = self.writable(request, pk)

        def post(form):
            given = form.cleaned_data
            classify(entry, key=given["key"], note=given["note"], by=request.user, now=timezone.now(), **form.changes())

        form = ClassificationForm(request.POST or None, entry=entry)
        return self.answer(request, form, post, _("Ubah klasifikasi"), entry)

    def writable(self, request, pk) -> Entry:
        require_writer(request)
        entry = Entry.objects.filter(pk=pk).first()
        if entry is None or not is_written_on(entry):
            raise Http404
        return entry

    def answer(self, request, form, post, title, entry=None):
        """Show the form, or post what it says; a refusal leads back to it."""
        if request.method == "POST" and form.is_valid():
            try:
                post(form)
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Tercatat di jurnal."))
                return redirect("admin:journal_entry_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "verb": title,
            "entry": entry,
            "form": form,
            "back": reverse("admin:journal_entry_change", args=[entry.pk])
            if entry
            else reverse("admin:journal_entry_changelist"),
        }
        return TemplateResponse(request, "admin/journal/posting.html", context)


def verb(label: str, kind: str = "") -> dict[str, str]:
    return {"label": label, "kind": kind}


def may_write(request) -> bool:
    return request.user.has_perm("journal.change_entry")


def require_writer(request) -> None:
    if not may_write(request):
        raise PermissionDenied
