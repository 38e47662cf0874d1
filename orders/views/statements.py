"""The exhibitor's bank statement: upload, look at what fits, confirm by a click, undo."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required
from expo.errors import DomainError
from expo.limits import check_rate
from orders.cashdesk.signing import open_sheets
from orders.domain.matching import (
    confirm_exact,
    confirm_match,
    dismiss_row,
    restore_row,
    store_statement,
    suggestions,
    undo_match,
)
from orders.forms.statements import StatementForm
from orders.models import MatchKind, Statement, StatementRow

TAB = "orders"
UPLOADS_PER_HOUR = 30
SHOWN = 100
DONE_FOR = dt.timedelta(days=30)


@require_safe
@exhibitor_required
def index(request):
    return show(request, StatementForm())


def show(request, form):
    now = timezone.now()
    found = suggestions(request.exhibitor, now)
    rows = StatementRow.objects.filter(exhibitor=request.exhibitor)
    suggested = {one.row.pk for one in found}
    open_rows = [row for row in rows.filter(is_open=True)[: SHOWN + len(suggested)] if row.pk not in suggested]
    done = rows.filter(is_open=False, statement__uploaded_at__gt=now - DONE_FOR).prefetch_related(
        "matches__payment__order"
    )
    context = {
        "form": form,
        "exact": [one for one in found if one.kind == MatchKind.EXACT],
        "others": [one for one in found if one.kind != MatchKind.EXACT],
        "unmatched": open_rows[:SHOWN],
        "done": [
            {"row": row, "matches": [match for match in row.matches.all() if match.undone_at is None]}
            for row in done[:SHOWN]
        ],
        "sheets": open_sheets(request.exhibitor),
        "last": Statement.objects.filter(exhibitor=request.exhibitor).first(),
    }
    return render_dashboard(request, "orders/statements.html", context, tab=TAB)


@require_POST
@exhibitor_required
def upload(request):
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, form)
    file = form.cleaned_data["file"]
    try:
        check_rate("statement", str(request.exhibitor.pk), UPLOADS_PER_HOUR, 3600)
        statement = store_statement(request.exhibitor, file.read(), file.name, by=request.user)
    except DomainError as error:
        form.add_error("file", str(error))
        return show(request, form)
    text = ngettext("%(new)s uang masuk baru tersimpan.", "%(new)s uang masuk baru tersimpan.", statement.new_rows)
    text %= {"new": statement.new_rows}
    if statement.known_rows:
        text += " " + _("%(known)s sudah ada sebelumnya.") % {"known": statement.known_rows}
    messages.success(request, text)
    return redirect("orders:statements")


@require_POST
@exhibitor_required
def match(request):
    """Confirm one suggestion."""
    orders = attempt(
        request, lambda row: confirm_match(request.exhibitor, row, request.POST.get("key", ""), by=request.user)
    )
    if orders:
        codes = ", ".join(order.code for order in orders)
        messages.success(request, _("Pembayaran %(codes)s dikonfirmasi. Pembeli sudah diberi tahu.") % {"codes": codes})
    return redirect("orders:statements")


@require_POST
@exhibitor_required
def exact_matches(request):
    """Confirm all that fit exactly, in one click."""
    done, problems = confirm_exact(request.exhibitor, by=request.user)
    if done:
        text = ngettext("%(n)s pembayaran dikonfirmasi.", "%(n)s pembayaran dikonfirmasi.", done) % {"n": done}
        messages.success(request, text)
    for problem in problems:
        messages.error(request, problem)
    return redirect("orders:statements")


@require_POST
@exhibitor_required
def undoing(request):
    orders = attempt(request, lambda row: undo_match(request.exhibitor, row, by=request.user))
    if orders:
        codes = ", ".join(order.code for order in orders)
        messages.success(request, _("Dibatalkan: %(codes)s menunggu pembayaran lagi.") % {"codes": codes})
    return redirect("orders:statements")


@require_POST
@exhibitor_required
def dismissal(request):
    attempt(request, lambda row: dismiss_row(request.exhibitor, row))
    return redirect("orders:statements")


@require_POST
@exhibitor_required
def restoration(request):
    attempt(request, lambda row: restore_row(request.exhibitor, row))
    return redirect("orders:statements")


def attempt(request, verb):
    """Do it for the row that the form names; a refusal becomes a message."""
    row = request.POST.get("row", "")
    try:
        return verb(int(row) if row.isascii() and row.isdigit() and len(row) <= 18 else 0)
    except DomainError as error:
        messages.error(request, str(error))
        return None
