"""Fields that several forms of recaps have."""

from django import forms

from expo.models import Edition


class EditionsField(forms.ModelMultipleChoiceField):
    """Editions to tick, each by its name in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Edition) -> str:
        return obj.display_name


class MomentInput(forms.DateTimeInput):
    """A browser's own field for date and time of day, to the minute or as ``step`` (seconds) and ``format`` say."""

    input_type = "datetime-local"

    def __init__(self, *, format: str = "%Y-%m-%dT%H:%M", step: int = 60):
        super().__init__(attrs={"step": str(step)}, format=format)
