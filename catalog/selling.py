"""The one rule of what is on show and what can be bought, for rows in Python and for queries alike.

On show: product and exhibitor approved, the booth open, the placement's time running. What is on show can be
bought while its edition sells (``sales_open ≤ t``, mall not closed), there is stock for the smallest purchase or
it is made to order, and its seller can be paid in some way (``exhibitors/paying.py``).
"""

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from exhibitors.paying import payable
from exhibitors.states import CurationState


class Availability(TextChoices):
    """Why something can be bought, or why not; the label is a sentence for the reader."""

    READY = "ready", _("Stok tersedia.")
    TO_ORDER = "to_order", _("Dibuat setelah dipesan.")
    SOLD_OUT = "sold_out", _("Stok habis.")
    NOT_SHOWN = "not_shown", _("Produk ini sedang tidak dipajang.")
    NOT_YET = "not_yet", _("Penjualan pameran ini belum dibuka.")
    CLOSED = "closed", _("Penjualan pameran ini sudah ditutup.")
    NO_PAYMENT = "no_payment", _("Stan ini belum dapat menerima pembayaran. Hubungi penjualnya.")


BUYABLE = frozenset({Availability.READY, Availability.TO_ORDER})


def curated(prefix: str = "") -> Q:
    """Products that curation lets be seen; ``prefix`` leads to the product (``"product__"``)."""
    return Q(**{f"{prefix}state": CurationState.APPROVED, f"{prefix}exhibitor__state": CurationState.APPROVED})


def placed_at(moment: dt.datetime) -> Q:
    """Placements in an open booth whose time runs at ``moment``."""
    return Q(Q(shown_until__isnull=True) | Q(shown_until__gt=moment), shown_from__lte=moment, booth__is_open=True)


def shown_at(moment: dt.datetime) -> Q:
    """Placements on show at ``moment``."""
    return placed_at(moment) & curated("product__")


def payable_at(moment: dt.datetime, prefix: str = "") -> Q:
    """Placements whose seller can be paid at ``moment``; ``prefix`` leads to the placement."""
    return payable(moment, exhibitor=f"{prefix}booth__exhibitor__", booth=f"{prefix}booth__")


def buyable_at(moment: dt.datetime) -> Q:
    """Placements from which something can be put into the cart at ``moment``."""
    return (
        shown_at(moment)
        & payable_at(moment)
        & Q(
            Q(booth__edition__mall_closes_at__isnull=True) | Q(booth__edition__mall_closes_at__gt=moment),
            Q(product__made_to_order=True) | Q(product__stock__gte=F("product__minimum_quantity")),
            booth__edition__sales_open__lte=moment,
        )
    )


def availability(placement: Any, moment: dt.datetime) -> Availability:
    """The same rule for one placement with product, exhibitor, booth and edition at hand."""
    product, booth = placement.product, placement.booth
    edition = booth.edition
    if not _is_shown(placement, moment):
        return Availability.NOT_SHOWN
    if moment < edition.sales_open:
        return Availability.NOT_YET
    if edition.mall_closes_at is not None and moment >= edition.mall_closes_at:
        return Availability.CLOSED
    if not has_enough(product, product.stock):
        return Availability.SOLD_OUT
    if not placement.is_payable_at(moment):
        return Availability.NO_PAYMENT
    return Availability.TO_ORDER if product.made_to_order else Availability.READY


def has_enough(product: Any, stock: int) -> bool:
    """Whether ``stock`` (the product's, or one variant's) is enough for the smallest purchase."""
    return product.made_to_order or stock >= product.minimum_quantity


def _is_shown(placement: Any, moment: dt.datetime) -> bool:
    product = placement.product
    return (
        placement.booth.is_open
        and product.state == CurationState.APPROVED
        and product.exhibitor.state == CurationState.APPROVED
        and placement.shown_from <= moment
        and (placement.shown_until is None or moment < placement.shown_until)
    )
