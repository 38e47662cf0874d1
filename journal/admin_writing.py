"""Pages on which staff write into the journal: a form, then what it would change, then the writing of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin_base import VerbPages
from expo.documents import document_response
from expo.errors import DomainError
from journal.forms import (
    ClassificationForm,
    CorrectionForm,
    DealForm,
    GivingBackForm,
    LookedForm,
    PaperForm,
    PaymentForm,
)
from journal.models import Entry, EntryDocument
from journal.papers import attach
from journal.preview import preview
from journal.staff import classify, correct, give_back, is_written_on, may_be_given_back, may_be_paid, pay, post_deal

PREVIEW = "admin/journal/preview.html"


class WritingPages(VerbPages):
    """For the admin of entries. ``verbs_for`` leads to the pages of one entry."""

    verb_template = "admin/journal/posting.html"

    def get_urls(self):
        page = self.admin_site.admin_view
        return [
            path("catat/", page(self.deal_view), name="journal_entry_deal"),
            path("<int:pk>/pembayaran/", page(self.payment_view), name="journal_entry_payment"),
            path("<int:pk>/pengembalian/", page(self.giving_back_view), name="journal_entry_giving_back"),
            path("<int:pk>/koreksi/", page(self.correction_view), name="journal_entry_correction"),
            path("<int:pk>/klasifikasi/", page(self.classification_view), name="journal_entry_classification"),
            path("<int:pk>/berkas/", page(self.paper_view), name="journal_entry_paper"),
            path("<int:pk>/berkas/<int:document>/", page(self.document_view), name="journal_entry_document"),
            *super().get_urls(),
        ]

    def verbs_for(self, entry: Entry) -> list[tuple[dict, str]]:
        found = []
        if may_be_paid(entry):
            found.append((verb(_("Catat pembayaran"), "main"), self.page_of("payment", entry)))
        found.append((verb(_("Koreksi jumlah")), self.page_of("correction", entry)))
        found.append((verb(_("Ubah klasifikasi")), self.page_of("classification", entry)))
        if may_be_given_back(entry):
            found.append((verb(_("Catat pengembalian dana")), self.page_of("giving_back", entry)))
        return [*found, (verb(_("Tambah berkas bukti")), self.page_of("paper", entry))]

    def page_of(self, name: str, entry: Entry) -> str:
        return reverse(f"admin:journal_entry_{name}", args=[entry.pk])

    # Pages.

    def deal_view(self, request):
        def post(form):
            return post_deal(form.deal(), by=request.user, now=timezone.now())

        require_writer(request)
        return self.write(request, DealForm(request.POST or None), post, _("Catat transaksi atau janji"))

    def payment_view(self, request, pk):
        def post(form):
            return pay(entry, **form.given(), by=request.user, now=timezone.now())

        entry = self.writable(request, pk, may_be_paid)
        return self.write(request, PaymentForm(request.POST or None, entry=entry), post, _("Catat pembayaran"), entry)

    def giving_back_view(self, request, pk):
        def post(form):
            return give_back(entry, **form.given(), by=request.user, now=timezone.now())

        entry = self.writable(request, pk, may_be_given_back)
        form = GivingBackForm(request.POST or None, entry=entry)
        return self.write(request, form, post, _("Catat pengembalian dana"), entry)

    def correction_view(self, request, pk):
        def post(form):
            return correct(entry, **form.cleaned_data, by=request.user, now=timezone.now())

        entry = self.writable(request, pk)
        return self.write(request, CorrectionForm(request.POST or None), post, _("Koreksi jumlah"), entry)

    def classification_view(self, request, pk):
        def post(form):
            said = {name: form.cleaned_data[name] for name in ("key", "note")}
            return classify(entry, **said, by=request.user, now=timezone.now(), **form.changes())

        entry = self.writable(request, pk)
        form = ClassificationForm(request.POST or None, entry=entry)
        return self.write(request, form, post, _("Ubah klasifikasi"), entry)

    def paper_view(self, request, pk):
        entry = self.writable(request, pk)
        page = self.page_of("change", entry)

        def act(form):
            attach(entry, form.cleaned_data["file"], by=request.user)
            messages.success(request, _("Berkas bukti disimpan."))
            return page

        form = PaperForm(request.POST or None, request.FILES or None)
        return self.answer(request, form, act, title=_("Tambah berkas bukti"), back=page, entry=entry)

    def document_view(self, request, pk, document):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return document_response(get_object_or_404(EntryDocument, entry=pk, pk=document).file)

    # Writing.

    def writable(self, request, pk, condition=lambda entry: True) -> Entry:
        require_writer(request)
        entry = Entry.objects.select_related("edition", "reverses").filter(pk=pk).first()
        if entry is None or not is_written_on(entry) or not condition(entry):
            raise Http404
        return entry

    def write(self, request, form, post, title, entry=None):
        """The form until it is right; then what it would change; once somebody has looked at that, the writing."""
        more = {"title": title, "entry": entry, "back": self.page_of("change", entry) if entry else None}
        if request.method != "POST" or "mend" in request.POST or not form.is_valid():
            return self.show_form(request, form, verb=_("Lihat dahulu"), **more)
        try:
            shown = preview(lambda: post(form), now=timezone.now())
        except DomainError as error:
            form.add_error(None, str(error))
            return self.show_form(request, form, verb=_("Lihat dahulu"), **more)
        more |= {"template": PREVIEW, "verb": _("Catat di jurnal"), "typed": form, "shown": shown}
        if request.POST.get("seen") != shown.digest:
            looked = LookedForm(has_doubts=bool(shown.doubts))
            return self.show_form(request, looked, has_moved="seen" in request.POST, **more)

        def act(looked):
            return self.written(request, lambda: post(form), looked.cleaned_data["file"])

        looked = LookedForm(request.POST, request.FILES, has_doubts=bool(shown.doubts))
        return self.answer(request, looked, act, **more)

    @transaction.atomic
    def written(self, request, post, file) -> str:
        """Writes entries and their paper, or neither; where they can be seen."""
        entries = post()
        if file:
            attach(entries[-1], file, by=request.user)
        messages.success(request, _("Tercatat di jurnal."))
        return self.page_of("change", entries[-1])


def verb(label: str, kind: str = "") -> dict[str, str]:
    return {"label": label, "kind": kind}


def may_write(request) -> bool:
    return request.user.has_perm("journal.change_entry")


def require_writer(request) -> None:
    if not may_write(request):
        raise PermissionDenied
