"""What we ask of a gateway, and what it says, in our words."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a charge stands. Only PAID confirms an order."""

    NEW = "new", _("Disiapkan")
    PENDING = "pending", _("Menunggu pembeli")
    CHALLENGED = "challenged", _("Ditahan pemeriksaan Midtrans")
    PAID = "paid", _("Dibayar")
    DENIED = "denied", _("Ditolak")
    EXPIRED = "expired", _("Kedaluwarsa")
    CANCELLED = "cancelled", _("Dibatalkan")
    REFUNDED = "refunded", _("Dana dikembalikan")
    FAILED = "failed", _("Gagal disiapkan")


@dataclass(frozen=True, slots=True)
class Request:
    """``amount`` in rupiah; the page is of no use after ``expires_at``; ``notify_url`` hears what becomes of it."""

    reference: str
    amount: int
    expires_at: dt.datetime
    now: dt.datetime
    buyer_name: str
    buyer_email: str
    buyer_phone: str
    language: str
    notify_url: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Started:
    token: str
    redirect_url: str


@dataclass(frozen=True, slots=True)
class Report:
    """``amount`` None when the gateway's figure is not whole rupiah. ``status`` is its own word."""

    reference: str
    outcome: Outcome
    amount: int | None
    currency: str
    status: str
    refunded: int = 0
