"""Changes of the bank account that buyers transfer to. The account in use stands on the exhibitor."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitors import Exhibitor
from exhibitors.models.slow_changes import ChangeState, SlowChange, SlowChangeQuerySet, change_constraints

BANK_ACCOUNT = ("bank_name", "bank_account_number", "bank_account_holder")


class AccountChangeQuerySet(SlowChangeQuerySet):
    def due(self, now: dt.datetime) -> "AccountChangeQuerySet":
        """Past their cool-down and not written onto their exhibitor yet."""
        return self.in_use(now).filter(applied_at__isnull=True).order_by("active_from", "pk")

    def alive(self) -> "AccountChangeQuerySet":
        """Still to come: waiting for an owner's yes, or for the end of the cool-down."""
        return self.filter(state__in=[ChangeState.WAITING, ChangeState.CONFIRMED], applied_at__isnull=True)


class AccountChange(SlowChange):
    """A new account. All three fields are empty when staff have taken an account away."""

    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.PROTECT, related_name="account_changes", verbose_name=_("peserta")
    )
    bank_name = models.CharField(_("bank"), max_length=60, blank=True)
    bank_account_number = models.CharField(_("nomor rekening"), max_length=30, blank=True)
    bank_account_holder = models.CharField(_("atas nama"), max_length=120, blank=True)
    applied_at = models.DateTimeField(_("berlaku sejak"), null=True, blank=True)

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("perubahan rekening")
        verbose_name_plural = _("perubahan rekening")
        ordering = ["-added_at", "-pk"]
        indexes = [
            models.Index(
                fields=["active_from"],
                name="account_change_due",
                condition=Q(state=ChangeState.CONFIRMED, applied_at__isnull=True),
            )
        ]
        constraints = [
            *change_constraints("account"),
            models.CheckConstraint(
                name="account_applied_was_confirmed",
                condition=Q(applied_at__isnull=True) | Q(state=ChangeState.CONFIRMED),
            ),
        ]

    def __str__(self):
        return f"{self.bank_name} {self.bank_account_number} ({self.bank_account_holder})" if self.bank_name else "–"

    @property
    def is_change(self) -> bool:
        """The first account is taken without being asked for, so whatever is asked for replaces one."""
        return True
