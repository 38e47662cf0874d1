"""Exhibitors that wait for the curators."""

from django.db.models import Count, Min

from exhibitors.models import Certificate, Exhibitor
from exhibitors.states import CurationState


def submitted_exhibitors():
    waiting = Exhibitor.objects.filter(state=CurationState.SUBMITTED)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]


def waiting_certificates():
    waiting = Certificate.objects.filter(verified_at__isnull=True, returned_at__isnull=True)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]
