"""Products in booths: the organiser gives a sale to one or many of them, and takes it away again."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ExpoAdmin, LookOnlyMixin
from catalog.dashboard.forms_offers import SaleForm
from catalog.domain.offers import end_sale, start_sale
from catalog.models import Placement, SaleBy
from exhibitors.admin_curation import CurationAdminMixin, DecisionForm, Verb

NONE, EXHIBITOR, EDITION = "", SaleBy.EXHIBITOR.value, SaleBy.EDITION.value


class SaleDecisionForm(SaleForm, DecisionForm):
    """Percentage and days when a sale is given; a note in either case."""

    field_order = ("percent", "start", "until", "reason")

    def __init__(self, *args, gives: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("percent", "start", "until"):
            self.fields[name].widget.attrs.pop("inputmode", None)
            if not gives:
                del self.fields[name]
        self.fields["reason"].widget = forms.HiddenInput()


@admin.register(Placement)
class PlacementAdmin(CurationAdminMixin, LookOnlyMixin, ExpoAdmin):
    list_display = ["product", "booth", "shown_from", "shown_until", "sale_percent", "sale_until", "sale_by"]
    list_filter = ["sale_by", "booth__edition"]
    list_select_related = ["product", "booth__exhibitor", "booth__edition"]
    search_fields = ["product__name", "booth__exhibitor__name", "booth__number"]
    ordering = ["-pk"]
    decision_form = SaleDecisionForm
    fields = readonly_fields = [
        "product", "booth", "shown_from", "shown_until", "sale_percent", "sale_from", "sale_until", "sale_by",
    ]  # fmt: skip
    verbs = (
        Verb("sale", _("Beri potongan dari penyelenggara"), frozenset({NONE, EXHIBITOR, EDITION}), start_sale),
        Verb("end", _("Akhiri potongan"), frozenset({EXHIBITOR, EDITION}), end_sale, kind="danger"),
    )

    def state_of(self, subject):
        return subject.sale_by

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def form_options(self, subjects, verb) -> dict:
        return {"gives": verb.name == "sale"}

    def decide_one(self, request, verb, subject, cleaned) -> None:
        if verb.name == "end":
            end_sale(subject, by=request.user, side=SaleBy.EDITION)
            return
        start, end = SaleForm.days(cleaned["start"], cleaned["until"])
        percent = cleaned["percent"]
        start_sale(subject, percent=percent, start=start, end=end, by=request.user, side=SaleBy.EDITION)
