"""Certificates: entered by their exhibitor, looked up and verified by staff; shown to shoppers from then on."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.certificate_numbers import CertificateError, check_days, clean_number
from exhibitors.domain.decisions import fingerprint, locked, log, refuse_unseen, tell_people
from exhibitors.models import Certificate, CertificateKind, Exhibitor, Standing
from expo.formats import WIB

WAITING, VERIFIED, RETURNED = "submitted", "verified", "returned"
CHECKED = (
    "kind", "standing", "number", "product", "issuer", "issued_on", "expires_on", "document", "submitted_at",
)  # fmt: skip


@transaction.atomic
def submit_certificate(certificate: Certificate, *, by, now: dt.datetime | None = None) -> Certificate:
    """Save a new or changed certificate; either way it waits for staff, and shoppers do not see it until then."""
    now = now or timezone.now()
    Exhibitor.objects.select_for_update(of=("self",)).get(pk=certificate.exhibitor_id)
    tidy(certificate, now.astimezone(WIB).date())
    refuse_twice(certificate)
    refuse_both(certificate)
    before = state_of(certificate) if certificate.pk else ""
    certificate.submitted_at, certificate.returned_at = now, None
    certificate.verified_at, certificate.verified_by = None, None
    certificate.save()
    log(certificate, before, WAITING, by=by)
    return certificate


def tidy(certificate: Certificate, today: dt.date) -> None:
    """Number and days as they are kept. Raises CertificateError naming the field."""
    if certificate.kind != CertificateKind.HALAL:
        certificate.standing = Standing.ISSUED
    certificate.number = clean_number(certificate.kind, certificate.number, certificate.standing)
    if certificate.standing != Standing.ISSUED:
        certificate.expires_on = None
    check_days(certificate.kind, certificate.number, certificate.issued_on, certificate.expires_on, today)


def refuse_twice(certificate: Certificate) -> None:
    """The same number again is a mistake, unless it renews the old one and lasts longer."""
    same = Certificate.objects.filter(
        exhibitor=certificate.exhibitor_id,
        product=certificate.product_id,
        kind=certificate.kind,
        number=certificate.number,
    ).exclude(pk=certificate.pk)
    others = [other for other in same if other.renews_id != certificate.pk or not certificate.pk]
    if not others:
        return
    if all(other.pk != certificate.renews_id for other in others):
        raise CertificateError(_("Sertifikat ini sudah ada."), "number")
    if not all(lasts_longer(certificate, other) for other in others):
        raise CertificateError(_("Yang baru harus berlaku lebih lama daripada yang lama."), "expires_on")


def lasts_longer(certificate: Certificate, other: Certificate) -> bool:
    return other.expires_on is not None and (
        certificate.expires_on is None or certificate.expires_on > other.expires_on
    )


def refuse_both(certificate: Certificate) -> None:
    """Nothing is halal and not halal at once: a certificate for the whole business covers each of its products.

    The other way round is possible: of a business that is not halal, one product can have a certificate.
    """
    if certificate.kind != CertificateKind.HALAL:
        return
    others = Certificate.objects.filter(
        exhibitor=certificate.exhibitor_id, kind=CertificateKind.HALAL, returned_at__isnull=True
    ).exclude(pk=certificate.pk)
    same = Q(product=certificate.product_id)
    if certificate.standing == Standing.NOT_HALAL:
        clashing = others.filter(same | Q(product__isnull=True)).exclude(standing=Standing.NOT_HALAL)
    else:
        covered = same if certificate.product_id else Q()
        clashing = others.filter(covered, standing=Standing.NOT_HALAL)
    if found := clashing.select_related("product").first():
        whose = found.product or _("seluruh usaha")
        raise CertificateError(
            _("Halal untuk %(whose)s tercatat “%(standing)s”. Ubah atau hapus catatan itu dahulu.")
            % {"whose": whose, "standing": found.get_standing_display()},
            "standing",
        )


def renewal_of(old: Certificate) -> Certificate:
    """A new one, not saved, that starts from the old: what stays the same is filled in."""
    kept = old.number if old.kind in (CertificateKind.TRADEMARK, CertificateKind.SNI) else ""
    return Certificate(
        exhibitor_id=old.exhibitor_id,
        product_id=old.product_id,
        kind=old.kind,
        standing=Standing.ISSUED,
        number=kept,
        issuer=old.issuer,
        renews=old,
    )


def content_of_certificate(certificate: Certificate) -> str:
    """The fingerprint of what staff look at."""
    return fingerprint(certificate, CHECKED)


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
