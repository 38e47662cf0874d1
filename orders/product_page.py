"""What orders add to the page of a product: what sending it costs, and what of the price is paid when."""

import datetime as dt

from django.db.models import BigIntegerField, Func, Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from catalog.offers import offers_of
from catalog.product_sections import Fact
from catalog.seller_facts import seller_fact
from expo.formats import rupiah
from orders.domain.deposits import Discounted, deposit_due, rule_sentence
from orders.models import DepositRule, DepositTerms, ShippingZone

LOWEST_FEE, DEPOSIT_RULE = "lowest-fee", "deposit-rule"


def shipping_fact(page, now: dt.datetime) -> Fact | None:
    lowest = seller_fact(page.product.exhibitor_id, LOWEST_FEE)
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
    rule = seller_fact(product.exhibitor_id, DEPOSIT_RULE) or DepositRule.RETURNED
    return Fact(_("Uang muka"), f"{text % words} {rule_sentence(rule)}")


def lowest_fee() -> Subquery:
    """Of an exhibitor: the lowest fee of any zone in rupiah; nothing when it names each after the order."""
    zones = ShippingZone.objects.filter(service__exhibitor=OuterRef("pk"), service__is_active=True)
    lowest = zones.order_by().values("service__exhibitor").annotate(lowest=Min(_Lowest("fees")))
    return Subquery(lowest.values("lowest"))


class _Lowest(Func):
    """Of an array of numbers."""

    template = "(SELECT min(number) FROM unnest(%(expressions)s) AS number)"
    output_field = BigIntegerField()


def deposit_rule() -> Subquery:
    """Of an exhibitor: what becomes of a deposit if the buyer cancels; nothing when it never said."""
    return Subquery(DepositTerms.objects.filter(exhibitor=OuterRef("pk")).order_by().values("rule")[:1])
