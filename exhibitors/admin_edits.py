"""What staff change by hand is logged with what it said before, and with their reason if they give one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.edits import edits_of, log_edit

REASON = "edit_reason"


class EditForm(forms.ModelForm):
    edit_reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=500,
        required=False,
        help_text=_("Tertulis di riwayat keputusan, di samping isian yang lama dan yang baru."),
    )


class EditLogMixin:
    """An admin whose form is an EditForm; mixed in before ExpoAdmin."""

    form = EditForm

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return found
        return [*found, (_("Perubahan ini"), {"fields": [REASON]})]

    def save_edited(self, request, obj, form, names, save) -> None:
        """Call ``save(names)`` with those of ``names`` that are columns, and log what it makes of them."""
        names = [name for name in names if name != REASON]
        changes = edits_of(obj, names)
        save(names)
        log_edit(obj, changes, by=request.user, reason=form.cleaned_data.get(REASON, ""))


def save_inline_edits(request, formset) -> None:
    """The same for the rows of a formset that are there already."""
    changed = [form for form in formset.initial_forms if form.has_changed()]
    edits = [(form.instance, edits_of(form.instance, form.changed_data)) for form in changed]
    formset.save()
    for subject, changes in edits:
        log_edit(subject, changes, by=request.user)
