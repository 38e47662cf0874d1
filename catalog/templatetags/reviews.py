"""Stars, as text that is read aloud as words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.models import MOST_STARS

register = template.Library()


@register.simple_tag
def stars(rating: int) -> SafeString:
    """``rating``: whole stars, 0 to 5."""
    label = _("%(rating)s dari 5 bintang") % {"rating": rating}
    filled, empty = "★" * rating, "☆" * (MOST_STARS - rating)
    return format_html('<span class="stars" role="img" aria-label="{}">{}{}</span>', label, filled, empty)
