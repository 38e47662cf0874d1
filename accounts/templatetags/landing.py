"""`{% load landing %}{% landing_url user as url %}`: where this person's work begins."""

from django import template

from accounts.adapter import landing

register = template.Library()


@register.simple_tag
def landing_url(user) -> str:
    return landing(user)
