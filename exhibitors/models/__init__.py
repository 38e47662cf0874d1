"""Exhibitors (UKM and koperasi), the people who run them, their booths, certificates and curation."""

from exhibitors.models.accounts import BANK_ACCOUNT, AccountChange
from exhibitors.models.booths import Booth
from exhibitors.models.certificates import Certificate, CertificateKind, CertificateQuerySet, ExpiryNotice, Standing
from exhibitors.models.decisions import Decision, FirstApproval
from exhibitors.models.exhibitors import Exhibitor, Kind, MemberRole, Membership
from exhibitors.models.invitations import Invitation
from exhibitors.models.proposals import ExhibitorChange, Proposal, ProposalState
from exhibitors.models.registration import (
    Participation,
    ParticipationMode,
    ParticipationState,
    PhoneConfirmation,
    StepDraft,
)
from exhibitors.models.slow_changes import ChangeState
from exhibitors.models.uploads import PhotoUpload

__all__ = [
    "BANK_ACCOUNT",
    "AccountChange",
    "Booth",
    "Certificate",
    "CertificateKind",
    "CertificateQuerySet",
    "ChangeState",
    "Decision",
    "Exhibitor",
    "ExhibitorChange",
    "ExpiryNotice",
    "FirstApproval",
    "Invitation",
    "Kind",
    "MemberRole",
    "Membership",
    "Participation",
    "ParticipationMode",
    "ParticipationState",
    "PhoneConfirmation",
    "PhotoUpload",
    "Proposal",
    "ProposalState",
    "Standing",
    "StepDraft",
]
