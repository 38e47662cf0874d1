"""What the owner is asked to do next about the exhibitor itself."""

from django.urls import reverse
from django.utils.translation import gettext as _

from exhibitors.dashboard import Todo
from exhibitors.domain.notes import unanswered
from exhibitors.states import EDITABLE
from exhibitors.steps import unfinished


def profile_todos(exhibitor) -> list[Todo]:
    if exhibitor.state not in EDITABLE:
        return []
    page = reverse("exhibitors:registration")
    if notes := unanswered(exhibitor):
        labels = ", ".join(str(note.label) for note in notes)
        return [Todo(_("Jawab catatan panitia"), page, labels, order=10)]
    if lacking := unfinished(exhibitor):
        titles = ", ".join(str(step.title) for step in lacking)
        return [Todo(_("Lengkapi pendaftaran"), page, _("Masih kurang: %s.") % titles, order=10)]
    return [Todo(_("Kirim data usaha untuk diperiksa panitia"), page, order=10)]
