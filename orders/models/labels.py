"""What an exhibitor lets stand on the labels of its parcels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LabelSender(models.Model):
    """The sender on labels. Without a row: the exhibitor's name, its regency and its public number."""

    exhibitor = models.OneToOneField(
        "exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="label_sender", verbose_name=_("peserta")
    )
    name = models.CharField(
        _("nama pengirim"), max_length=80, blank=True, help_text=_("Kosong: nama usaha Anda seperti di stan.")
    )
    address = models.CharField(
        _("alamat pengirim"),
        max_length=200,
        blank=True,
        help_text=_("Ke sini paket kembali bila tidak sampai. Kosong: hanya kecamatan dan kabupaten atau kota Anda."),
    )
    shows_phone = models.BooleanField(_("cetak nomor WhatsApp usaha di label"), default=True)
    note = models.CharField(
        _("pesan untuk kurir"),
        max_length=60,
        blank=True,
        help_text=_("Dicetak besar di label, misalnya: Jangan dibanting."),
    )

    class Meta:
        verbose_name = _("pengirim di label")
        verbose_name_plural = _("pengirim di label")

    def __str__(self):
        return str(self.exhibitor)
