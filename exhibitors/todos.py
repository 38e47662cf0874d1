"""What the owner is asked to do next about the exhibitor itself."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.dashboard import Todo
from exhibitors.domain.expiry import ending
from exhibitors.domain.notes import unanswered
from exhibitors.models import ExhibitorChange, ProposalState
from exhibitors.states import EDITABLE
from exhibitors.steps import unfinished
from expo.formats import WIB, tanggal

CERTIFICATES = 5


def profile_todos(exhibitor) -> list[Todo]:
    page = reverse("exhibitors:registration")
    if exhibitor.state not in EDITABLE:
        returned = ExhibitorChange.objects.filter(exhibitor=exhibitor, state=ProposalState.RETURNED).exists()
        return [Todo(_("Perbaiki usulan perubahan data usaha"), page, order=10)] if returned else []
    if notes := unanswered(exhibitor):
        labels = ", ".join(str(note.label) for note in notes)
        return [Todo(_("Jawab catatan panitia"), page, labels, order=10)]
    if lacking := unfinished(exhibitor):
        titles = ", ".join(str(step.title) for step in lacking)
        return [Todo(_("Lengkapi pendaftaran"), page, _("Masih kurang: %s.") % titles, order=10)]
    return [Todo(_("Kirim data usaha untuk diperiksa panitia"), page, order=10)]


def certificate_todos(exhibitor) -> list[Todo]:
    """Certificates to renew: from 60 days before their end until a new one is handed in."""
    today = timezone.now().astimezone(WIB).date()
    return [
        Todo(
            _("Perbarui %(certificate)s") % {"certificate": found},
            reverse("exhibitors:certificate-renewal", args=[found.pk]),
            (_("Berakhir %s.") if found.expires_on >= today else _("Sudah berakhir %s.")) % tanggal(found.expires_on),
            order=15 if found.expires_on <= today else 45,
        )
        for found in ending(today).filter(exhibitor=exhibitor)[:CERTIFICATES]
    ]
