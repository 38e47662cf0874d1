"""Fields that several forms of recaps have."""

from django import forms

from expo.models import Edition


class EditionsField(forms.ModelMultipleChoiceField):
    """Editions to tick, each by its name in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Edition) -> str:
        return obj.display_name
