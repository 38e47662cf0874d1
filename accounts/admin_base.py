"""What all admins share: quick lists at any size, saved through the theme's widgets."""

from functools import reduce
from operator import or_

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from unfold.admin import ModelAdmin, StackedInline
from unfold.admin import TabularInline as ThemedTabularInline

from expo.errors import DomainError

COUNTED = 10_000
MOST_WORDS = 6
MOST_RELATED = 2_000  # rows of another table that a word may mean


class CappedPaginator(Paginator):
    """Counts to 10,000 and no further: nobody turns more pages, and counting everything costs with the history."""

    @cached_property
    def count(self):
        rows = self.object_list
        if not hasattr(rows, "query"):
            return len(rows)
        return rows.order_by()[:COUNTED].count()


class QuickSearchMixin:
    """Looks up what is searched for in other tables first: an OR over a join would read all rows of both."""

    def get_search_results(self, request, queryset, search_term):
        names = self.get_search_fields(request)
        if not names:
            return queryset, False
        own, far = [], {}
        for name in names:
            relation, _dots, rest = name.partition("__")
            if rest:
                far.setdefault(relation, []).append(rest)
            else:
                own.append(name)
        for word in search_term.replace("\0", "").split()[:MOST_WORDS]:
            found = [Q(**{f"{name[1:]}__iexact" if name[0] == "=" else f"{name}__icontains": word}) for name in own]
            for relation, parts in far.items():
                related = self.model._meta.get_field(relation).related_model._default_manager
                meant = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in parts))
                keys = list(related.filter(meant).order_by().values_list("pk", flat=True)[:MOST_RELATED])
                found.append(Q(**{f"{relation}__in": keys}))
            queryset = queryset.filter(reduce(or_, found))
        return queryset, False


class ExpoAdmin(QuickSearchMixin, ModelAdmin):
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = False
    warn_unsaved_form = True

    def get_list_display_links(self, request, list_display):
        """The first column leads to the row as well: on phones the theme calls one that doesn't "select this row"."""
        links = super().get_list_display_links(request, list_display)
        return links if links is None else list(dict.fromkeys([list_display[0], *links]))


class ReadOnlyAdmin(ExpoAdmin):
    """Rows that are looked at, never written by hand."""

    warn_unsaved_form = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LookOnlyMixin:
    """No save buttons: nothing on the page can be edited, though something can be decided."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        hidden = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **hidden})


class VerbPages:
    """For a ModelAdmin: pages of verbs, each with a form, a call of the domain, and where to go then."""

    verb_template = "admin/decision.html"

    def answer(self, request, form, act, **shown):
        """``act(form)`` does it and returns where to go; a refusal of the domain stands on top of the form."""
        if request.method == "POST" and form.is_valid():
            try:
                return HttpResponseRedirect(act(form))
            except DomainError as error:
                form.add_error(None, str(error))
        return self.show_form(request, form, **shown)

    def show_form(self, request, form, *, title, verb="", danger=False, note="", back=None, template="", **more):
        """``verb`` stands on the button; without it the title does."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "verb": verb or title,
            "form": form,
            "danger": danger,
            "note": note,
            "back": back or self.list_address(),
            "has_view_permission": True,
            **more,
        }
        return TemplateResponse(request, template or self.verb_template, context)

    def list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def nothing_to_fill(request) -> forms.Form:
    """Of a page that only asks whether to do it."""
    return forms.Form(request.POST if request.method == "POST" else None)


def two_lines(first, second):
    """A cell of a list that says what belongs together, the lesser part small beneath: a list of many columns fits."""
    return format_html('{}<br><small class="second">{}</small>', first, second) if second else format_html("{}", first)


def verb_links(pairs):
    """Labels and addresses as a row of buttons."""
    found = [(address, label) for label, address in pairs]
    buttons = format_html_join("", '<a class="verb" href="{}">{}</a>', found)
    return format_html('<span class="verbs">{}</span>', buttons)


class TabularInline(ThemedTabularInline):
    """Its labels stand in the head of the table, where nothing ties them to a field: each carries its own as well."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and field.label:
            field.widget.attrs.setdefault("aria-label", capfirst(field.label))
        return field


class ReadOnlyInline(TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False

    def get_readonly_fields(self, request, obj=None):
        return [*self.fields]  # also what can't be edited at all, which the form would refuse

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


__all__ = [
    "CappedPaginator",
    "ExpoAdmin",
    "LookOnlyMixin",
    "ReadOnlyAdmin",
    "ReadOnlyInline",
    "StackedInline",
    "TabularInline",
    "VerbPages",
    "nothing_to_fill",
    "two_lines",
    "verb_links",
]
