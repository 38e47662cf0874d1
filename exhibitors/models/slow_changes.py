"""What tells buyers where their money goes, and therefore changes slowly (ADR 0052, 0076)."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("Menunggu konfirmasi lewat surel")
    CONFIRMED = "confirmed", _("Dikonfirmasi")
    WITHDRAWN = "withdrawn", _("Ditarik")
    BLOCKED = "blocked", _("Diblokir petugas")


ALIVE = (ChangeState.WAITING, ChangeState.CONFIRMED)
ENDED = [ChangeState.WITHDRAWN, ChangeState.BLOCKED]


class SlowChangeQuerySet(models.QuerySet):
    def in_use(self, now: dt.datetime) -> "SlowChangeQuerySet":
        """Confirmed and past their cool-down, newest first: the first of an exhibitor is what buyers see."""
        return self.filter(state=ChangeState.CONFIRMED, active_from__lte=now).order_by("-active_from", "-pk")

    def coming(self, now: dt.datetime) -> "SlowChangeQuerySet":
        """Confirmed and in their cool-down, the next one first."""
        return self.filter(state=ChangeState.CONFIRMED, active_from__gt=now).order_by("active_from", "pk")

    def waiting(self) -> "SlowChangeQuerySet":
        """Nobody who reads an owner's mail has said yes yet."""
        return self.filter(state=ChangeState.WAITING)


class SlowChange(models.Model):
    """A proposal that an owner confirms by mail and that counts from ``active_from`` on. Rows are kept.

    Each kind has an ``exhibitor`` and a manager made of ``SlowChangeQuerySet``.
    """

    state = models.CharField(_("status"), max_length=10, choices=ChangeState, default=ChangeState.WAITING)
    confirmation = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 dari tautan konfirmasi."))
    added_at = models.DateTimeField(_("diajukan"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("diajukan oleh")
    )
    confirmed_at = models.DateTimeField(_("dikonfirmasi"), null=True, blank=True)
    active_from = models.DateTimeField(_("dipakai mulai"), null=True, blank=True)
    ended_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diakhiri oleh"),
    )
    reason = models.CharField(_("alasan"), max_length=250, blank=True)

    class Meta:
        abstract = True

    @property
    def active_minute(self) -> dt.datetime | None:
        return self.active_from.replace(second=0, microsecond=0) if self.active_from else None

    @property
    def is_change(self) -> bool:
        """Whether another one was confirmed before: the very first need not wait."""
        return type(self)._default_manager.filter(exhibitor=self.exhibitor, confirmed_at__isnull=False).exists()


def change_constraints(name: str) -> list:
    """The constraints of a kind of slow change; ``name`` begins theirs."""
    return [
        models.UniqueConstraint(
            fields=["exhibitor"], condition=Q(state=ChangeState.WAITING), name=f"{name}_one_waits_per_exhibitor"
        ),
        models.UniqueConstraint(
            fields=["confirmation"], condition=~Q(confirmation=""), name=f"{name}_confirmation_once"
        ),
        models.CheckConstraint(
            name=f"{name}_confirmed_has_moments",
            condition=~Q(state=ChangeState.CONFIRMED)
            | Q(confirmed_at__isnull=False, active_from__isnull=False, ended_at__isnull=True),
        ),
        models.CheckConstraint(
            name=f"{name}_ended_has_moment",
            condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
        ),
    ]
