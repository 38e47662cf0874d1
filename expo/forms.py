"""How forms speak here: an empty field is named, so that the sentence also helps who hears it read out."""

from pathlib import Path

from django import forms
from django.forms import renderers
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


class NamingBoundField(BoundField):
    """Instead of "This field is required": which one. A field's own sentence stays."""

    @property
    def errors(self):
        found = super().errors
        if not any(_is_general(error) for error in found.as_data()):
            return found
        texts = [self._missing() if _is_general(error) else error.messages[0] for error in found.as_data()]
        return self.form.error_class(texts, error_class=found.error_class, renderer=self.form.renderer)

    def _missing(self) -> str:
        text = (
            _("“%(field)s” belum dipilih.") if isinstance(self.field.widget, CHOSEN) else _("“%(field)s” belum diisi.")
        )
        return text % {"field": str(self.label).rstrip(": ")}


def _is_general(error) -> bool:
    return error.code == "required" and error.message == forms.Field.default_error_messages["required"]


class Renderer(DjangoTemplates):
    """With the loader of all other templates (``expo.templating``)."""

    bound_field_class = NamingBoundField

    @cached_property
    def engine(self):
        parts = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
        options = {"loaders": [("expo.templating.Loader", parts)]}
        folder = Path(renderers.__file__).parent / self.backend.app_dirname
        return self.backend({"NAME": "djangoforms", "APP_DIRS": False, "DIRS": [folder], "OPTIONS": options})
