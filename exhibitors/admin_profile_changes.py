"""What approved exhibitors want changed about themselves, and what waits for a second pair of eyes."""

from allauth.core import context as current
from django.contrib import admin
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin, ReadOnlyAdmin
from exhibitors.admin_blocks import exhibitor_blocks
from exhibitors.admin_curation import CurationAdminMixin, Verb
from exhibitors.admin_desk import CurationDeskMixin
from exhibitors.domain.profile_changes import (
    approve_profile,
    as_wanted,
    content_of_profile_change,
    reject_profile,
    return_profile,
)
from exhibitors.facts import facts_of_change
from exhibitors.models import ExhibitorChange, FirstApproval, ProposalState
from exhibitors.proposals_shown import shown_profile
from exhibitors.states import CurationState

WAITING = frozenset({ProposalState.WAITING})


class ProposalAdmin(CurationDeskMixin, CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    """Proposals are decided upon, never edited by staff."""

    waiting_since = "proposed_at"

    def is_waiting(self):
        return Q(state=ProposalState.WAITING, **{f"{self.model.subject_name}__state": CurationState.APPROVED})

    def facts(self, subject):
        return facts_of_change(subject, self.shown(subject))

    def logged(self, subject):
        return subject.subject

    def message_of(self, subject):
        return subject.message

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def shown(self, change):
        raise NotImplementedError

    @admin.display(description=_("perubahan"))
    def differences(self, change):
        return render_to_string("admin/curation/differences.html", {"proposal": self.shown(change)})


def proposal_verbs(approve, return_, reject, content) -> tuple[Verb, ...]:
    return (
        Verb("approve", _("Setujui perubahan"), WAITING, approve, kind="main", seen=content),
        Verb("return", _("Kembalikan untuk diperbaiki"), WAITING, return_, needs_reason=True, takes_notes=True),
        Verb("reject", _("Tolak perubahan"), frozenset(ProposalState.values), reject, True, "danger"),
    )


@admin.register(ExhibitorChange)
class ExhibitorChangeAdmin(ProposalAdmin):
    list_display = ["exhibitor", "state", "proposed_at"]
    list_filter = ["state", "exhibitor__state"]
    list_select_related = ["exhibitor"]
    search_fields = ["exhibitor__name"]
    fields = readonly_fields = ["exhibitor", "state", "differences", "message", "proposed_by", "proposed_at"]
    verbs = proposal_verbs(approve_profile, return_profile, reject_profile, content_of_profile_change)

    def shown(self, change):
        return shown_profile(change)

    def blocks(self, request, subject):
        return exhibitor_blocks(as_wanted(subject.exhibitor, subject))


@admin.register(FirstApproval)
class FirstApprovalAdmin(ReadOnlyAdmin):
    list_display = ["kind", "desk_link", "approved_by", "approved_at", "reason"]
    list_filter = ["subject_type"]
    list_select_related = ["approved_by"]
    search_fields = ["subject_label"]
    fields = ["subject_label", "kind", "approved_by", "approved_at", "reason"]

    @admin.display(description=_("perihal"), ordering="subject_label")
    def desk_link(self, first):
        """Where the second approval is given."""
        models = {model._meta.model_name: model for model in self.admin_site._registry}
        opts = models[first.subject_type]._meta
        if not self.admin_site._registry[opts.model].has_view_permission(current.request):
            return first.subject_label
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_desk", args=[first.subject_id])
        return format_html('<a href="{}">{}</a>', address, first.subject_label)

    @admin.display(description=_("jenis"), ordering="subject_type")
    def kind(self, first):
        return first.kind
