"""Products and changes of products that wait for the curators."""

from django.db.models import Count, Min

from catalog.models import Product, ProductChange
from exhibitors.queues import approved_once
from exhibitors.states import CurationState


def submitted_products():
    waiting = Product.objects.filter(state=CurationState.SUBMITTED).exclude(pk__in=approved_once(Product))
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]


def proposed_changes():
    waiting = ProductChange.objects.waiting().exclude(pk__in=approved_once(ProductChange))
    found = waiting.aggregate(count=Count("pk"), oldest=Min("proposed_at"))
    return found["count"], found["oldest"]
