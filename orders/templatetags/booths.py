"""Finding in a template what belongs to one booth."""

from django import template

register = template.Library()


@register.filter
def of_booth(found, booth_id):
    """What ``found``, a mapping by booth id, holds for this booth; None without any."""
    return found.get(booth_id) if found else None
