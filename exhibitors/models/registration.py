"""What a registration consists of beside the exhibitor's own row: typed but not yet right, asked of staff."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitors import Exhibitor


class StepDraft(models.Model):
    """What somebody typed in a step that can't be kept in the exhibitor's row as it is: field → text."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="step_drafts")
    step = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("isian yang belum benar")
        verbose_name_plural = _("isian yang belum benar")
        constraints = [models.UniqueConstraint(fields=["exhibitor", "step"], name="step_draft_once")]

    def __str__(self):
        return f"{self.exhibitor} · {self.step}"


class PhoneConfirmationQuerySet(models.QuerySet):
    def waiting(self) -> "PhoneConfirmationQuerySet":
        """Asked for, unanswered, and still the number of its exhibitor: what staff look for in their chats."""
        return self.filter(confirmed_at=None, refused_at=None, number=F("exhibitor__whatsapp"))


class PhoneConfirmation(models.Model):
    """That an exhibitor's WhatsApp number is its own: its owner sends ``code`` from it to the organiser.

    It holds for this number alone, so a changed number is unconfirmed by itself.
    """

    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.CASCADE, related_name="phone_confirmations", verbose_name=_("peserta")
    )
    number = models.CharField(_("nomor"), max_length=20)
    code = models.CharField(_("kode"), max_length=8, unique=True)
    asked_at = models.DateTimeField(_("diminta"))
    confirmed_at = models.DateTimeField(_("dikonfirmasi"), null=True, blank=True)
    refused_at = models.DateTimeField(_("tidak cocok"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("oleh"),
    )

    objects = PhoneConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("konfirmasi WhatsApp")
        verbose_name_plural = _("konfirmasi WhatsApp")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="phone_confirmation_queue",
                condition=Q(confirmed_at__isnull=True, refused_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "number"], name="phone_confirmation_once"),
            models.CheckConstraint(
                name="phone_confirmation_decided_by_somebody",
                condition=Q(confirmed_at__isnull=True, refused_at__isnull=True, decided_by__isnull=True)
                | Q(confirmed_at__isnull=False, refused_at__isnull=True, decided_by__isnull=False)
                | Q(confirmed_at__isnull=True, refused_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.code} · {self.exhibitor}"


class ParticipationMode(models.TextChoices):
    ONLINE = "online", _("Daring saja")
    STAND = "stand", _("Di lokasi pameran saja")
    BOTH = "both", _("Daring dan di lokasi pameran")


class ParticipationState(models.TextChoices):
    ASKED = "asked", _("Menunggu panitia")
    ACCEPTED = "accepted", _("Diterima")
    DECLINED = "declined", _("Tidak diterima")


class Participation(models.Model):
    """An exhibitor asks to take part in an edition; staff turn it into a booth."""

    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.CASCADE, related_name="participations", verbose_name=_("peserta")
    )
    edition = models.ForeignKey(
        "expo.Edition", on_delete=models.PROTECT, related_name="participations", verbose_name=_("pameran")
    )
    mode = models.CharField(_("keikutsertaan"), max_length=10, choices=ParticipationMode)
    note = models.CharField(_("catatan peserta"), max_length=300, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=ParticipationState, default=ParticipationState.ASKED)
    asked_at = models.DateTimeField(_("diminta"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("diminta oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diputuskan oleh"),
    )
    reason = models.TextField(_("alasan"), blank=True)

    class Meta:
        verbose_name = _("permintaan ikut pameran")
        verbose_name_plural = _("permintaan ikut pameran")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["asked_at"], name="participation_queue", condition=Q(state="asked"))]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "edition"], name="participation_once_per_edition"),
            models.CheckConstraint(
                name="participation_decided_at_and_state",
                condition=Q(state="asked", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.exhibitor} · {self.edition}"
