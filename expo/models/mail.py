"""Mail is a row first: written with the change that it tells of, delivered by a task afterwards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    PENDING = "pending", _("Menunggu")
    SENDING = "sending", _("Sedang dikirim")
    HANDED = "handed", _("Diserahkan, menunggu jawaban")
    SENT = "sent", _("Terkirim")
    UNCERTAIN = "uncertain", _("Tidak pasti terkirim")
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
    once = models.BooleanField(
        _("paling banyak sekali"),
        default=False,
        db_default=False,
        help_text=_("Tidak dikirim lagi dengan sendirinya bila mungkin sudah sampai."),
    )
    handed_over_at = models.DateTimeField(
        _("diserahkan"), null=True, blank=True, help_text=_("Terisi: mungkin sudah ada pada penerimanya.")
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
                condition=models.Q(state__in=["pending", "sending", "handed"]),
            ),
            models.Index(
                fields=["created_at"],
                name="mail_failed",
                condition=models.Q(state__in=["failed", "bounced", "uncertain"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_handed_over_at_a_moment",
                condition=~models.Q(state__in=["handed", "uncertain"]) | models.Q(handed_over_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.to}: {self.subject}"


class MailEvent(models.Model):
    """What people decided about a mail of which nobody knows whether it arrived, and what reports said of it (by
    nobody). Rows stay."""

    class What(models.TextChoices):
        AGAIN = "again", _("Dikirim lagi")
        ASSUMED = "assumed", _("Dianggap sudah terkirim")
        TAKEN = "taken", _("Laporan: diterima server surel")
        RETURNED = "returned", _("Laporan: kembali ke pengirim")

    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(_("alasan"), max_length=250, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )

    class Meta:
        verbose_name = _("riwayat surel")
        verbose_name_plural = _("riwayat surel")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="mail_event_by_somebody_with_a_reason",
                condition=models.Q(what__in=["taken", "returned"], by__isnull=True)
                | models.Q(what="again", by__isnull=False)
                | (models.Q(what="assumed", by__isnull=False) & ~models.Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.mail_id}: {self.get_what_display()}"
