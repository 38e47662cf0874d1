"""Form fields for what people type here: rupiah, phone numbers, and pictures that survive an error elsewhere."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from expo.amounts import parse_rupiah
from expo.errors import DomainError
from expo.formats import number
from expo.models import Picture
from expo.phones import normalise_phone, show_phone
from expo.photo_hints import hints_of
from expo.pictures import store_picture

DIGEST = re.compile(r"[0-9a-f]{64}")


class RupiahField(forms.IntegerField):
    """Whole rupiah, written in any usual way."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        options.setdefault("max_value", 100_000_000_000)
        super().__init__(**options)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        try:
            return parse_rupiah(str(value))
        except ValueError as error:
            raise ValidationError(_("Tulis jumlah rupiah dengan angka, misalnya 125.000."), code="invalid") from error

    def prepare_value(self, value):
        return number(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class PhoneField(forms.CharField):
    """A phone number, kept as E.164, shown in groups."""

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        super().__init__(**{"max_length": 30, **options})

    def prepare_value(self, value):
        return show_phone(value) if value else value

    def has_changed(self, initial, data):
        try:
            return (initial or "") != (self.clean(data) or "")
        except ValidationError:
            return True

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return value
        try:
            return normalise_phone(value)
        except DomainError as error:
            raise ValidationError(error.message, code="invalid") from error


class PictureInput(forms.Widget):
    """Take a photo or choose one; what was uploaded already is shown and named by its digest in a hidden field."""

    template_name = "components/picture_input.html"
    needs_multipart_form = True

    def value_from_datadict(self, data, files, name):
        return files.get(f"{name}_camera") or files.get(name) or data.get(f"{name}_kept") or None

    def value_omitted_from_data(self, data, files, name):
        return not self.value_from_datadict(data, files, name)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        context["widget"]["picture"] = picture = value if isinstance(value, Picture) else None
        context["widget"]["hints"] = hints_of(picture)
        return context

    def _render(self, template_name, context, renderer=None):
        return render_to_string(template_name, context)  # the project's templates, not the form renderer's


class PictureField(forms.Field):
    """A public picture: cleaned to its Picture row, stored at once so that an error elsewhere doesn't lose it."""

    widget = PictureInput
    default_error_messages = {"required": _("Tambahkan satu foto.")}

    def clean(self, value):
        self.kept = self._picture(value)
        self.validate(self.kept)
        return self.kept

    def bound_data(self, data, initial):
        if hasattr(self, "kept"):
            return self.kept or initial
        return known_picture(data) or initial

    def prepare_value(self, value):
        return Picture.objects.filter(pk=value).first() if isinstance(value, int) else value

    def has_changed(self, initial, data):
        if isinstance(data, str):
            known = known_picture(data)
            return known is not None and known.pk != initial
        return bool(data)

    def _picture(self, value) -> Picture | None:
        if not value or isinstance(value, Picture | str):
            return value if isinstance(value, Picture) else known_picture(value)
        try:
            return store_picture(value)
        except DomainError as error:
            raise ValidationError(error.message, code="invalid") from error


def known_picture(digest) -> Picture | None:
    if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
        return None
    return Picture.objects.filter(digest=digest).first()
