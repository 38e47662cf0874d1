"""Form widgets of the checkout."""

from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """A select of hundreds of options. Django renders a template for each; here the options are joined strings, and
    remembered, as the same few are chosen."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        chosen = {str(item) for item in self.format_value(value)}
        attributes = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(attributes), self.options_html(self.choices, chosen))

    def options_html(self, choices, chosen: set[str]) -> SafeString:
        """``<option>`` and ``<optgroup>`` elements; every value and label is escaped."""
        return _options(_frozen(choices), frozenset(chosen))


def _frozen(choices) -> tuple:
    return tuple((value, _frozen(label) if isinstance(label, list | tuple) else str(label)) for value, label in choices)


@lru_cache(maxsize=64)
def _options(choices: tuple, chosen: frozenset[str]) -> SafeString:
    parts = []
    for value, label in choices:
        if isinstance(label, tuple):
            parts.append(f'<optgroup label="{conditional_escape(value)}">{_options(label, chosen)}</optgroup>')
        else:
            mark = " selected" if str(value) in chosen else ""
            parts.append(f'<option value="{conditional_escape(value)}"{mark}>{conditional_escape(label)}</option>')
    return mark_safe("".join(parts))  # noqa: S308 (each part is escaped above)
