"""Sales made elsewhere: reported here with evidence, each with where it stands."""

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.domain.decisions import latest_decision
from exhibitors.permissions import exhibitor_required, owned
from expo.documents import document_response
from expo.errors import DomainError
from journal.models import Measure
from orders.cashdesk.place import refusal_to_sell
from orders.forms.reported import EvidenceForm, PaymentForm, ReportForm
from orders.models import ReportedDocument, ReportedSale
from orders.reported.errors import UnsureError
from orders.reported.reports import add_evidence, open_amount, report_payment, report_sale, withdraw_report
from orders.states import REPORT_LIVE, REPORT_OPEN, REPORT_TRANSITIONS, ReportState
from orders.views.pages import newest_first

TAB = "reported"
PER_PAGE = 30


@require_safe
@exhibitor_required
def index(request):
    reports = ReportedSale.objects.filter(exhibitor=request.exhibitor)
    turnover = Q(measure=Measure.REALISED)
    sums = reports.aggregate(
        verified=Sum("accepted_amount", filter=Q(state=ReportState.VERIFIED) & turnover, default=0),
        waiting=Sum("amount", filter=Q(state__in=REPORT_OPEN) & turnover, default=0),
        waiting_count=Count("pk", filter=Q(state__in=REPORT_OPEN)),
    )
    context = {
        "listed": newest_first(reports, request.GET.get("sebelum", ""), PER_PAGE, by="reported_at"),
        "sums": sums,
        "refusal": refusal_to_sell(request.exhibitor),
    }
    return render_dashboard(request, "orders/reported/list.html", context, tab=TAB)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def new(request):
    """Report a sale. What looks like a mistake is shown once more before it is sent (``sure``)."""

    def send(form):
        return report_sale(
            request.exhibitor, form.report(), [form.evidence], by=request.user, is_sure="sure" in request.POST
        )

    form = bound(request, ReportForm)
    return answer(request, form, send, "orders/reported/new.html", {"refusal": refusal_to_sell(request.exhibitor)})


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def payment(request, pk):
    """What has been paid of a reported order."""
    promise = owned(request, ReportedSale, pk=pk)
    if not may_be_paid(promise):
        messages.error(request, _("Tidak ada yang masih harus dibayar dari laporan ini."))
        return redirect(promise)

    def send(form):
        return report_payment(promise, form.payment(), [form.evidence], by=request.user, is_sure="sure" in request.POST)

    form = bound(request, PaymentForm)
    context = {"promise": promise, "left": open_amount(promise)}
    return answer(request, form, send, "orders/reported/payment.html", context)


def bound(request, form_class):
    sent = request.method == "POST"
    return form_class(request.POST if sent else None, request.FILES if sent else None, exhibitor=request.exhibitor)


def answer(request, form, send, template, context):
    """Show the form, or send what it says; a doubt or a refusal leads back to it with everything typed."""
    doubts = []
    if request.method == "POST" and form.is_valid():
        try:
            sent = send(form)
        except UnsureError as unsure:
            doubts = unsure.doubts
        except DomainError as error:
            field = getattr(error, "field", "")
            form.add_error(field if field in form.fields else None, str(error))
        else:
            messages.success(request, _("Terkirim sebagai %(number)s. Panitia memeriksanya.") % {"number": sent.report})
            return redirect(sent.report)
    context = {"form": form, "doubts": doubts, **context}
    return render_dashboard(request, template, context, tab=TAB)


@require_safe
@exhibitor_required
def report(request, pk):
    return show(request, pk)


def show(request, pk, form=None):
    related = ReportedSale.objects.select_related("edition", "booth", "pays", "reported_by", "decided_by")
    found = owned(request, related, pk=pk)
    is_open = found.state in REPORT_OPEN
    context = {
        "report": found,
        "documents": found.documents.all(),
        "payments": found.payments.order_by("pk"),
        "decision": latest_decision(found) if found.decided_at or found.state == ReportState.RETURNED else None,
        "may_withdraw": ReportState.WITHDRAWN in REPORT_TRANSITIONS[found.state],
        "left": open_amount(found) if may_be_paid(found) else 0,
        "form": (form or EvidenceForm(exhibitor=request.exhibitor)) if is_open else None,
    }
    return render_dashboard(request, "orders/reported/detail.html", context, tab=TAB)


def may_be_paid(found: ReportedSale) -> bool:
    return found.measure == Measure.COMMITTED and found.state in REPORT_LIVE and open_amount(found) > 0


@require_safe
@exhibitor_required
def document(request, pk, document):
    found = get_object_or_404(ReportedDocument, report__exhibitor=request.exhibitor, report=pk, pk=document)
    return document_response(found.file)


@require_POST
@exhibitor_required
def evidence(request, pk):
    found = owned(request, ReportedSale, pk=pk)
    form = bound(request, EvidenceForm)
    if not form.is_valid():
        return show(request, pk, form)
    try:
        add_evidence(found, form.evidence, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Bukti ditambahkan."))
    return redirect(found)


@require_POST
@exhibitor_required
def withdrawal(request, pk):
    found = owned(request, ReportedSale, pk=pk)
    try:
        withdraw_report(found, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Laporan %(number)s ditarik.") % {"number": found.number})
    return redirect(found)
