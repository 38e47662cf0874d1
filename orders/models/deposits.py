"""What becomes of a down payment when the buyer cancels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DepositRule(models.TextChoices):
    RETURNED = "returned", _("Uang muka dikembalikan")
    FORFEITED = "forfeited", _("Uang muka tidak dikembalikan")


class DepositTerms(models.Model):
    """An exhibitor's rule, shown before the order and frozen on it. Without a row the deposit is returned."""

    exhibitor = models.OneToOneField(
        "exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="deposit_terms", verbose_name=_("peserta")
    )
    rule = models.CharField(
        _("bila pembeli membatalkan"), max_length=10, choices=DepositRule, default=DepositRule.RETURNED
    )

    class Meta:
        verbose_name = _("ketentuan uang muka")
        verbose_name_plural = _("ketentuan uang muka")

    def __str__(self):
        return f"{self.exhibitor}: {self.get_rule_display()}"
