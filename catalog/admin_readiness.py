"""Readiness for markets in the admin: at a glance in the list of exhibitors, line by line at one of them.

The list reads rows that are kept (``catalog/readiness/standing.py``); only the page of one exhibitor works it out.
"""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalog.readiness.markets import Market
from catalog.readiness.standing import checklists_of, ready_for, today
from exhibitors.admin import ExhibitorAdmin


class ReadyFilter(admin.SimpleListFilter):
    title = _("siap untuk pasar")
    parameter_name = "siap"

    def lookups(self, request, model_admin):
        return Market.choices

    def queryset(self, request, queryset):
        return queryset.filter(standings__in=ready_for(self.value())) if self.value() in Market.values else queryset


@admin.display(description=_("kesiapan pasar"))
def readiness_at_a_glance(exhibitor):
    day, kept = today(), {row.market: row for row in exhibitor.standings.all()}
    told = [(market.label, is_ready_on(row, day), row) for market in Market if (row := kept.get(market))]
    parts = ((label, "✓ " if is_ready else "", row.met, row.total) for label, is_ready, row in told)
    return format_html_join(" · ", "{} {}{}/{}", parts) or "–"


def is_ready_on(row, day) -> bool:
    return row.is_ready and (row.valid_until is None or row.valid_until >= day)


@admin.display(description=_("syarat menurut pasar"))
def readiness_in_full(exhibitor):
    if exhibitor is None or not exhibitor.pk:
        return "–"
    return format_html("{}", render_to_string("admin/readiness.html", {"lists": checklists_of(exhibitor)}))


ExhibitorAdmin.list_display = [*ExhibitorAdmin.list_display, readiness_at_a_glance]
ExhibitorAdmin.list_filter = [*ExhibitorAdmin.list_filter, ReadyFilter]
ExhibitorAdmin.readonly_fields = [*ExhibitorAdmin.readonly_fields, readiness_in_full]
ExhibitorAdmin.fieldsets = [
    *ExhibitorAdmin.fieldsets[:-1],
    (_("Kesiapan pasar"), {"fields": [readiness_in_full]}),
    ExhibitorAdmin.fieldsets[-1],
]
