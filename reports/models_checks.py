"""Whether recaps still hold: what was found of each, walks along the whole chain, and what came of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.triggers import RefuseRows
from reports.models_issuing import person


class Recount(models.Model):
    """That a recap was counted again from the entries, before it was sent or on a walk, and what ``differs``, if any.

    It is in doubt from ``doubted_at`` until ``restored_at``; a recap's events (``RecapEvent``) keep every turn.
    """

    recap = models.OneToOneField("reports.Recap", on_delete=models.PROTECT, related_name="recount")
    at = models.DateTimeField(_("dihitung ulang"))
    differs = models.CharField(_("yang berbeda"), max_length=250, blank=True)
    doubted_at = models.DateTimeField(_("diragukan sejak"), null=True, blank=True)
    restored_at = models.DateTimeField(_("utuh kembali"), null=True, blank=True)

    class Meta:
        verbose_name = _("hitung ulang rekap")
        verbose_name_plural = _("hitung ulang rekap")
        constraints = [
            models.CheckConstraint(
                name="recount_doubted_while_it_differs",
                condition=Q(differs="", doubted_at__isnull=True, restored_at__isnull=True)
                | Q(differs="", doubted_at__isnull=False, restored_at__isnull=False)
                | (~Q(differs="") & Q(doubted_at__isnull=False, restored_at__isnull=True)),
            )
        ]

    def __str__(self):
        return f"{self.recap}: {self.differs or '='}"

    @property
    def holds(self) -> bool:
        return not self.differs


class SealCheck(models.Model):
    """A walk along the chain that came to its end: how many recaps, and what differs.

    ``findings`` are {"number", "what"}.
    """

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


class SealWalk(models.Model):
    """A walk along the chain, in steps: how far it has come. Its end is a ``check``.

    ``part`` is what is looked at now, ``reached`` the last that was, within it: a recap, or a line of the book.
    ``tries`` counts attempts at the next step, ``told`` the findings that were mailed.
    """

    begun_at = models.DateTimeField(_("dimulai"))
    by = person(_("diminta oleh"), null=True, blank=True)
    part = models.CharField(max_length=20)
    reached = models.BigIntegerField(default=0)
    recaps = models.PositiveIntegerField(_("rekap"), default=0)
    findings = models.JSONField(_("temuan"), default=list)
    told = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    stepped_at = models.DateTimeField(_("langkah terakhir"), null=True, blank=True)
    is_open = models.BooleanField(default=True)
    outcome = models.OneToOneField(
        SealCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="walk", verbose_name=_("hasil")
    )

    class Meta:
        verbose_name = _("jalannya pemeriksaan segel")
        verbose_name_plural = _("jalannya pemeriksaan segel")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_open"], condition=Q(is_open=True), name="seal_walk_one_at_a_time"),
            models.CheckConstraint(
                name="seal_walk_ends_with_a_check",
                condition=Q(is_open=True, outcome__isnull=True) | Q(is_open=False, outcome__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.begun_at:%Y-%m-%d %H:%M}: {self.part} {self.reached}"
