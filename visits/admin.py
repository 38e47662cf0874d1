"""Counts of visits, to be looked at; gate counts, to be entered."""

import datetime as dt

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin_base import ExpoAdmin, ReadOnlyAdmin
from visits.models import GateCount, ImportedLog, StageDay, VisitHour
from visits.shares import shares


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


@admin.register(StageDay)
class StageDayAdmin(ReadOnlyAdmin):
    """Not a list of days but each booth's share of the lobby's stage over the last days."""

    PERIODS = (1, 7, 30, 90, 365)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("hari", "")
        days = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in self.PERIODS else 30
        until = timezone.localdate()
        since = until - dt.timedelta(days=days - 1)
        found, total = shares(since, until)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pembagian panggung lobi"),
            "opts": self.model._meta,
            "shares": found,
            "total": total,
            "days": days,
            "periods": self.PERIODS,
            "since": since,
            "until": until,
            "most": max((share.difference for share in found), default=0),
            "least": min((share.difference for share in found), default=0),
        }
        return render(request, "admin/stage_shares.html", context)
