"""What the demonstration's own exhibitor has done for its markets: an ending certificate, part of a checklist."""

import datetime as dt

from django.utils import timezone

from catalog.readiness.standing import mark
from exhibitors.domain.certificates import submit_certificate, verify_certificate
from exhibitors.models import Certificate, CertificateKind, Exhibitor

ENDS_IN = dt.timedelta(days=12)
HAS = ("npwp", "supply", "inaproc")


def load_readiness(exhibitor: Exhibitor, owner, staff) -> None:
    today = timezone.localdate()
    exhibitor.certificates.filter(kind=CertificateKind.TRADEMARK).delete()
    trademark = Certificate(
        exhibitor=exhibitor,
        kind=CertificateKind.TRADEMARK,
        number="IDM000204518",
        issuer="DJKI Kementerian Hukum",
        issued_on=today - dt.timedelta(days=3640),
        expires_on=today + ENDS_IN,
    )
    verify_certificate(submit_certificate(trademark, by=owner), by=staff)
    for key in HAS:
        mark(exhibitor, key, has=True, by=owner)
