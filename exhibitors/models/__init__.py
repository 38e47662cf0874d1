"""Exhibitors (UKM and koperasi), the people who run them, their booths, certificates and curation."""

from exhibitors.models.booths import Booth
from exhibitors.models.certificates import Certificate, CertificateKind, CertificateQuerySet
from exhibitors.models.decisions import Decision
from exhibitors.models.exhibitors import Exhibitor, Kind, MemberRole, Membership
from exhibitors.models.invitations import Invitation
from exhibitors.models.registration import (
    Participation,
    ParticipationMode,
    ParticipationState,
    PhoneConfirmation,
    StepDraft,
)

__all__ = [
    "Booth",
    "Certificate",
    "CertificateKind",
    "CertificateQuerySet",
    "Decision",
    "Exhibitor",
    "Invitation",
    "Kind",
    "MemberRole",
    "Membership",
    "Participation",
    "ParticipationMode",
    "ParticipationState",
    "PhoneConfirmation",
    "StepDraft",
]
