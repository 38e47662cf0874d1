"""What exhibitors want changed about products on show: looked at beside what stands there, then decided."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from catalog.admin_blocks import product_blocks
from catalog.domain.proposals import approve_change, content_of_change, reject_change, return_change
from catalog.models import ProductChange
from catalog.proposals_shown import shown_proposal
from exhibitors.admin_profile_changes import ProposalAdmin, proposal_verbs


@admin.register(ProductChange)
class ProductChangeAdmin(ProposalAdmin):
    list_display = ["thumb", "name", "exhibitor", "state", "proposed_at"]
    list_display_links = ["name"]
    list_filter = ["state", "product__state"]
    list_select_related = ["product__exhibitor", "cover"]
    search_fields = ["name", "product__name"]
    fields = readonly_fields = ["product", "exhibitor", "state", "differences", "message", "proposed_by", "proposed_at"]
    verbs = proposal_verbs(approve_change, return_change, reject_change, content_of_change)

    def shown(self, change):
        return shown_proposal(change)

    def blocks(self, request, subject):
        return product_blocks(subject.product, subject)

    @admin.display(description=_("foto"))
    def thumb(self, change):
        return render_to_string("admin/thumb.html", {"picture": change.cover, "alt": change.name, "none": "–"})

    @admin.display(description=_("peserta"))
    def exhibitor(self, change):
        return change.product.exhibitor
