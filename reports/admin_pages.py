"""A form of a verb on a page of its own in the administration, and the links that lead to it."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from expo.errors import DomainError


def links(pairs):
    """Labels and addresses as a row of buttons."""
    found = [(address, label) for label, address in pairs]
    buttons = format_html_join("", '<a class="verb" href="{}">{}</a>', found)
    return format_html('<span class="verbs">{}</span>', buttons)


class VerbPages:
    """For a ModelAdmin: shows a form, calls a verb, and puts a refusal of the domain on top of the form."""

    def answer(self, request, form, act, *, title, danger=False, note="", back=None):
        """``act(form)`` does it and returns where to go."""
        if request.method == "POST" and form.is_valid():
            try:
                return HttpResponseRedirect(act(form))
            except DomainError as error:
                form.add_error(None, str(error))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "verb": title,
            "form": form,
            "danger": danger,
            "note": note,
            "back": back or self.list_address(),
            "has_view_permission": True,
        }
        return render(request, "admin/recap_form.html", context)

    def list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
