"""What exhibitors wait for."""

from django.db.models import Count, Min

from exhibitors.models import (
    Certificate,
    Exhibitor,
    ExhibitorChange,
    FirstApproval,
    Participation,
    ParticipationState,
    PhoneConfirmation,
)
from exhibitors.states import CurationState


def approved_once(model):
    """Keys of those that wait for a second pair of eyes."""
    return FirstApproval.objects.filter(subject_type=model._meta.model_name).values("subject_id")


def second_eyes():
    found = FirstApproval.objects.aggregate(count=Count("pk"), oldest=Min("approved_at"))
    return found["count"], found["oldest"]


def proposed_profiles():
    waiting = ExhibitorChange.objects.waiting().exclude(pk__in=approved_once(ExhibitorChange))
    found = waiting.aggregate(count=Count("pk"), oldest=Min("proposed_at"))
    return found["count"], found["oldest"]


def submitted_exhibitors():
    waiting = Exhibitor.objects.filter(state=CurationState.SUBMITTED).exclude(pk__in=approved_once(Exhibitor))
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
