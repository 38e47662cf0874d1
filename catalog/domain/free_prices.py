"""How far the price of what is on show may move without asking: measured from the price that was approved."""

from django.db.models import Min
from django.utils import timezone

from catalog.models import Product, Variant
from expo.models import Edition


def free_percent(exhibitor_id: int) -> int:
    """The strictest limit of the editions in which the exhibitor stands and that are not over; else the usual one."""
    editions = Edition.objects.not_over_at(timezone.now()).filter(booths__exhibitor=exhibitor_id)
    found = editions.aggregate(percent=Min("free_price_percent"))["percent"]
    return Edition._meta.get_field("free_price_percent").default if found is None else found


def is_free(goods: Product | Variant, price: int, percent: int) -> bool:
    """Whether ``price`` may count at once. Many small steps are measured from where curators last looked."""
    reference = goods.approved_price or goods.price
    return abs(price - reference) * 100 <= reference * percent
