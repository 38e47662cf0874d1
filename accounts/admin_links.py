"""Links between pages of the administration, only for whom they open.

Django links what a row points to (its category, who recorded it) wherever that has a page, and the page then refuses.
"""

from allauth.core import context as current
from unfold.fields import UnfoldAdminReadonlyField

linked = UnfoldAdminReadonlyField.get_admin_url


def linked_if_open(field, remote_field, remote_obj):
    """The theme's link, or its text alone."""
    there = field.model_admin.admin_site._registry.get(remote_field.model)
    if there is None or not there.has_view_permission(current.request, remote_obj):
        return str(remote_obj)
    return linked(field, remote_field, remote_obj)


def link_only_what_opens() -> None:
    """The theme makes these fields itself and asks nobody which class to take."""
    UnfoldAdminReadonlyField.get_admin_url = linked_if_open
