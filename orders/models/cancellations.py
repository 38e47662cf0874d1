"""A buyer's wish to cancel what is already paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.orders import Order
from orders.states import RequestState


class Initiator(models.TextChoices):
    BUYER = "buyer", _("Pembeli")
    EXHIBITOR = "exhibitor", _("Penjual")


class CancellationRequest(models.Model):
    """Asked by the buyer after the payment, answered by the exhibitor; one is open at a time.

    An exhibitor who can't deliver what is paid leaves one as well, accepted from the start.
    """

    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="cancellation_requests", verbose_name=_("pesanan")
    )
    initiator = models.CharField(_("dari"), max_length=10, choices=Initiator, default=Initiator.BUYER)
    state = models.CharField(_("status"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    reason = models.CharField(_("alasan"), max_length=250)
    refund_to = models.CharField(_("rekening untuk pengembalian"), max_length=120, blank=True)
    asked_at = models.DateTimeField(_("diminta"))
    answer = models.CharField(_("jawaban"), max_length=250, blank=True)
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dijawab oleh"),
    )

    class Meta:
        verbose_name = _("permintaan pembatalan")
        verbose_name_plural = _("permintaan pembatalan")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(state="open"), name="cancellation_one_is_open"),
            models.UniqueConstraint(fields=["order"], condition=Q(state="accepted"), name="cancellation_accepted_once"),
            models.CheckConstraint(
                name="cancellation_answered_by_and_at",
                condition=Q(state__in=["open", "withdrawn"], answered_at__isnull=True, answered_by__isnull=True)
                | Q(state__in=["accepted", "declined"], answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.order}: {self.reason}"
