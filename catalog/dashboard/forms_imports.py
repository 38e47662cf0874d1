"""Forms of an import: the file with its photos, and which column is which."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.dashboard.forms import CategoryChoice
from catalog.domain.imports import MOST_BYTES, REFUSALS
from catalog.importing.categories import plain
from catalog.importing.columns import COLUMNS
from expo.sheets import Problem

MOST_AT_ONCE = 200
SHEETS = ".xlsx,.xls,.ods,.csv,.txt,.tsv"
PHOTOS = "image/jpeg,image/png,image/webp,image/heic,.heic,.zip"


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, or none; cleaned to a list."""

    def __init__(self, **options):
        super().__init__(**{"widget": ManyFilesInput(attrs={"accept": PHOTOS}), "required": False, **options})

    def clean(self, data, initial=None):
        files = [super(ManyFilesField, self).clean(file, initial) for file in data or []]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Paling banyak 200 foto sekaligus. Untuk lebih banyak, unggah ZIP."))
        return files


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas produk"),
        error_messages={"required": _("Pilih berkasnya dahulu."), "empty": REFUSALS[Problem.EMPTY]},
        help_text=_("Excel (XLSX atau XLS), ODS, atau CSV. Paling banyak 10.000 baris dan 10 MB."),
        widget=forms.FileInput(attrs={"accept": SHEETS}),
    )
    photos = ManyFilesField(
        label=_("Foto"),
        help_text=_("ZIP (paling besar 60 MB) atau beberapa foto. Namai menurut SKU, misalnya KT-250.jpg."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(REFUSALS[Problem.LARGE], code="large")
        return file


class MorePhotosForm(forms.Form):
    photos = ManyFilesField(
        label=_("Tambah foto"),
        required=True,
        error_messages={"required": _("Pilih fotonya dahulu.")},
        help_text=_("ZIP (paling besar 60 MB) atau beberapa foto. Namai menurut SKU, misalnya KT-250.jpg."),
    )


class CategoriesForm(forms.Form):
    """What the file's own words for categories mean; one choice for each."""

    def __init__(self, *args, words: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words
        for place, word in enumerate(words):
            self.fields[f"w{place}"] = CategoryChoice(required=False)
            self.fields[f"w{place}"].label = word

    def meant(self) -> dict[str, int]:
        chosen = ((word, self.cleaned_data.get(f"w{place}")) for place, word in enumerate(self.words))
        return {plain(word): category.pk for word, category in chosen if category}


class ColumnsForm(forms.Form):
    """One choice for each column of the file: what it is, or nothing."""

    category = CategoryChoice(required=False)

    def __init__(self, *args, table: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields["category"].label = _("Kategori untuk baris tanpa kategori")
        self.fields["category"].empty_label = _("Tidak ada")
        chosen = {place: name for name, place in table["columns"].items()}
        choices = [("", _("Tidak dipakai")), *((column.name, column.label) for column in COLUMNS)]
        for place, heading in enumerate(table["headings"]):
            found = " · ".join(table["samples"][place])
            if heading or found:
                self.fields[f"c{place}"] = forms.ChoiceField(
                    label=heading or _("Kolom %(n)s (tanpa judul)") % {"n": place + 1},
                    choices=choices,
                    required=False,
                    initial=chosen.get(place, ""),
                    help_text=found,
                )

    def clean(self):
        cleaned = super().clean()
        places: dict[str, str] = {}
        for field, name in list(cleaned.items()):
            if field == "category" or not name:
                continue
            if name in places:
                label = next(column.label for column in COLUMNS if column.name == name)
                self.add_error(field, _("“%(name)s” sudah dipilih untuk kolom lain.") % {"name": label})
            places[name] = field
        self.columns = {name: int(field[1:]) for name, field in places.items()}
        return cleaned

    def column_fields(self):
        return [self[name] for name in self.fields if name != "category"]
