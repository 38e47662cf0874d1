"""Several photos in one field of a form: chosen together, kept by their digests when something else is wrong."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from expo.fields import DIGEST
from expo.models import Picture
from expo.pictures import store_picture


class PictureListInput(forms.Widget):
    """Works without JavaScript: a file input for many, and a ticked box for each photo that is there already."""

    template_name = "components/picture_list_input.html"
    needs_multipart_form = True

    def __init__(self, attrs=None, *, most: int):
        super().__init__(attrs)
        self.most = most

    def value_from_datadict(self, data, files, name):
        """(digests that are to stay, files that come)."""
        kept = data.getlist(f"{name}_kept") if hasattr(data, "getlist") else data.get(f"{name}_kept", [])
        new = files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])
        return list(kept), [file for file in new if file]

    def value_omitted_from_data(self, data, files, name):
        return False

    def use_required_attribute(self, initial):
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        pictures = value if isinstance(value, list) else []
        context["widget"] |= {"pictures": pictures, "most": self.most, "left": self.most - len(pictures)}
        return context

    def _render(self, template_name, context, renderer=None):
        return render_to_string(template_name, context)


class PictureListField(forms.Field):
    """Cleaned to a list of Picture rows. Stored at once; what is too many or no picture is named, the rest stays."""

    def __init__(self, *, most: int, **options):
        self.most = most
        super().__init__(**{"widget": PictureListInput(most=most), "required": False, **options})

    def clean(self, value):
        digests, files = value or ([], [])
        self.kept = known_pictures(digests)[: self.most]
        errors = []
        for file in files:
            if len(self.kept) >= self.most:
                errors.append(_("Paling banyak %(most)s foto.") % {"most": self.most})
                break
            try:
                picture = store_picture(file)
            except DomainError as error:
                errors.append(f"{file.name}: {error.message}")
            else:
                self.kept += [picture] if picture not in self.kept else []
        if errors:
            raise ValidationError(errors)
        if self.required and not self.kept:
            raise ValidationError(_("Tambahkan satu foto."), code="required")
        return self.kept

    def bound_data(self, data, initial):
        if hasattr(self, "kept"):
            return self.kept
        return known_pictures(data[0]) if data else initial

    def has_changed(self, initial, data):
        digests, files = data or ([], [])
        return bool(files) or digests != [picture.digest for picture in initial or []]


def known_pictures(digests) -> list[Picture]:
    """The pictures of these digests in their order; what is none is left out."""
    wanted = [digest for digest in dict.fromkeys(digests) if isinstance(digest, str) and DIGEST.fullmatch(digest)]
    found = {picture.digest: picture for picture in Picture.objects.filter(digest__in=wanted)}
    return [found[digest] for digest in wanted if digest in found]
