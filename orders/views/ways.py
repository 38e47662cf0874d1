"""How the exhibitor is paid: QRIS, cash at the stand. And the page behind the link in an owner's mail."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.models import MemberRole
from exhibitors.permissions import exhibitor_owner_required, exhibitor_required
from expo.errors import DomainError
from expo.limits import check_rate
from orders.domain.gateway_accounts import set_gateway, stop_gateway
from orders.domain.qris_codes import confirm_qris, give_qris, waiting_code, withdraw_qris
from orders.forms.ways import GatewayForm, PaymentSettingsForm, QrisForm
from orders.models import GatewayAccount, PaymentSettings, QrisCode, QrisState
from orders.views.private import secret_link

TAB = "profile"
TRIES_PER_HOUR = 30


@require_safe
@exhibitor_required
def settings_page(request):
    return show(request)


def show(request, *, qris_form=None, settings_form=None, gateway_form=None, status=200):
    now = timezone.now()
    codes = QrisCode.objects.filter(exhibitor=request.exhibitor)
    chosen = PaymentSettings.objects.filter(exhibitor=request.exhibitor).first()
    context = {
        "current": codes.in_use(now).first(),
        "coming": codes.filter(state=QrisState.CONFIRMED, active_from__gt=now).order_by("active_from").first(),
        "waiting": codes.filter(state=QrisState.WAITING).first(),
        "blocked": codes.filter(state=QrisState.BLOCKED).order_by("-ended_at").first(),
        "qris_form": qris_form or QrisForm(),
        "settings_form": settings_form
        or PaymentSettingsForm(instance=chosen or PaymentSettings(exhibitor=request.exhibitor)),
        "gateway_on": settings.GATEWAY,
        "account": GatewayAccount.objects.filter(exhibitor=request.exhibitor, is_active=True).first(),
        "gateway_form": gateway_form or GatewayForm(),
        "is_owner": request.membership.role == MemberRole.OWNER,
    }
    return render_dashboard(request, "orders/payment_settings.html", context, tab=TAB, status=status)


@require_POST
@exhibitor_owner_required
def qris(request):
    """Give a code, as a picture or as text."""
    try:
        check_rate("qris", str(request.exhibitor.pk), TRIES_PER_HOUR, 3600)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("orders:payment-settings")
    form = QrisForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            give_qris(request.exhibitor, form.cleaned_data["code"], by=request.user)
        except DomainError as error:
            form.add_error("picture" if form.cleaned_data["picture"] else "text", str(error))
        else:
            messages.success(request, _("QRIS diterima. Buka surel pemilik dan konfirmasi lewat tautan di dalamnya."))
            return redirect("orders:payment-settings")
    return show(request, qris_form=form)


@require_POST
@exhibitor_owner_required
def qris_withdrawal(request):
    withdraw_qris(request.exhibitor, by=request.user)
    messages.success(request, _("QRIS ditarik. Pembeli tidak dapat memilihnya lagi."))
    return redirect("orders:payment-settings")


@require_POST
@exhibitor_owner_required
def gateway(request):
    """Take payments through the exhibitor's own Midtrans account."""
    form = GatewayForm(request.POST)
    if form.is_valid():
        try:
            check_rate("gateway", str(request.exhibitor.pk), TRIES_PER_HOUR, 3600)
            set_gateway(request.exhibitor, **form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error("server_key", str(error))
        else:
            messages.success(request, _("Kunci diterima Midtrans. Pembeli sekarang dapat membayar otomatis."))
            return redirect("orders:payment-settings")
    return show(request, gateway_form=form)


@require_POST
@exhibitor_owner_required
def gateway_stop(request):
    stop_gateway(request.exhibitor, by=request.user)
    messages.success(request, _("Pembayaran otomatis dihentikan."))
    return redirect("orders:payment-settings")


@require_POST
@exhibitor_owner_required
def settings_change(request):
    chosen = PaymentSettings.objects.filter(exhibitor=request.exhibitor).first()
    form = PaymentSettingsForm(request.POST, instance=chosen or PaymentSettings(exhibitor=request.exhibitor))
    if not form.is_valid():
        return show(request, settings_form=form)
    form.save()
    messages.success(request, _("Perubahan tersimpan."))
    return redirect("orders:payment-settings")


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def qris_confirmation(request, token):
    """Whoever reads the owner's mail confirms; no sign-in, as a phone's mail program opens its own browser."""
    code = waiting_code(token, timezone.now())
    done = None
    if request.method == "POST" and code is not None:
        try:
            done = confirm_qris(token)
        except DomainError:
            code = None
    context = {"code": code, "done": done}
    return render(request, "orders/qris_confirmation.html", context, status=200 if code or done else 404)
