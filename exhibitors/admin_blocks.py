"""What stands beside the fields of an exhibitor on the curator's desk."""

from typing import Any

from django.utils.translation import gettext as _

from exhibitors.admin_certificates import STATES
from exhibitors.domain.certificates import state_of
from exhibitors.domain.phones import confirmation_of
from exhibitors.models import Exhibitor
from exhibitors.twins import twins_of

Block = tuple[Any, str, dict]


def exhibitor_blocks(exhibitor: Exhibitor) -> list[Block]:
    """Who says the same, certificates with their documents, number, places asked for."""
    twins, phone = twins_of(exhibitor), confirmation_of(exhibitor)
    labels = dict.fromkeys(str(twin.label) for twin in twins)
    return [
        (_("Data yang sama"), "admin/curation/twins.html", {"twins": twins, "hints": list(labels)}),
        (_("Sertifikat"), "admin/curation/certificates.html", {"certificates": certificates_of(exhibitor)}),
        (
            _("Nomor WhatsApp dan keikutsertaan"),
            "admin/curation/asked.html",
            {
                "phone": phone,
                "hints": [] if phone and phone.confirmed_at else [_("WhatsApp belum dikonfirmasi")],
                "participations": exhibitor.participations.select_related("edition").order_by("-edition__opens_at"),
                "booths": exhibitor.booths.select_related("edition").order_by("-edition__opens_at"),
            },
        ),
    ]


def certificates_of(exhibitor: Exhibitor, product=None) -> list[tuple]:
    """Each with its state as people read it."""
    rows = exhibitor.certificates.order_by("kind", "-pk")
    if product is not None:
        rows = rows.filter(product=product)
    return [(row, STATES[state_of(row)]) for row in rows]
