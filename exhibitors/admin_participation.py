"""Requests to take part in an edition: staff give a hall and a number, or say why not."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.admin_base import ExpoAdmin, LookOnlyMixin, ReadOnlyInline
from exhibitors.admin_curation import CurationAdminMixin, DecisionForm, Verb
from exhibitors.domain.participation import accept_participation, decline_participation
from exhibitors.models import Participation, ParticipationState
from expo.models import Hall

S = ParticipationState


class PlaceForm(DecisionForm):
    """Where the booth stands. A number only for one: several get the next numbers of the hall."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=pgettext_lazy("satu", "Aula"))
    number = forms.CharField(
        label=_("Nomor stan"), max_length=8, required=False, help_text=_("Kosong: nomor berikutnya di aula itu.")
    )

    def __init__(self, *args, halls=None, is_single=True, **kwargs):
        super().__init__(*args, **kwargs)
        if halls is None:
            del self.fields["hall"], self.fields["number"]
            return
        del self.fields["reason"]
        self.fields["hall"].queryset = halls
        self.fields["hall"].label_from_instance = lambda hall: (
            _("%(edition)s · %(hall)s (%(n)s stan)")
            % {
                "edition": hall.edition,
                "hall": hall,
                "n": hall.booth_count,
            }
        )
        if not is_single:
            del self.fields["number"]


@admin.register(Participation)
class ParticipationAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["asked_at", "exhibitor", "exhibitor_state", "edition", "mode", "note", "state"]
    list_display_links = ["exhibitor"]
    list_filter = ["state", "exhibitor__state", "edition", "mode"]
    list_select_related = ["exhibitor", "edition"]
    search_fields = ["exhibitor__name"]
    ordering = ["asked_at", "pk"]
    fields = readonly_fields = [
        "exhibitor", "exhibitor_state", "edition", "mode", "note", "state", "asked_at", "asked_by", "decided_at",
        "decided_by", "reason",
    ]  # fmt: skip
    decision_form = PlaceForm
    verbs = (
        Verb("accept", _("Terima dan beri stan"), frozenset({S.ASKED}), accept_participation, kind="main"),
        Verb("decline", _("Tidak dapat diterima"), frozenset({S.ASKED}), decline_participation, True, "danger"),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def form_options(self, subjects, verb):
        if verb.name != "accept":
            return {}
        halls = Hall.objects.filter(edition__in={subject.edition_id for subject in subjects})
        halls = halls.select_related("edition").annotate(booth_count=Count("booths"))
        return {"halls": halls.order_by("-edition__opens_at", "position"), "is_single": len(subjects) == 1}

    def decide_one(self, request, verb, subject, cleaned):
        if verb.name == "accept":
            accept_participation(subject, cleaned["hall"], number=cleaned.get("number", ""), by=request.user)
        else:
            super().decide_one(request, verb, subject, cleaned)

    @admin.display(description=_("status peserta"))
    def exhibitor_state(self, participation):
        return participation.exhibitor.standing


class ParticipationInline(ReadOnlyInline):
    model = Participation
    show_change_link = True
    fields = ["edition", "mode", "note", "state", "asked_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition", "exhibitor")
