"""Certificates: entered by their exhibitor, looked up and verified by staff; shown to shoppers from then on."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import fingerprint, locked, log, refuse_unseen, tell_people
from exhibitors.models import Certificate, CertificateKind
from expo.errors import DomainError
from expo.formats import WIB

WAITING, VERIFIED, RETURNED = "submitted", "verified", "returned"

K = CertificateKind
# What a number looks like once spaces, dots and dashes that people write between its parts are gone.
PATTERNS: dict[str, tuple[re.Pattern[str], object]] = {
    K.NIB: (re.compile(r"\d{13}"), _("NIB terdiri atas 13 angka.")),
    K.PIRT: (re.compile(r"\d{15}"), _("Nomor P-IRT terdiri atas 15 angka.")),
    K.HALAL: (re.compile(r"ID\d{17}|\d{14}"), _("Nomor halal: ID dan 17 angka, atau 14 angka (lama).")),
    K.BPOM: (re.compile(r"M[DL]\d{12,15}"), _("Nomor BPOM: MD atau ML, lalu 12 sampai 15 angka.")),
    K.SNI: (re.compile(r"SNI[A-Z0-9/]*:\d{4}"), _("Nomor SNI seperti SNI 8872:2020.")),
    K.TRADEMARK: (re.compile(r"IDM\d{9}"), _("Nomor merek: IDM dan 9 angka.")),
}
PREFIXES = {K.BPOM: "BPOMRI", K.PIRT: "PIRT"}


class CertificateError(DomainError):
    """The certificate can't be kept or decided this way; ``field`` names what is wrong, if one is."""

    def __init__(self, message, field: str = ""):
        self.field = field
        super().__init__(message)


def clean_number(kind: str, number: str) -> str:
    """``P-IRT 206 3374 01 0123-27`` → ``206337401012327``. Raises CertificateError."""
    text = re.sub(r"[\s.\-–]", "", number.upper())
    for prefix in ("NOMOR", "NO", PREFIXES.get(kind, ""), "NOMOR", "NO"):
        text = text.removeprefix(prefix).removeprefix(":")
    pattern, message = PATTERNS[kind]
    if not pattern.fullmatch(text):
        raise CertificateError(message, "number")
    return re.sub(r"^SNI", "SNI ", text) if kind == K.SNI else text


@transaction.atomic
def submit_certificate(certificate: Certificate, *, by, now: dt.datetime | None = None) -> Certificate:
    """Save a new or changed certificate; either way it waits for staff, and shoppers do not see it until then."""
    now = now or timezone.now()
    certificate.number = clean_number(certificate.kind, certificate.number)
    if certificate.expires_on and certificate.issued_on and certificate.expires_on <= certificate.issued_on:
        raise CertificateError(_("Tanggal berakhir harus setelah tanggal terbit."), "expires_on")
    if certificate.expires_on and certificate.expires_on < now.astimezone(WIB).date():
        raise CertificateError(_("Sertifikat ini sudah tidak berlaku."), "expires_on")
    same = Certificate.objects.filter(
        exhibitor=certificate.exhibitor_id,
        product=certificate.product_id,
        kind=certificate.kind,
        number=certificate.number,
    )
    if same.exclude(pk=certificate.pk).exists():
        raise CertificateError(_("Sertifikat ini sudah ada."), "number")
    before = state_of(certificate) if certificate.pk else ""
    certificate.submitted_at, certificate.returned_at = now, None
    certificate.verified_at, certificate.verified_by = None, None
    certificate.save()
    log(certificate, before, WAITING, by=by)
    return certificate


def content_of_certificate(certificate: Certificate) -> str:
    """The fingerprint of what staff look at."""
    return fingerprint(
        certificate, ("kind", "number", "product", "issuer", "issued_on", "expires_on", "document", "submitted_at")
    )


@transaction.atomic
def verify_certificate(certificate: Certificate, *, by, reason: str = "", seen: str | None = None) -> Certificate:
    """Staff have looked it up: shoppers see it while it is valid. ``seen`` is what was looked at."""
    certificate = _waiting(certificate)
    refuse_unseen(certificate, seen, content_of_certificate(certificate))
    certificate.verified_at, certificate.verified_by = timezone.now(), by
    certificate.save(update_fields=["verified_at", "verified_by"])
    _decided(certificate, WAITING, VERIFIED, by, reason)
    return certificate


@transaction.atomic
def return_certificate(certificate: Certificate, *, by, reason: str) -> Certificate:
    """Not what it says, or no longer: back to its exhibitor with a note. Also takes a verified one off the pages."""
    certificate = locked(certificate)
    before = state_of(certificate)
    if before == RETURNED:
        raise CertificateError(_("Sertifikat ini sudah dikembalikan."))
    if not reason.strip():
        raise CertificateError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
    certificate.returned_at, certificate.verified_at, certificate.verified_by = timezone.now(), None, None
    certificate.save(update_fields=["returned_at", "verified_at", "verified_by"])
    _decided(certificate, before, RETURNED, by, reason)
    return certificate


@transaction.atomic
def remove_certificate(certificate: Certificate, *, by) -> None:
    """Its exhibitor takes it away."""
    certificate = locked(certificate)
    log(certificate, state_of(certificate), "", by=by)
    certificate.delete()


def state_of(certificate: Certificate) -> str:
    if certificate.verified_at:
        return VERIFIED
    return RETURNED if certificate.returned_at else WAITING


def _waiting(certificate: Certificate) -> Certificate:
    certificate = locked(certificate)
    if state_of(certificate) != WAITING:
        raise CertificateError(_("Sertifikat ini tidak sedang menunggu."))
    return certificate


def _decided(certificate: Certificate, before: str, after: str, by, reason: str) -> None:
    decision = log(certificate, before, after, by=by, reason=reason.strip())
    tell_people(
        certificate.exhibitor,
        "exhibitors/mail/certificate",
        {"certificate": certificate, "decision": decision, "is_verified": after == VERIFIED},
        key=f"decision:{decision.pk}",
    )
