"""What the owner of something on show wants it to say; the old version stays until the curators agree (ADR 0105)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitors import Exhibitor


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Menunggu ditinjau")
    RETURNED = "returned", _("Dikembalikan")


class ProposalQuerySet(models.QuerySet):
    def waiting(self) -> "ProposalQuerySet":
        """Curators have to look at it: neither returned, nor of something that is not on show at all."""
        return self.filter(**{"state": ProposalState.WAITING, f"{self.model.subject_name}__state": "approved"})


class Proposal(models.Model):
    """``base`` is what the proposed fields said when they were proposed: what differs from it is what is wanted.

    A returned one carries the notes of the curators and stays, so that its owner goes on from there.
    """

    subject_name = ""  # the field that names what it is about

    state = models.CharField(_("status"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    base = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    proposed_at = models.DateTimeField(_("diajukan"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diajukan oleh"),
    )
    reason = models.TextField(_("catatan panitia"), blank=True)
    notes = models.JSONField(_("catatan per isian"), default=dict, blank=True)
    noted = models.JSONField(default=dict, blank=True, editable=False)
    message = models.TextField(_("pesan pemilik"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["proposed_at"]

    @property
    def subject(self):
        return getattr(self, self.subject_name)


class ExhibitorChange(Proposal):
    """``wanted``: column → value, of those alone that shall change."""

    subject_name = "exhibitor"

    exhibitor = models.OneToOneField(
        Exhibitor, on_delete=models.CASCADE, related_name="change", verbose_name=_("peserta")
    )
    wanted = models.JSONField(_("isian yang diusulkan"), default=dict, encoder=DjangoJSONEncoder)
    # The proposed banner as a row: what a row refers to is not taken for a leftover (expo/leftovers.py).
    banner = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )

    class Meta(Proposal.Meta):
        verbose_name = _("usulan perubahan peserta")
        verbose_name_plural = _("usulan perubahan peserta")
        indexes = [
            models.Index(
                fields=["proposed_at"], name="exhibitor_change_queue", condition=Q(state=ProposalState.WAITING)
            )
        ]

    def __str__(self):
        return str(self.exhibitor)
