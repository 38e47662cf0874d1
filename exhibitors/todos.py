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
    if set(missing) <= set(BANK_ACCOUNT):
        note = _("Isi rekening, atau pasang cara lain seperti QRIS, sebelum data dikirim.")
        return [Todo(_("Pasang cara dibayar"), reverse("orders:payment-settings"), note, order=10)]
    labels = ", ".join(str(exhibitor._meta.get_field(name).verbose_name) for name in missing)
    note = _("Masih kosong: %s.") % labels
    return [Todo(_("Lengkapi data usaha"), reverse("exhibitors:edit-profile"), note, order=10)]
