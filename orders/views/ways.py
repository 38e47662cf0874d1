"""How the exhibitor is paid: QRIS, cash at the stand. And the page behind the link in an owner's mail."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.models import MemberRole
from exhibitors.paying import has_way
from exhibitors.permissions import exhibitor_owner_required, exhibitor_required
from exhibitors.views_accounts import confirmation_page
from expo.errors import DomainError
from expo.limits import check_rate
from expo.private import secret_link
from orders.domain.gateway_accounts import accounts_in_use, set_gateway, stop_gateway
from orders.domain.qris_codes import confirm_qris, give_qris, waiting_code, withdraw_qris
from orders.forms.ways import GatewayForm, PaymentSettingsForm, QrisForm
from orders.models import PaymentSettings, QrisCode, QrisState

TAB = "payments"
TRIES_PER_HOUR = 30


@require_safe
@exhibitor_required
def settings_page(request):
    return show(request)


def show(request, *, qris_form=None, settings_form=None, gateway_form=None, status=200):
    now = timezone.now()
    codes = QrisCode.objects.filter(exhibitor=request.exhibitor)
    context = {
        "has_way": has_way(request.exhibitor, now),
        "account_change": request.exhibitor.account_changes.alive().first(),
        "current": codes.in_use(now).first(),
        "coming": codes.coming(now).first(),
        "waiting": codes.waiting().first(),
        "blocked": codes.filter(state=QrisState.BLOCKED).order_by("-ended_at").first(),
        "qris_form": qris_form or QrisForm(),
        "settings_form": settings_form or PaymentSettingsForm(instance=settings_of(request.exhibitor)),
        "gateway_on": settings.GATEWAY,
        "gateway_rehearsal": settings.GATEWAY_SANDBOX,
        "account": accounts_in_use().filter(exhibitor=request.exhibitor).first(),
        "gateway_form": gateway_form or GatewayForm(),
        "is_owner": request.membership.role == MemberRole.OWNER,
    }
    return render_dashboard(request, "orders/payment_settings.html", context, tab=TAB, status=status)


def settings_of(exhibitor) -> PaymentSettings:
    """What was chosen, or an unsaved row of defaults."""
    return PaymentSettings.objects.filter(exhibitor=exhibitor).first() or PaymentSettings(exhibitor=exhibitor)


def keep(request, name: str, form, save: Callable[..., Any], *, field: Callable[[Any], str], success: str):
    """Have the domain keep what a valid form holds: a redirect then, None when the form is to be shown again.

    What the domain refuses stands at ``field(cleaned_data)``; ``name`` is what too many tries are counted by.
    """
    try:
        check_rate(name, str(request.exhibitor.pk), TRIES_PER_HOUR, 3600)
    except DomainError as error:  # before a picture is read
        messages.error(request, str(error))
        return redirect("orders:payment-settings")
    if not form.is_valid():
        return None
    try:
        save(**form.cleaned_data)
    except DomainError as error:
        form.add_error(field(form.cleaned_data), str(error))
        return None
    messages.success(request, success)
    return redirect("orders:payment-settings")


@require_POST
@exhibitor_owner_required
def qris(request):
    """Give a code, as a picture or as text."""
    form = QrisForm(request.POST, request.FILES)
    success = _("QRIS diterima. Buka surel pemilik dan konfirmasi lewat tautan di dalamnya.")

    def save(code, **_form):
        give_qris(request.exhibitor, code, by=request.user)

    def field(data):
        return "picture" if data["picture"] else "text"

    return keep(request, "qris", form, save, field=field, success=success) or show(request, qris_form=form)


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
    success = _("Kunci diterima Midtrans. Pembeli sekarang dapat membayar otomatis.")
    save = partial(set_gateway, request.exhibitor, by=request.user)
    kept = keep(request, "gateway", form, save, field=lambda _data: "server_key", success=success)
    return kept or show(request, gateway_form=form)


@require_POST
@exhibitor_owner_required
def gateway_stop(request):
    stop_gateway(request.exhibitor, by=request.user)
    messages.success(request, _("Pembayaran otomatis dihentikan."))
    return redirect("orders:payment-settings")


@require_POST
@exhibitor_owner_required
def settings_change(request):
    form = PaymentSettingsForm(request.POST, instance=settings_of(request.exhibitor))
    if not form.is_valid():
        return show(request, settings_form=form)
    form.save()
    messages.success(request, _("Perubahan tersimpan."))
    return redirect("orders:payment-settings")


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def qris_confirmation(request, token):
    return confirmation_page(request, token, waiting_code, confirm_qris, "orders/qris_confirmation.html")
