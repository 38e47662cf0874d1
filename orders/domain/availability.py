"""Whether something in a cart can be bought now, and the sentence that says why not."""

import datetime as dt

from django.utils.translation import gettext as _

from catalog.models import Placement, Product, Variant
from catalog.selling import BUYABLE, Availability
from exhibitors.models import Booth
from expo.formats import number
from expo.models import Mode, Phase

MOST_PIECES = 10_000


def placement_problem(placement: Placement, now: dt.datetime) -> str:
    """Why this product can't be bought from this booth, whatever the quantity; "" when it can."""
    available = placement.availability_at(now)
    if available in BUYABLE or available == Availability.SOLD_OUT:  # how many are left is asked for below
        return ""
    return str(available.label)


def line_problem(placement: Placement, variant: Variant | None, now: dt.datetime) -> str:
    """Why this can't be bought from this booth in any quantity; "" when it can, by its variant if it has some."""
    product = placement.product
    if problem := placement_problem(placement, now):
        return problem
    if variant is None:
        return _("Pilih variannya dahulu.") if product.has_variants else ""
    if variant.product_id != product.pk or not variant.is_active:
        return _("Varian ini tidak dijual lagi.")
    return ""


def quantity_problem(product: Product, quantity: int, *, stock: int) -> str:
    """Why this many pieces can't be bought while ``stock`` pieces are left; "" when they can."""
    if not product.made_to_order and stock < product.minimum_quantity:
        return _("Stok habis.")
    if quantity < product.minimum_quantity:
        return _("Pembelian minimum %(minimum)s buah.") % {"minimum": number(product.minimum_quantity)}
    if not product.made_to_order and quantity > stock:
        return _("Stok tinggal %(stock)s buah.") % {"stock": number(stock)}
    if quantity > MOST_PIECES:
        return _("Paling banyak %(most)s buah dalam satu pesanan.") % {"most": number(MOST_PIECES)}
    return ""


def allows_pickup(booth: Booth, now: dt.datetime) -> bool:
    """Goods can be fetched at the stand of a hybrid edition until its closing: afterwards there is no stand."""
    edition = booth.edition
    return edition.mode == Mode.HYBRID and edition.phase_at(now) in (Phase.BEFORE, Phase.DURING)
