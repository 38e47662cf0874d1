"""Counts of visits, to be looked at; gate counts, to be entered."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin
from expo.errors import DomainError
from expo.models import Edition, Mode
from visits.domain.gates import MOST, record_count
from visits.models import GateCount, GateSource, ImportedLog, StageDay, VisitHour
from visits.shares import shares


@admin.register(VisitHour)
class VisitHourAdmin(ReadOnlyAdmin):
    list_display = ["hour", "edition", "visits", "page_views", "booth_visits", "bots", "staff"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    ordering = ["-hour"]
    fields = ["edition", "hour", "visits", "page_views", "booth_visits", "bots", "staff"]


class GateCountForm(forms.Form):
    edition = forms.ModelChoiceField(
        Edition.objects.filter(mode=Mode.HYBRID).order_by("-opens_at"), label=gettext_lazy("Pameran"), empty_label=None
    )
    day = forms.DateField(
        label=gettext_lazy("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    people = forms.IntegerField(label=gettext_lazy("Orang"), min_value=0, max_value=MOST)
    source = forms.ChoiceField(label=gettext_lazy("Cara menghitung"), choices=GateSource.choices)
    evidence = forms.CharField(
        label=gettext_lazy("Bukti"),
        max_length=250,
        help_text=gettext_lazy("Di mana buktinya: lembar hitung, foto layar, laporan."),
    )
    note = forms.CharField(
        label=gettext_lazy("Alasan koreksi"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Hanya bila hari itu sudah ada hitungannya; hitungan lama tetap tercatat."),
    )


@admin.register(GateCount)
class GateCountAdmin(ReadOnlyAdmin):
    list_display = ["day", "edition", "people", "source", "evidence", "note", "recorded_at", "recorded_by"]
    list_filter = ["edition"]
    list_select_related = ["edition", "recorded_by"]
    ordering = ["-day", "-pk"]

    def has_add_permission(self, request):
        return request.user.has_perm("visits.add_gatecount")

    def add_view(self, request, form_url="", extra_context=None):
        """A count is written down once; what was wrong is written down anew."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = GateCountForm(request.POST or None)
        listed = reverse("admin:visits_gatecount_changelist")
        if request.method == "POST" and form.is_valid():
            try:
                record_count(**form.cleaned_data, by=request.user)
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Hitungan dicatat."))
                return redirect(listed)
        title = _("Catat hitungan gerbang")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "verb": title,
            "form": form,
            "back": listed,
        }
        return render(request, "admin/decision.html", context)


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
