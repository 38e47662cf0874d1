"""What orders add to the page of a product: what sending it costs."""

import datetime as dt

from django.core.cache import cache
from django.utils.translation import gettext as _

from catalog.product_sections import Fact
from expo.formats import rupiah
from orders.domain.shipping import read_tables

KEPT = 600
"""Seconds for which a seller's lowest fee is remembered: the page asks the database nothing for it."""


def shipping_fact(page, now: dt.datetime) -> Fact | None:
    lowest = lowest_fee(page.product.exhibitor_id)
    if lowest is None:
        return Fact(_("Ongkos kirim"), _("ditetapkan penjual"))
    return Fact(_("Ongkos kirim"), _("mulai %(fee)s") % {"fee": rupiah(lowest)} if lowest else _("Gratis"))


def lowest_fee(exhibitor_id: int) -> int | None:
    """The lowest fee of any zone in rupiah; None when the seller names each."""
    key = f"orders:lowest-fee:{exhibitor_id}"
    found = cache.get(key)
    if found is None:
        services = read_tables([exhibitor_id])[exhibitor_id]
        fees = [fee for service in services for zone in service.zones_at_hand for fee in zone.fees]
        found = min(fees, default=-1)
        cache.set(key, found, KEPT)
    return None if found < 0 else found
