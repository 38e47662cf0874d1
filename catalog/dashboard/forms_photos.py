"""What exhibitors say about the photos of a product."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _

from catalog.domain.photo_texts import PhotoText
from catalog.models import ProductPhoto
from expo.models import Picture

COLUMNS = ("alt", "alt_en")


class PhotoTextsForm(forms.Form):
    """Two fields for each picture."""

    def __init__(self, *args, pictures: Sequence[Picture], texts: Mapping[int, PhotoText], **kwargs):
        super().__init__(*args, **kwargs)
        self.pictures = pictures
        labels = {"alt": _("Isi foto %(n)s"), "alt_en": _("Isi foto %(n)s dalam bahasa Inggris")}
        for number, picture in enumerate(pictures, start=1):
            for column, value in zip(COLUMNS, texts.get(picture.pk, PhotoText()), strict=True):
                self.fields[f"{column}_{picture.pk}"] = forms.CharField(
                    label=labels[column] % {"n": number},
                    max_length=ProductPhoto._meta.get_field(column).max_length,
                    required=False,
                    initial=value,
                )

    def rows(self) -> Iterator[tuple[Picture, list[forms.BoundField]]]:
        for picture in self.pictures:
            yield picture, [self[f"{column}_{picture.pk}"] for column in COLUMNS]

    def texts(self) -> dict[int, PhotoText]:
        """By picture, of a valid form."""
        return {
            picture.pk: PhotoText(*(self.cleaned_data[f"{column}_{picture.pk}"] for column in COLUMNS))
            for picture in self.pictures
        }
