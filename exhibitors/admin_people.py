"""The people of an exhibitor in the admin: each change needs a reason, which all of them read."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin_base import TabularInline
from exhibitors.domain.people import remove_member, set_member
from exhibitors.models import Membership

REASON_NEEDED = _("Tuliskan alasannya: semua pengelola peserta ini membacanya.")


class MembershipForm(forms.ModelForm):
    reason = forms.CharField(
        label=_("Alasan perubahan"), required=False, max_length=500, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["user"].disabled = True  # somebody else is another row

    def clean(self):
        cleaned = super().clean()
        if set(self.changed_data) - {"reason", "DELETE"} and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", REASON_NEEDED)
        return cleaned


class MembershipFormSet(forms.BaseInlineFormSet):
    """Saved by the domain, never row by row."""

    def clean(self):
        super().clean()
        if any(not form.cleaned_data.get("reason", "").strip() for form in self.deleted_forms if form.instance.pk):
            raise forms.ValidationError(REASON_NEEDED)  # a row that goes is not asked whether it is valid

    def save_through_domain(self, *, by) -> None:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        for form in self.forms:
            values = form.cleaned_data
            if form in self.deleted_forms:
                if form.instance.pk:
                    remove_member(form.instance, by=by, reason=values["reason"])
                    self.deleted_objects.append(form.instance)
            elif set(form.changed_data) - {"reason"}:
                set_member(self.instance, values["user"], values["role"], by=by, reason=values["reason"])


class MembershipInline(TabularInline):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    extra = 0
    autocomplete_fields = ["user"]
    fields = ["user", "role", "reason"]

    def get_readonly_fields(self, request, obj=None):
        return []
