"""Slow changes for staff: looked at and blocked with a reason, never edited."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin, VerbPages
from exhibitors.domain.accounts import block_account
from exhibitors.models import AccountChange, ChangeState
from exhibitors.models.slow_changes import ALIVE


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=250,
        help_text=gettext_lazy("Pengelola peserta membacanya."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SlowChangeAdmin(VerbPages, ReadOnlyAdmin):
    """Adds the page that blocks a change. Who may change the model may judge."""

    change_form_outer_before_template = "admin/orders/verbs.html"
    block_label = gettext_lazy("Blokir perubahan ini")
    blocked_message = gettext_lazy("Perubahan diblokir. Pengelolanya diberi tahu.")

    def block(self, change, *, by, reason):
        raise NotImplementedError

    def url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def page_of(self, name: str, change) -> str:
        return reverse(f"admin:{self.url_name(name)}", args=[change.pk])

    def get_urls(self):
        block = self.admin_site.admin_view(self.block_view)
        return [path("<int:pk>/pemblokiran/", block, name=self.url_name("block")), *super().get_urls()]

    @admin.display(description=gettext_lazy("status"))
    def standing(self, change):
        if change.state == ChangeState.CONFIRMED and change.active_from > timezone.now():
            return _("Masa tunggu 24 jam")
        return change.get_state_display()

    def verbs_for(self, change) -> list[tuple]:
        return [(self.block_label, self.page_of("block", change))] if self.may_end(change) else []

    def may_end(self, change) -> bool:
        return change.state in ALIVE

    def may_judge(self, user) -> bool:
        return user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        change = self.get_object(request, object_id) if object_id else None
        if change is not None and self.may_judge(request.user):
            extra["verbs"] = self.verbs_for(change)
        return super().changeform_view(request, object_id, form_url, extra)

    def block_view(self, request, pk):
        change = self.judged(request, pk)

        def act(form):
            self.block(change, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, self.blocked_message)
            return self.page_of("change", change)

        form = BlockForm(request.POST or None)
        return self.answer_about(request, change, form, act, self.block_label, danger=True)

    def judged(self, request, pk):
        if not self.may_judge(request.user):
            raise PermissionDenied
        return get_object_or_404(self.model.objects.select_related("exhibitor"), pk=pk)

    def answer_about(self, request, change, form, act, verb, *, danger=False):
        back = self.page_of("change", change)
        return self.answer(request, form, act, title=f"{verb}: {change}", verb=verb, danger=danger, back=back)


@admin.register(AccountChange)
class AccountChangeAdmin(SlowChangeAdmin):
    list_display = [
        "exhibitor", "bank_name", "bank_account_number", "bank_account_holder", "standing", "added_at", "active_from",
    ]  # fmt: skip
    list_filter = ["state"]
    list_select_related = ["exhibitor"]
    search_fields = ["exhibitor__name", "bank_account_number", "bank_account_holder"]
    fields = readonly_fields = [
        "exhibitor", "owner", "in_use", "bank_name", "bank_account_number", "bank_account_holder", "standing",
        "added_at", "added_by", "confirmed_at", "active_from", "applied_at", "ended_at", "ended_by", "reason",
    ]  # fmt: skip

    def block(self, change, *, by, reason):
        block_account(change, by=by, reason=reason)

    def may_end(self, change) -> bool:
        return super().may_end(change) and change.applied_at is None

    @admin.display(description=gettext_lazy("pemilik"))
    def owner(self, change):
        return change.exhibitor.owner_name or "–"

    @admin.display(description=gettext_lazy("rekening sekarang"))
    def in_use(self, change):
        return change.exhibitor.account_text or "–"
