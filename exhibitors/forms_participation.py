"""Asking to take part in an edition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Participation, ParticipationMode, ParticipationState
from expo.models import Edition


class ParticipationForm(forms.Form):
    """One edition. No mode: not taking part, which can't be chosen any more once staff have given a place."""

    mode = forms.ChoiceField(label=_("Cara ikut"), widget=forms.RadioSelect, required=False)
    note = forms.CharField(
        label=_("Catatan untuk panitia"),
        max_length=300,
        required=False,
        help_text=_("Misalnya butuh listrik, atau datang hari kedua saja."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data=None, *, edition: Edition, modes: list[str], asked: Participation | None):
        initial = {"mode": asked.mode if asked else "", "note": asked.note if asked else ""}
        super().__init__(data, prefix=f"edition-{edition.pk}", initial=initial)
        self.edition, self.asked = edition, asked
        labels = dict(ParticipationMode.choices)
        none = [] if asked and asked.state != ParticipationState.ASKED else [("", _("Tidak ikut"))]
        kept = [asked.mode] if asked and asked.mode not in modes else []
        self.fields["mode"].choices = [(mode, labels[mode]) for mode in [*modes, *kept]] + none
