"""The tab "Kesiapan": what each market asks for, what is missing and where it is done."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.readiness.checklist import Checklist, Line
from catalog.readiness.markets import ABOUT, MARKABLE, VERSION, Market
from catalog.readiness.standing import checklists_of
from catalog.readiness.standing import mark as mark_requirement
from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required

PRODUCTS = 30  # named in a line; the rest after these are done


@dataclass(frozen=True)
class ShownLine:
    line: Line
    can_mark: bool
    url: str
    products: list[tuple[str, str]]
    more: int


@require_safe
@exhibitor_required
def markets(request):
    found = [(one, ABOUT[one.market], first_steps(one)) for one in checklists_of(request.exhibitor)]
    return render_dashboard(request, "catalog/dashboard/markets.html", {"markets": found}, tab="readiness")


@require_safe
@exhibitor_required
def market(request, market):
    found = checklist_or_404(request, market)
    lines = [shown(line) for line in found.lines]
    context = {
        "found": found,
        "about": ABOUT[found.market],
        "missing": [one for one in lines if not one.line.is_met],
        "met": [one for one in lines if one.line.is_met],
        "version": VERSION,
    }
    return render_dashboard(request, "catalog/dashboard/market.html", context, tab="readiness")


@require_POST
@exhibitor_required
def mark(request, market):
    """``syarat``: which requirement; ``punya``: 1 when they have it."""
    if market not in Market or request.POST.get("syarat", "") not in MARKABLE:
        raise Http404
    has = request.POST.get("punya") == "1"
    mark_requirement(request.exhibitor, request.POST["syarat"], has=has, by=request.user)
    messages.success(request, _("Ditandai: sudah punya.") if has else _("Tandanya dihapus."))
    return redirect("catalog:dashboard-market", market)


def checklist_or_404(request, market: str) -> Checklist:
    found = next((one for one in checklists_of(request.exhibitor) if one.market == market), None)
    if found is None:
        raise Http404
    return found


def first_steps(found: Checklist) -> list[Any]:
    """What binds comes first."""
    missing = [line for line in found.lines if not line.is_met]
    return [line.requirement.title for line in sorted(missing, key=lambda line: line.weight != "law")][:3]


def shown(line: Line) -> ShownLine:
    """With addresses: of the business one, of products one for each that lacks it."""
    asked = line.requirement
    products = [(product.name, address(line, product.pk)) for product in line.lacking[:PRODUCTS]]
    can_mark = asked.key in MARKABLE
    url = "" if can_mark or line.lacking else address(line)
    return ShownLine(line, can_mark, url, products, max(0, len(line.lacking) - PRODUCTS))


def address(line: Line, product: int | None = None) -> str:
    asked = line.requirement
    if product is None and asked.of_products:
        return reverse("catalog:dashboard-new-product")  # it offers none yet
    if asked.query:
        return reverse(asked.url_name) + f"?{asked.query}" + (f"&produk={product}" if product else "")
    return reverse(asked.url_name, args=[product] if product else asked.url_args)
