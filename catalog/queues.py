"""Products and changes of products that wait for the curators."""

from django.db.models import Count, Min

from catalog.models import Product, ProductChange
from exhibitors.states import CurationState


def submitted_products():
    waiting = Product.objects.filter(state=CurationState.SUBMITTED)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]


def proposed_changes():
    found = ProductChange.objects.waiting().aggregate(count=Count("pk"), oldest=Min("proposed_at"))
    return found["count"], found["oldest"]
