"""How an exhibitor wants to be paid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from orders.models import PaymentSettings
from orders.qris.picture import text_in_picture


class QrisForm(forms.Form):
    """A picture of the code, or its text. ``cleaned_data["code"]`` holds the text either way."""

    picture = forms.FileField(
        label=_("Foto atau gambar QRIS Anda"),
        required=False,
        help_text=_("QRIS statis: yang tertempel di meja kasir, tanpa jumlah."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    text = forms.CharField(
        label=_("Atau tempel isi kodenya"),
        required=False,
        max_length=600,
        help_text=_("Diawali 000201."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean(self):
        data = super().clean()
        picture, text = data.get("picture"), data.get("text", "").strip()
        if picture:
            try:
                data["code"] = text_in_picture(picture)
            except DomainError as error:
                self.add_error("picture", str(error))
        elif text:
            data["code"] = text
        elif not self.errors:
            self.add_error("picture", _("Pilih gambarnya, atau tempel isi kodenya."))
        return data


class PaymentSettingsForm(forms.ModelForm):
    class Meta:
        model = PaymentSettings
        fields = ["takes_cash", "cash_hours", "embeds_amount"]
        labels = {
            "takes_cash": _("Terima tunai saat barang diambil di stan"),
            "cash_hours": _("Simpan barang paling lama (jam)"),
            "embeds_amount": _("Cantumkan jumlah di dalam QRIS"),
        }
        widgets = {"cash_hours": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 168})}

    def clean_cash_hours(self):
        hours = self.cleaned_data["cash_hours"]
        if not 1 <= hours <= 168:
            raise forms.ValidationError(_("Isi 1 sampai 168 jam (satu minggu)."))
        return hours


class GatewayForm(forms.Form):
    """The exhibitor's own key at Midtrans. It is never shown again."""

    server_key = forms.CharField(
        label=_("Server Key Midtrans"),
        max_length=200,
        help_text=_("Dari Midtrans: Settings, Access Keys. Disimpan tersandi dan tidak pernah ditampilkan lagi."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
