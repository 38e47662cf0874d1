"""What orders add to the page of a product: what sending it costs, and what of the price is paid when."""

import datetime as dt

from django.core.cache import cache
from django.utils.translation import gettext as _

from catalog.offers import offers_of
from catalog.product_sections import Fact
from expo.formats import rupiah
from orders.domain.deposits import Discounted, deposit_due, deposit_rules, rule_sentence
from orders.domain.shipping import read_tables

RULE_KEY = "orders:deposit-rule:{}"
KEPT = 600
"""Seconds for which a seller's lowest fee is remembered: the page asks the database nothing for it."""


def shipping_fact(page, now: dt.datetime) -> Fact | None:
    lowest = lowest_fee(page.product.exhibitor_id)
    if lowest is None:
        return Fact(_("Ongkos kirim"), _("ditetapkan penjual"))
    return Fact(_("Ongkos kirim"), _("mulai %(fee)s") % {"fee": rupiah(lowest)} if lowest else _("Gratis"))


def deposit_fact(page, now: dt.datetime) -> Fact | None:
    """How much is paid with the order and how much when the goods are made, for the smallest purchase."""
    product = page.product
    if not product.made_to_order or not product.deposit_percent:
        return None
    offers = offers_of(page, now)
    price = offers.lowest * product.minimum_quantity
    first = deposit_due([Discounted(product, price)])
    words = {"percent": product.deposit_percent, "first": rupiah(first), "rest": rupiah(price - first)}
    if offers.highest == offers.lowest:
        text = _("%(percent)s%%: %(first)s saat memesan, sisanya %(rest)s dan ongkos kirim setelah barang jadi.")
    else:
        text = _("%(percent)s%%: mulai %(first)s saat memesan, sisanya mulai %(rest)s dan ongkos kirim setelah jadi.")
    return Fact(_("Uang muka"), f"{text % words} {rule_sentence(deposit_rule(product.exhibitor_id))}")


def deposit_rule(exhibitor_id: int) -> str:
    key = RULE_KEY.format(exhibitor_id)
    rule: str | None = cache.get(key)
    if rule is None:
        rule = deposit_rules([exhibitor_id])[exhibitor_id]
        cache.set(key, rule, KEPT)
    return rule


def forget_deposit_rule(exhibitor_id: int) -> None:
    """The seller has just changed it."""
    cache.delete(RULE_KEY.format(exhibitor_id))


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
