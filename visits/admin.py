"""Counts of visits, to be looked at; gate counts, to be entered."""

from django.contrib import admin

from accounts.admin_base import ExpoAdmin, ReadOnlyAdmin
from visits.models import GateCount, ImportedLog, VisitHour


@admin.register(VisitHour)
class VisitHourAdmin(ReadOnlyAdmin):
    list_display = ["hour", "edition", "visits", "page_views", "booth_visits", "bots", "staff"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    ordering = ["-hour"]
    fields = ["edition", "hour", "visits", "page_views", "booth_visits", "bots", "staff"]


@admin.register(GateCount)
class GateCountAdmin(ExpoAdmin):
    list_display = ["day", "edition", "people"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    ordering = ["-day"]


@admin.register(ImportedLog)
class ImportedLogAdmin(ReadOnlyAdmin):
    list_display = ["imported_at", "edition", "lines", "malformed"]
    list_select_related = ["edition"]
