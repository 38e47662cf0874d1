"""What the owner is asked to do next about the exhibitor itself."""

from django.urls import reverse
from django.utils.translation import gettext as _

from exhibitors.dashboard import Todo
from exhibitors.domain.curation import missing_fields
from exhibitors.domain.profile import BANK_ACCOUNT
from exhibitors.states import EDITABLE


def profile_todos(exhibitor) -> list[Todo]:
    if exhibitor.state not in EDITABLE:
        return []
    missing = missing_fields(exhibitor)
    if not missing:
        return [Todo(_("Kirim data usaha untuk diperiksa panitia"), reverse("exhibitors:profile"), order=10)]
    page = "exhibitors:edit-bank-account" if set(missing) <= set(BANK_ACCOUNT) else "exhibitors:edit-profile"
    labels = ", ".join(str(exhibitor._meta.get_field(name).verbose_name) for name in missing)
    return [Todo(_("Lengkapi data usaha"), reverse(page), _("Masih kosong: %s.") % labels, order=10)]
