"""How forms speak here: an empty field is named, so that the sentence also helps who hears it read out."""

from pathlib import Path

from django import forms
from django.forms import renderers
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _

PLAIN_INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html" for kind in ("text", "hidden", "email", "number", "url", "password")
)
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


def plain_input(widget: dict) -> SafeString:
    """What ``django/forms/widgets/input.html`` says."""
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    attributes = "".join(
        f" {escape(name)}" if given is True else f' {escape(name)}="{_text(given)}"'
        for name, given in widget["attrs"].items()
        if given is not False
    )
    start = f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    return mark_safe(f"{start}{value}{attributes}>")  # noqa: S308 (each part is escaped above)


def _text(value) -> str:
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


class Renderer(DjangoTemplates):
    """With the loader of all other templates (``expo.templating``). Plain inputs, a dozen on a page, are written by
    Python: three templates within each other would say the same."""

    bound_field_class = NamingBoundField

    def render(self, template_name, context, request=None):
        if template_name in PLAIN_INPUTS:
            return plain_input(context["widget"])
        return super().render(template_name, context, request)

    @cached_property
    def engine(self):
        parts = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
        options = {"loaders": [("expo.templating.Loader", parts)]}
        folder = Path(renderers.__file__).parent / self.backend.app_dirname
        return self.backend({"NAME": "djangoforms", "APP_DIRS": False, "DIRS": [folder], "OPTIONS": options})
