"""Counts of visits, to be looked at; gate counts, to be entered."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin, VerbPages
from expo.documents import document_response
from expo.formats import number, tanggal
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
        required=False,
        help_text=gettext_lazy("Di mana buktinya: lembar hitung, foto layar, laporan."),
    )
    file = forms.FileField(
        label=gettext_lazy("Foto atau PDF lembar hitung"),
        required=False,
        help_text=gettext_lazy("Hanya petugas yang melihatnya. Foto diperkecil; PDF paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Alasan koreksi"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Hanya bila hari itu sudah ada hitungannya; hitungan lama tetap tercatat."),
    )


@admin.register(GateCount)
class GateCountAdmin(VerbPages, ReadOnlyAdmin):
    list_display = ["shown_day", "edition", "shown_people", "source", "proof", "note", "recorded_by", "recorded_at"]
    list_filter = ["edition", "source"]
    list_select_related = ["edition", "recorded_by"]
    ordering = ["-day", "-pk"]
    fields = ["edition", "shown_day", "shown_people", "source", "proof", "note", "recorded_at", "recorded_by"]
    readonly_fields = ["shown_day", "shown_people", "proof"]

    def has_add_permission(self, request):
        return request.user.has_perm("visits.add_gatecount")

    def get_urls(self):
        page = self.admin_site.admin_view(self.document_view)
        return [path("<int:pk>/berkas/", page, name="visits_gatecount_document"), *super().get_urls()]

    @admin.display(description=gettext_lazy("tanggal"), ordering="day")
    def shown_day(self, count):
        return tanggal(count.day)

    @admin.display(description=gettext_lazy("orang"), ordering="people")
    def shown_people(self, count):
        return number(count.people)

    @admin.display(description=gettext_lazy("bukti"), ordering="evidence")
    def proof(self, count):
        """What it says, and the sheet that it says it of."""
        if not count.document:
            return count.evidence or "–"
        address = reverse("admin:visits_gatecount_document", args=[count.pk])
        link = format_html('<a class="seen" href="{}">{}</a>', address, _("Lihat berkas"))
        return format_html("{} · {}", count.evidence, link) if count.evidence else link

    def document_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return document_response(get_object_or_404(GateCount.objects.exclude(document=""), pk=pk).document)

    def add_view(self, request, form_url="", extra_context=None):
        """A count is written down once; what was wrong is written down anew."""
        if not self.has_add_permission(request):
            raise PermissionDenied

        def act(form):
            record_count(**form.cleaned_data, by=request.user)
            messages.success(request, _("Hitungan dicatat."))
            return self.list_address()

        form = GateCountForm(request.POST or None, request.FILES or None)
        return self.answer(request, form, act, title=_("Catat hitungan gerbang"))


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
