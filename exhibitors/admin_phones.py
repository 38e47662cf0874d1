"""WhatsApp numbers to confirm: staff find the code in their chats and see from which number it came."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_base import ReadOnlyAdmin
from exhibitors.domain.phones import confirm_phone, refuse_phone
from exhibitors.models import PhoneConfirmation
from expo.errors import DomainError
from expo.phones import show_phone


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [("waiting", _("Menunggu")), ("confirmed", _("Terkonfirmasi")), ("refused", _("Tidak cocok"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.waiting()
        if self.value() == "confirmed":
            return queryset.filter(confirmed_at__isnull=False)
        return queryset.filter(refused_at__isnull=False) if self.value() == "refused" else queryset


@admin.register(PhoneConfirmation)
class PhoneConfirmationAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "code", "number_text", "exhibitor", "state_text", "decided_by"]
    list_display_links = None
    list_filter = [StateFilter]
    list_select_related = ["exhibitor", "decided_by"]
    search_fields = ["code", "number", "exhibitor__name"]
    actions = ["confirm", "refuse"]

    def has_decide_permission(self, request):
        return request.user.has_perm("exhibitors.change_phoneconfirmation")

    @admin.action(description=_("Kode datang dari nomor ini: konfirmasi"), permissions=["decide"])
    def confirm(self, request, queryset):
        self.decide(request, queryset, confirm_phone)

    @admin.action(description=_("Kode datang dari nomor lain: minta ulang"), permissions=["decide"])
    def refuse(self, request, queryset):
        self.decide(request, queryset, refuse_phone)

    def decide(self, request, queryset, verb) -> None:
        """One by one: a refused one doesn't stop the others."""
        done = 0
        for confirmation in queryset.select_related("exhibitor"):
            try:
                verb(confirmation, by=request.user)
            except DomainError as error:
                messages.error(request, f"{confirmation}: {error}")
            else:
                done += 1
        if done:
            messages.success(request, ngettext("%(n)s nomor dicatat.", "%(n)s nomor dicatat.", done) % {"n": done})

    @admin.display(description=_("nomor"), ordering="number")
    def number_text(self, confirmation):
        return show_phone(confirmation.number)

    @admin.display(description=_("status"))
    def state_text(self, confirmation):
        if confirmation.confirmed_at:
            return _("Terkonfirmasi")
        if confirmation.refused_at:
            return _("Tidak cocok")
        return _("Menunggu") if confirmation.number == confirmation.exhibitor.whatsapp else _("Nomor sudah diganti")
