"""Changing an exhibitor's own data; its bank account goes its own way (``accounts.py``)."""

from django.db import transaction

from exhibitors.models import Exhibitor


@transaction.atomic
def change_profile(exhibitor: Exhibitor, changed: list[str], *, by) -> Exhibitor:
    """Write the ``changed`` fields of an exhibitor whose new values are set already; no other field is touched."""
    if changed:
        exhibitor.save(update_fields=changed)
    return exhibitor
