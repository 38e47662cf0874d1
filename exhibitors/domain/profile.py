"""Changing an exhibitor's own data."""

from django.db import transaction
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import log, tell_people
from exhibitors.models import Exhibitor

BANK_ACCOUNT = ("bank_name", "bank_account_number", "bank_account_holder")


@transaction.atomic
def change_profile(exhibitor: Exhibitor, changed: list[str], *, by) -> Exhibitor:
    """Write the ``changed`` fields of an exhibitor whose new values are set already; no other field is touched.

    A changed bank account is logged and told to everyone of the exhibitor: money goes there.
    """
    if not changed:
        return exhibitor
    exhibitor.save(update_fields=changed)
    if set(changed) & set(BANK_ACCOUNT):
        account = f"{exhibitor.bank_name} {exhibitor.bank_account_number} {exhibitor.bank_account_holder}"
        entry = log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=_("Rekening menjadi: %s") % account)
        tell_people(exhibitor, "exhibitors/mail/bank_account", {"by": by}, key=f"bank:{entry.pk}")
    return exhibitor
