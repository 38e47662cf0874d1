"""Outgoing mail in the admin: what became of each, and what to do about those that nobody knows to have arrived."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin, VerbPages
from expo.delivery import TROUBLED, try_again
from expo.formats import wib
from expo.models import MailState, OutgoingMail
from expo.uncertain import assume_sent, send_again

MOST_AT_ONCE = 100


class Reached(admin.SimpleListFilter):
    title = gettext_lazy("sampai")
    parameter_name = "sampai"

    def lookups(self, request, model_admin):
        return [("tidak", _("Tidak, atau tidak pasti"))]

    def queryset(self, request, queryset):
        return queryset.filter(state__in=TROUBLED) if self.value() == "tidak" else queryset


class MailsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, mail):
        told = {"to": mail.to, "subject": mail.subject, "at": wib(mail.handed_over_at)}
        return _("%(to)s: %(subject)s (diserahkan %(at)s)") % told


class UncertainForm(forms.Form):
    mails = MailsField(
        OutgoingMail.objects.none(), label=gettext_lazy("Surel"), widget=forms.CheckboxSelectMultiple, required=True
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=250,
        help_text=gettext_lazy("Misalnya: penerima sudah ditelepon. Dicatat bersama nama Anda."),
    )

    def __init__(self, data, *, mails: QuerySet[OutgoingMail]):
        super().__init__(data)
        found = mails.filter(state=MailState.UNCERTAIN).order_by("pk")
        self.fields["mails"].queryset = found
        self.initial["mails"] = list(found.values_list("pk", flat=True)[:MOST_AT_ONCE])


class UncertainMailPages(VerbPages):
    """For a ModelAdmin that leads to the page on which uncertain mails are decided."""

    def uncertain_page(self, request, mails: QuerySet[OutgoingMail], *, back: str):
        form = UncertainForm(request.POST if request.method == "POST" else None, mails=mails)
        if not form.initial["mails"]:
            self.message_user(request, _("Tidak ada lagi surel yang tidak pasti."), messages.INFO)
            return HttpResponseRedirect(back)

        def act(form):
            given = {"by": request.user, "reason": form.cleaned_data["reason"]}
            if "again" in request.POST:
                told = _("%(count)s surel dikirim lagi.") % {"count": send_again(form.cleaned_data["mails"], **given)}
            else:
                count = assume_sent(form.cleaned_data["mails"], **given)
                told = _("%(count)s surel dianggap sudah terkirim.") % {"count": count}
            self.message_user(request, told, messages.SUCCESS)
            return back

        return self.answer(
            request,
            form,
            act,
            title=_("Surel yang tidak pasti terkirim"),
            verb=_("Anggap sudah terkirim"),
            note=_(
                "Surel ini sudah diserahkan, tetapi jawaban server surel tidak terbaca: mungkin sudah sampai, mungkin "
                "belum. Supaya tidak sampai dua kali, sistem tidak mengirimnya lagi dengan sendirinya. Tanyakan kepada "
                "penerimanya bila bisa."
            ),
            back=back,
            template="admin/uncertain_mail.html",
        )


@admin.register(OutgoingMail)
class OutgoingMailAdmin(UncertainMailPages, ReadOnlyAdmin):
    list_display = ["created_at", "to", "subject", "state", "attempts", "sent_at"]
    list_filter = [Reached, "state"]
    search_fields = ["to", "subject"]
    # Never the body: it holds sign-in codes and the secret links of buyers. Whoever reads them is that person.
    fields = [
        "created_at",
        "to",
        "subject",
        "language",
        "once",
        "state",
        "attempts",
        "handed_over_at",
        "next_attempt_at",
        "sent_at",
        "error",
        "history",
    ]
    readonly_fields = ["history"]
    actions = ["send_again", "decide"]

    def get_urls(self):
        page = self.admin_site.admin_view(self.uncertain_view)
        return [path("kepastian/", page, name="expo_outgoingmail_uncertain"), *super().get_urls()]

    @admin.action(description=gettext_lazy("Kirim lagi yang gagal"), permissions=["view"])
    def send_again(self, request, queryset):
        """Whoever may see that a mail failed may have it tried again, after its address was mended elsewhere."""
        count = try_again(queryset, by=request.user)
        messages.success(request, _("%(count)s surel dicoba lagi.") % {"count": count})

    @admin.action(description=gettext_lazy("Putuskan yang tidak pasti"), permissions=["view"])
    def decide(self, request, queryset):
        chosen = list(queryset.filter(state=MailState.UNCERTAIN).values_list("pk", flat=True)[:MOST_AT_ONCE])
        if not chosen:
            messages.info(request, _("Tidak ada surel yang tidak pasti di antaranya."))
            return None
        address = reverse("admin:expo_outgoingmail_uncertain")
        return HttpResponseRedirect(f"{address}?{urlencode({'surel': chosen}, doseq=True)}")

    @admin.display(description=gettext_lazy("riwayat"))
    def history(self, mail):
        uncertain = mail.state == MailState.UNCERTAIN
        address = f"{reverse('admin:expo_outgoingmail_uncertain')}?surel={mail.pk}" if uncertain else ""
        context = {"events": mail.events.select_related("by"), "decide": address}
        return render_to_string("admin/mail_events.html", context)

    def uncertain_view(self, request):
        """Those that the address names; without any, all of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        named = [int(pk) for pk in request.GET.getlist("surel") if pk.isascii() and pk.isdigit() and len(pk) < 19]
        mails = OutgoingMail.objects.filter(pk__in=named) if named else OutgoingMail.objects.all()
        return self.uncertain_page(request, mails, back=f"{self.list_address()}?sampai=tidak")
