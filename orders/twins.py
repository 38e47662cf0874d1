"""Exhibitors whose QRIS codes name the same merchant: shown to the curators beside the other twins."""

from exhibitors.models import Exhibitor
from exhibitors.models.slow_changes import ALIVE
from exhibitors.twins import others
from orders.models import QrisCode


def same_merchant_number(exhibitor: Exhibitor):
    alive = QrisCode.objects.filter(state__in=ALIVE)
    numbers = list(alive.filter(exhibitor=exhibitor).values_list("nmid", flat=True))
    if not numbers:
        return []
    return others(exhibitor).filter(pk__in=alive.filter(nmid__in=numbers).values("exhibitor"))
