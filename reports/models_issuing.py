"""What goes with issuing recaps: cut-offs set by staff, to whom each was sent, what went wrong, what was checked."""

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


class RecapEvent(models.Model):
    """What people did with a recap, and why. Rows stay."""

    class What(models.TextChoices):
        REVISED = "revised", _("Direvisi")
        SENT = "sent", _("Dikirim ke penerima")

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


class Recount(models.Model):
    """That a recap was counted again from the entries before it was sent, and what of it ``differs``, if anything."""

    recap = models.OneToOneField("reports.Recap", on_delete=models.PROTECT, related_name="recount")
    at = models.DateTimeField(_("dihitung ulang"))
    differs = models.CharField(_("yang berbeda"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("hitung ulang rekap")
        verbose_name_plural = _("hitung ulang rekap")

    def __str__(self):
        return f"{self.recap}: {self.differs or '='}"

    @property
    def holds(self) -> bool:
        return not self.differs


class IssueProblem(models.Model):
    """A recap that is due and could not be issued. The row goes when it could."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    cutoff = models.DateTimeField(_("batas waktu"))
    reason = models.TextField(_("sebab"))
    since = models.DateTimeField(_("sejak"))
    tried_at = models.DateTimeField(_("terakhir dicoba"))
    tries = models.PositiveIntegerField(_("percobaan"), default=1)

    class Meta:
        verbose_name = _("rekap yang tertunda")
        verbose_name_plural = _("rekap yang tertunda")
        ordering = ["cutoff"]
        constraints = [models.UniqueConstraint(fields=["edition", "cutoff"], name="issue_problem_once")]

    def __str__(self):
        return f"{self.edition}, {self.cutoff:%Y-%m-%d %H:%M}"


class SealCheck(models.Model):
    """One walk along the chain: how many recaps, and what differs. ``findings`` are {"number", "what"}."""

    at = models.DateTimeField(_("diperiksa"), auto_now_add=True)
    recaps = models.PositiveIntegerField(_("rekap"))
    findings = models.JSONField(_("temuan"), default=list)
    by = person(_("diminta oleh"), null=True, blank=True)

    class Meta:
        verbose_name = _("pemeriksaan segel")
        verbose_name_plural = _("pemeriksaan segel")
        ordering = ["-pk"]
        triggers = [RefuseRows(name="checks_stay")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}: {len(self.findings)}"

    @property
    def is_sound(self) -> bool:
        return not self.findings
