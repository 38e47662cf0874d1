"""Exhibitors (UKM and koperasi), the people who run them, their booths, certificates and curation."""

from exhibitors.models.booths import Booth
from exhibitors.models.certificates import Certificate, CertificateKind, CertificateQuerySet
from exhibitors.models.decisions import Decision
from exhibitors.models.exhibitors import Exhibitor, Kind, MemberRole, Membership

__all__ = [
    "Booth",
    "Certificate",
    "CertificateKind",
    "CertificateQuerySet",
    "Decision",
    "Exhibitor",
    "Kind",
    "MemberRole",
    "Membership",
]
