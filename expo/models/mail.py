"""Mail is a row first: written with the change that it tells of, delivered by a task afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    PENDING = "pending", _("Menunggu")
    SENDING = "sending", _("Sedang dikirim")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal")
    BOUNCED = "bounced", _("Kembali ke pengirim")
    CANCELLED = "cancelled", _("Dibatalkan")


class OutgoingMail(models.Model):
    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(_("kepada"))
    subject = models.CharField(_("perihal"), max_length=250)
    body = models.TextField(_("isi"))
    html = models.TextField(_("isi berformat"), blank=True, help_text=_("Kosong: surel hanya berupa teks."))
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    attachments = models.JSONField(default=list, blank=True, verbose_name=_("lampiran"))
    state = models.CharField(_("status"), max_length=10, choices=MailState, default=MailState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    round = models.PositiveSmallIntegerField(
        _("putaran"), default=0, db_default=0, help_text=_("Berapa kali dikirim ulang atas permintaan.")
    )
    next_attempt_at = models.DateTimeField(null=True, blank=True, verbose_name=_("dicoba lagi"))
    error = models.TextField(_("kesalahan"), blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)

    class Meta:
        verbose_name = _("surel keluar")
        verbose_name_plural = _("surel keluar")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="mail_undelivered",
                condition=models.Q(state__in=["pending", "sending"]),
            ),
            models.Index(
                fields=["created_at"], name="mail_failed", condition=models.Q(state__in=["failed", "bounced"])
            ),
        ]

    def __str__(self):
        return f"{self.to}: {self.subject}"
