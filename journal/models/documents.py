"""Papers behind entries that staff wrote: contracts, letters of a bank, receipts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.models.entries import Entry
from journal.triggers import RefuseRows


class EntryDocument(models.Model):
    """A photo or a PDF in private storage. ``digest`` is of the bytes that were uploaded: the same file is found."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="documents", verbose_name=_("catatan"))
    file = models.CharField(max_length=200, help_text=_("Nama berkas dalam penyimpanan pribadi."))
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh"))

    class Meta:
        verbose_name = _("bukti catatan jurnal")
        verbose_name_plural = _("bukti catatan jurnal")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "digest"], name="entry_document_once")]
        triggers = [RefuseRows(name="entry_documents_stay")]

    def __str__(self):
        return f"{self.entry_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_picture(self) -> bool:
        return self.file.endswith(".jpg")
