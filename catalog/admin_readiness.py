"""Readiness for markets in the admin: at a glance in the list of exhibitors, line by line at one of them.

The list reads rows that are kept (``catalog/readiness/standing.py``); only the page of one exhibitor works it out.
"""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.admin_additions import register_addition
from catalog.readiness.markets import Market
from catalog.readiness.standing import checklists_of, ready_for, standings_of_today
from exhibitors.models import Exhibitor


class ReadyFilter(admin.SimpleListFilter):
    title = _("siap untuk pasar")
    parameter_name = "siap"

    def lookups(self, request, model_admin):
        return Market.choices

    def queryset(self, request, queryset):
        return queryset.filter(standings__in=ready_for(self.value())) if self.value() in Market.values else queryset


@admin.display(description=_("kesiapan pasar"))
def readiness_at_a_glance(exhibitor):
    kept = {row.market: row for row in exhibitor.standings.all()}
    told = [(market.label, row) for market in Market if (row := kept.get(market))]
    parts = ((label, "✓ " if row.is_ready_today else "", row.met, row.total) for label, row in told)
    return format_html_join("", '<span class="brief">{} {}{}/{}</span>', parts) or "–"


@admin.display(description=_("syarat menurut pasar"))
def readiness_in_full(exhibitor):
    if exhibitor is None or not exhibitor.pk:
        return "–"
    return format_html("{}", render_to_string("admin/readiness.html", {"lists": checklists_of(exhibitor)}))


register_addition(
    Exhibitor,
    "readiness",
    columns=[readiness_at_a_glance],
    filters=[ReadyFilter],
    title=_("Kesiapan pasar"),
    lines=[readiness_in_full],
    prefetch=standings_of_today,
)
