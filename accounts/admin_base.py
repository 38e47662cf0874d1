"""What all admins share: quick lists at any size, saved through the theme's widgets."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from unfold.admin import ModelAdmin, StackedInline, TabularInline

COUNTED = 10_000


class CappedPaginator(Paginator):
    """Counts to 10,000 and no further: nobody turns more pages, and counting everything costs with the history."""

    @cached_property
    def count(self):
        rows = self.object_list
        if not hasattr(rows, "query"):
            return len(rows)
        return rows.order_by()[:COUNTED].count()


class ExpoAdmin(ModelAdmin):
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = False
    warn_unsaved_form = True


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
]
