"""`{% load landing %}`: where this person's work begins, and what of the frame is not theirs."""

from django import template

from accounts.adapter import landing
from accounts.roles import is_official

register = template.Library()


@register.simple_tag
def landing_url(user) -> str:
    return landing(user)


@register.simple_tag
def closed_link(user) -> str:
    """The link of the footer that answers this person 403; whoever is not signed in is asked to."""
    return "reports" if user.is_authenticated and not is_official(user) else ""
