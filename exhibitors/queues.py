"""Exhibitors that wait for the curators."""

from django.db.models import Count, Min

from exhibitors.models import Exhibitor
from exhibitors.states import CurationState


def submitted_exhibitors():
    waiting = Exhibitor.objects.filter(state=CurationState.SUBMITTED)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]
