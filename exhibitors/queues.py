"""What exhibitors wait for."""

from django.db.models import Count, Min

from exhibitors.models import Certificate, Exhibitor, Participation, ParticipationState, PhoneConfirmation
from exhibitors.states import CurationState


def submitted_exhibitors():
    waiting = Exhibitor.objects.filter(state=CurationState.SUBMITTED)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]


def waiting_certificates():
    waiting = Certificate.objects.filter(verified_at__isnull=True, returned_at__isnull=True)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    return found["count"], found["oldest"]


def asked_participations():
    """Of approved exhibitors: nobody else can be given a booth yet."""
    waiting = Participation.objects.filter(state=ParticipationState.ASKED, exhibitor__state=CurationState.APPROVED)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("asked_at"))
    return found["count"], found["oldest"]


def waiting_phones():
    found = PhoneConfirmation.objects.waiting().aggregate(count=Count("pk"), oldest=Min("asked_at"))
    return found["count"], found["oldest"]
