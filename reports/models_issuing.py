"""What goes with issuing recaps: cut-offs set by staff, to whom each was sent, what went wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.triggers import RefuseRows


def person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=label, **options
    )


class ExtraCutoff(models.Model):
    """A moment beside the schedule at which a recap shall be issued, e.g. 13.00 on the closing day."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"))
    moment = models.DateTimeField(_("batas waktu (WIB)"))
    reason = models.CharField(_("keperluan"), max_length=250)
    added_at = models.DateTimeField(_("ditambahkan"), auto_now_add=True)
    added_by = person(_("ditambahkan oleh"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    cancelled_by = person(_("dibatalkan oleh"), null=True, blank=True)

    class Meta:
        verbose_name = _("batas waktu tambahan")
        verbose_name_plural = _("batas waktu tambahan")
        ordering = ["-moment", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "moment"], condition=Q(cancelled_at__isnull=True), name="extra_cutoff_once"
            ),
            models.CheckConstraint(
                name="extra_cutoff_cancelled_by_somebody",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.edition}, {self.moment:%Y-%m-%d %H:%M}"


class Delivery(models.Model):
    """That a recap was put into the mail for one address: once, whoever asks and however often."""

    recap = models.ForeignKey("reports.Recap", on_delete=models.PROTECT, related_name="deliveries")
    address = models.EmailField(_("alamat surel"))
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    mail = models.OneToOneField("expo.OutgoingMail", on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(_("dikirim"), auto_now_add=True)
    queued_by = person(_("dikirim oleh"), null=True, blank=True)

    class Meta:
        verbose_name = _("surel rekap")
        verbose_name_plural = _("surel rekap")
        ordering = ["address"]
        constraints = [models.UniqueConstraint(fields=["recap", "address"], name="delivered_once_to_an_address")]
        triggers = [RefuseRows(name="deliveries_stay")]

    def __str__(self):
        return f"{self.recap}: {self.address}"


class Sending(models.Model):
    """That staff asked to have a recap sent to whom it has not reached. A worker counts it again first, and sends it.

    ``sent`` is to how many, ``refusal`` why to nobody.
    """

    recap = models.ForeignKey("reports.Recap", on_delete=models.PROTECT, related_name="sendings")
    asked_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    asked_by = person(_("diminta oleh"))
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    sent = models.PositiveIntegerField(_("jumlah surel"), default=0)
    refusal = models.CharField(_("sebab tidak dikirim"), max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(_("percobaan"), default=0)

    class Meta:
        verbose_name = _("permintaan kirim rekap")
        verbose_name_plural = _("permintaan kirim rekap")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recap"], condition=Q(finished_at=None), name="sending_one_at_a_time"),
            models.CheckConstraint(
                name="sending_refused_sends_nothing", condition=Q(refusal="") | Q(finished_at__isnull=False, sent=0)
            ),
        ]

    def __str__(self):
        return f"{self.recap}: {self.asked_at:%Y-%m-%d %H:%M}"


class RecapEvent(models.Model):
    """What people did with a recap, and why; what checks found of it (by nobody). Rows stay."""

    class What(models.TextChoices):
        REVISED = "revised", _("Direvisi")
        SENT = "sent", _("Dikirim ke penerima")
        DOUBTED = "doubted", _("Pemeriksaan menemukan perbedaan")
        WHOLE = "whole", _("Pemeriksaan menemukannya utuh kembali")

    recap = models.ForeignKey("reports.Recap", on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(_("alasan"), max_length=250, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = person(_("oleh"), null=True, blank=True)

    class Meta:
        verbose_name = _("riwayat rekap")
        verbose_name_plural = _("riwayat rekap")
        ordering = ["pk"]
        triggers = [RefuseRows(name="events_stay")]

    def __str__(self):
        return f"{self.recap}: {self.get_what_display()}"


class IssueProblem(models.Model):
    """A recap that is due and could not be sealed or, with ``recap``, not sent. The row goes when it could."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    cutoff = models.DateTimeField(_("batas waktu"))
    recap = models.OneToOneField(
        "reports.Recap", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("rekap")
    )
    reason = models.TextField(_("sebab"))
    since = models.DateTimeField(_("sejak"))
    tried_at = models.DateTimeField(_("terakhir dicoba"))
    tries = models.PositiveIntegerField(_("percobaan"), default=1)

    class Meta:
        verbose_name = _("rekap yang tertunda")
        verbose_name_plural = _("rekap yang tertunda")
        ordering = ["cutoff"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "cutoff"], condition=Q(recap=None), name="issue_problem_once_unsealed"
            )
        ]

    def __str__(self):
        return f"{self.edition}, {self.cutoff:%Y-%m-%d %H:%M}"
