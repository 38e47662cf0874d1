"""Files of a recap beside the plain ones: other papers, the annex, and what came back signed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import official_required
from expo.errors import DomainError
from reports.annex import MOST_PRINTED
from reports.attachments import MOST_BYTES
from reports.documents import PAPERS
from reports.models import Recap, SignedFile
from reports.signed import keep_signed, open_signed
from reports.views_annex import annex_part, annexes_of


class SignedFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("PDF yang sudah ditandatangani"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=gettext_lazy("PDF rekap ini sendiri, ditandatangani secara elektronik; paling besar 20 MB."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 20 MB; PDF rekap tidak sebesar itu."))
        return file


@official_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def recap_files(request, pk):
    """Every file of a recap; whoever may seal may add a signed one."""
    recap = get_object_or_404(Recap.objects.defer("figures", "snapshot"), pk=pk)
    if request.htmx and request.method != "POST":
        return annex_part(request, recap)
    may_add = request.user.has_perm("reports.add_recap")
    form = SignedFileForm(request.POST, request.FILES) if request.method == "POST" else SignedFileForm()
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        if form.is_valid():
            try:
                keep_signed(recap, form.cleaned_data["file"].read(), by=request.user)
            except DomainError as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, _("Berkas bertanda tangan tersimpan di samping aslinya."))
                return redirect("reports:files", pk=recap.pk)
    context = {
        "recap": recap,
        "form": form if may_add else None,
        "signed_files": recap.signed_files.all(),
        "papers": [(paper, _("PDF, kertas %(paper)s") % {"paper": paper.upper()}) for paper in PAPERS],
        "printed": recap.entries <= MOST_PRINTED,
        **annexes_of(recap),
    }
    return render(request, "reports/files.html", context, status=400 if form.errors else 200)


@official_required
@require_safe
def signed_file(request, pk, number):
    signed = get_object_or_404(SignedFile.objects.select_related("recap"), recap=pk, pk=number)
    name = f"rekap-{signed.recap.number.replace('/', '-')}-bertanda-tangan.pdf"
    response = FileResponse(open_signed(signed), as_attachment=True, filename=name, content_type="application/pdf")
    patch_cache_control(response, private=True, no_store=True)
    return response
