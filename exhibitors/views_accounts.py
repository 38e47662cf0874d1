"""The bank account: asked for in the dashboard, confirmed behind the link in an owner's mail, stopped."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exhibitors.dashboard import render_dashboard
from exhibitors.domain.accounts import confirm_account, give_account, stop_account, waiting_account
from exhibitors.forms import BankAccountForm
from exhibitors.permissions import exhibitor_owner_required, exhibitor_required
from expo.errors import DomainError
from expo.private import secret_link


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_owner_required
def edit_bank_account(request):
    """Ask for another account; the page says when it will count."""
    form = BankAccountForm(request.POST or None, exhibitor=request.exhibitor)
    if request.method == "POST" and form.is_valid():
        try:
            change = give_account(request.exhibitor, form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, what_happens(change))
            return redirect("exhibitors:profile")
    context = {"form": form, "alive": request.exhibitor.account_changes.alive().first()}
    return render_dashboard(request, "exhibitors/dashboard/edit_bank_account.html", context, tab="profile")


def what_happens(change) -> str:
    if change.applied_at:
        return _("Perubahan tersimpan.")
    return _("Rekening baru diterima. Buka surel pemilik dan konfirmasi lewat tautan di dalamnya.")


@require_POST
@exhibitor_required
def account_stop(request):
    """Anybody who works there may stop a change: the present account stays."""
    if stop_account(request.exhibitor, by=request.user):
        messages.success(request, _("Perubahan rekening dibatalkan. Rekening yang sekarang tetap dipakai."))
    return redirect("exhibitors:profile")


@require_http_methods(["GET", "HEAD", "POST"])
@secret_link
def account_confirmation(request, token):
    return confirmation_page(request, token, waiting_account, confirm_account, "exhibitors/account_confirmation.html")


def confirmation_page(request, token, waiting: Callable, confirm: Callable, template: str):
    """Whoever reads the owner's mail confirms; no sign-in, as a phone's mail program opens its own browser."""
    change = waiting(token, timezone.now())
    done = None
    if request.method == "POST" and change is not None:
        try:
            done = confirm(token)
        except DomainError:
            change = None
    context = {"change": change, "done": done}
    return render(request, template, context, status=200 if change or done else 404)
