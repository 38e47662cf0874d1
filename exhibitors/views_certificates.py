"""The tab "Sertifikat" of the dashboard: entered here, verified by staff."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.domain.certificates import remove_certificate, renewal_of, state_of, submit_certificate
from exhibitors.domain.decisions import latest_decision
from exhibitors.domain.expiry import STAGES
from exhibitors.forms_certificates import CertificateForm
from exhibitors.models import Certificate, CertificateKind
from exhibitors.permissions import exhibitor_required, owned
from expo.documents import document_response, store_document
from expo.errors import DomainError
from expo.formats import WIB
from expo.limits import check_rate

FOLDER = "certificates"
UPLOADS_AN_HOUR = 30


@require_safe
@exhibitor_required
def certificates(request):
    rows = Certificate.objects.filter(exhibitor=request.exhibitor).select_related("product")
    shown = [(row, state_of(row), days_left(row)) for row in rows]
    context = {"rows": shown, "soon": max(STAGES)}
    return render_dashboard(request, "exhibitors/dashboard/certificates.html", context, tab="certificates")


def days_left(found: Certificate) -> int | None:
    """0 on the last day, negative afterwards, None when it does not end."""
    today = timezone.now().astimezone(WIB).date()
    return (found.expires_on - today).days if found.expires_on else None


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def new_certificate(request):
    """``?jenis=`` and ``?produk=`` are where the checklists lead to."""
    kind, product = request.GET.get("jenis", ""), request.GET.get("produk", "")
    started = Certificate(exhibitor=request.exhibitor, kind=kind if kind in CertificateKind else "")
    if product.isdecimal():
        started.product = request.exhibitor.products.filter(pk=int(product[:18])).first()
    return _edit(request, started)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def certificate(request, pk):
    return _edit(request, owned(request, Certificate, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def certificate_renewal(request, pk):
    """A new certificate that starts from an old one; the old stays until its last day."""
    old = owned(request, Certificate, pk=pk)
    if newer := old.renewals.order_by("-pk").first():
        return redirect("exhibitors:certificate", newer.pk)
    return _edit(request, renewal_of(old))


@require_POST
@exhibitor_required
def certificate_removal(request, pk):
    remove_certificate(owned(request, Certificate, pk=pk), by=request.user)
    messages.success(request, _("Sertifikat dihapus."))
    return redirect("exhibitors:certificates")


@require_safe
@exhibitor_required
def document(request, pk):
    found = owned(request, Certificate, pk=pk)
    if not found.document:
        raise Http404
    return document_response(found.document)


def _edit(request, found: Certificate):
    draft = f"certificate-{found.pk or f'new-{request.exhibitor.pk}-{found.renews_id or 0}'}"
    form = CertificateForm(request.POST or None, request.FILES or None, instance=found, exhibitor=request.exhibitor)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form)
        except DomainError as error:
            field = getattr(error, "field", "")
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, _("Terkirim. Panitia memeriksa sertifikat ini."), extra_tags=draft)
            return redirect("exhibitors:certificates")
    stored = Certificate.objects.filter(pk=found.pk).first() if found.pk else None
    context = {
        "form": form,
        "certificate": stored,
        "state": state_of(stored) if stored else "",
        "left": days_left(stored) if stored else None,
        "soon": max(STAGES),
        "renewed": stored.renewals.exists() if stored else False,
        "old": found.renews if found.renews_id and not stored else None,
        "decision": latest_decision(stored) if stored else None,
        "keep": draft,
    }
    return render_dashboard(request, "exhibitors/dashboard/certificate.html", context, tab="certificates")


def _save(request, form: CertificateForm) -> None:
    found = form.save(commit=False)
    if file := form.cleaned_data["file"]:
        check_rate("certificate", str(request.exhibitor.pk), UPLOADS_AN_HOUR, 3600)
        found.document = store_document(file, FOLDER)
    submit_certificate(found, by=request.user)
