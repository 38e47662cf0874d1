"""What exhibitors want changed about products on show: looked at beside what stands there, then decided."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin
from catalog.domain.proposals import approve_change, content_of_change, reject_change, return_change
from catalog.models import ProductChange
from catalog.proposals_shown import shown_proposal
from exhibitors.admin_curation import CurationAdminMixin, Verb
from exhibitors.models import ProposalState

WAITING = frozenset({ProposalState.WAITING})


@admin.register(ProductChange)
class ProductChangeAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["thumb", "name", "exhibitor", "state", "proposed_at"]
    list_display_links = ["name"]
    list_filter = ["state"]
    list_select_related = ["product__exhibitor", "cover"]
    search_fields = ["name", "product__name"]
    fields = readonly_fields = ["product", "exhibitor", "state", "differences", "message", "proposed_by", "proposed_at"]
    verbs = (
        Verb("approve", _("Setujui perubahan"), WAITING, approve_change, kind="main", seen=content_of_change),
        Verb(
            "return",
            _("Kembalikan untuk diperbaiki"),
            WAITING,
            return_change,
            needs_reason=True,
            takes_notes=True,
        ),
        Verb("reject", _("Tolak perubahan"), frozenset(ProposalState.values), reject_change, True, "danger"),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("foto"))
    def thumb(self, change):
        return render_to_string("admin/thumb.html", {"picture": change.cover})

    @admin.display(description=_("peserta"))
    def exhibitor(self, change):
        return change.product.exhibitor

    @admin.display(description=_("perubahan"))
    def differences(self, change):
        return render_to_string("admin/curation/differences.html", {"proposal": shown_proposal(change)})
