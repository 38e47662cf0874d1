"""The form of a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Certificate, Standing

DATE = {"type": "date"}


class CertificateForm(forms.ModelForm):
    """``file`` is kept apart from the row: a picture or a PDF in private storage."""

    file = forms.FileField(
        label=_("Foto atau PDF sertifikat"),
        required=False,
        help_text=_("Hanya Anda dan panitia yang dapat melihatnya."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    class Meta:
        model = Certificate
        fields = ["kind", "standing", "number", "product", "issuer", "issued_on", "expires_on"]
        labels = {
            "kind": _("Jenis"),
            "standing": _("Keadaan sertifikat halal"),
            "number": _("Nomor"),
            "product": _("Untuk produk"),
            "issuer": _("Penerbit"),
            "issued_on": _("Tanggal terbit"),
            "expires_on": _("Berlaku sampai"),
        }
        help_texts = {
            "standing": _("Hanya untuk halal. Yang tidak halal wajib diberi keterangan; pembeli langsung melihatnya."),
            "number": _(
                "NIB 13 angka, P-IRT 15 angka, halal ID dan 17 angka, BPOM MD atau ML dan 12 angka, "
                "merek IDM dan 9 angka."
            ),
            "expires_on": _("Hari terakhir berlaku. NIB dan halal yang baru berlaku seterusnya: kosongkan."),
        }
        widgets = {
            "issued_on": forms.DateInput(format="%Y-%m-%d", attrs=DATE),
            "expires_on": forms.DateInput(format="%Y-%m-%d", attrs=DATE),
            "number": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args, exhibitor, **kwargs):
        super().__init__(*args, **kwargs)
        product = self.fields["product"]
        product.queryset = exhibitor.products.order_by("name")
        product.empty_label = _("Seluruh usaha")
        product.required = False
        if self.instance.renews_id:
            self.fields["kind"].disabled = True
        standing = self.data.get(self.add_prefix("standing"), self.instance.standing)
        self.fields["standing"].required = False
        self.fields["number"].required = standing in ("", Standing.ISSUED)
        self.fields["kind"].choices = [("", _("Pilih jenis")), *Certificate._meta.get_field("kind").choices]

    def clean_standing(self) -> str:
        """Forms of before, and those that hide the field, do not send it."""
        return self.cleaned_data["standing"] or Standing.ISSUED
