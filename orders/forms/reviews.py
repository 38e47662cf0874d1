"""What a buyer says about the goods."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.reviews import LONGEST, MOST_PHOTOS
from expo.picture_list import PictureListField

RATINGS = (
    (5, _("★★★★★ Bagus sekali")),
    (4, _("★★★★☆ Bagus")),
    (3, _("★★★☆☆ Cukup")),
    (2, _("★★☆☆☆ Kurang")),
    (1, _("★☆☆☆☆ Mengecewakan")),
)


class ReviewForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("Berapa bintang?"),
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu sampai lima bintang.")},
    )
    body = forms.CharField(
        label=_("Cerita Anda"),
        required=False,
        max_length=LONGEST,
        help_text=_("Misalnya rasa, bahan, ukuran, atau kemasannya. Jangan tulis nomor telepon atau alamat."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
    )
    photos = PictureListField(
        label=_("Foto barangnya"),
        most=MOST_PHOTOS,
        help_text=_("Paling banyak 4 foto. Lokasi pengambilannya kami hapus."),
    )
