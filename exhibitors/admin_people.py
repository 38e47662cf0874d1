"""The people of an exhibitor in the admin: each change needs a reason, which all of them read."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin_base import ReadOnlyAdmin, TabularInline
from exhibitors.domain.people import remove_member, set_member
from exhibitors.models import Invitation, MemberRole, Membership

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
        if not any(form.errors for form in self.forms) and self.leaves_no_owner():
            raise forms.ValidationError(_("Peserta ini perlu paling sedikit satu pemilik."))

    def save_through_domain(self, *, by) -> None:
        """New owners before old ones go."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        changed = [form for form in self.forms if set(form.changed_data) - {"reason", "DELETE"}]
        kept = [form.cleaned_data for form in changed if form not in self.deleted_forms]
        for values in sorted(kept, key=lambda values: values["role"] != MemberRole.OWNER):
            set_member(self.instance, values["user"], values["role"], by=by, reason=values["reason"])
        for form in self.deleted_forms:
            if form.instance.pk:
                remove_member(form.instance, by=by, reason=form.cleaned_data["reason"])
                self.deleted_objects.append(form.instance)

    def leaves_no_owner(self) -> bool:
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        had_one = any(form.initial.get("role") == MemberRole.OWNER for form in self.initial_forms)
        return had_one and all(values.get("role") != MemberRole.OWNER for values in kept if values.get("user"))


class MembershipInline(TabularInline):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    extra = 0
    autocomplete_fields = ["user"]
    fields = ["user", "role", "reason"]

    def get_readonly_fields(self, request, obj=None):
        return []


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who let whom in. The link itself is the invited person's alone."""

    list_display = ["sent_at", "email", "exhibitor", "role", "invited_by", "expires_at", "accepted_at", "revoked_at"]
    list_display_links = ["email"]
    list_select_related = ["exhibitor", "invited_by"]
    search_fields = ["email", "exhibitor__name"]
    fields = [
        "exhibitor", "email", "role", "invited_by", "sent_at", "expires_at", "accepted_at", "accepted_by", "revoked_at",
        "revoked_by",
    ]  # fmt: skip
