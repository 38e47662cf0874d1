"""What goes with issuing recaps: extra cut-offs, recaps that wait, and checks of the chain."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

from accounts.admin_base import ReadOnlyAdmin, VerbPages, nothing_to_fill, verb_links
from expo.formats import wib
from reports.checks import standing
from reports.extra import add_cutoff, cancel_cutoff
from reports.forms import ExtraCutoffForm
from reports.models import ExtraCutoff, IssueProblem, Recap, SealCheck
from reports.walk import ask_for_walk


@admin.register(ExtraCutoff)
class ExtraCutoffAdmin(VerbPages, ReadOnlyAdmin):
    list_display = ["shown_moment", "edition", "reason", "added_by", "standing"]
    list_filter = ["edition"]
    list_select_related = ["edition", "added_by"]
    fields = ["edition", "shown_moment", "reason", "added_at", "added_by", "standing", "cancelled_at", "cancelled_by"]
    readonly_fields = ["shown_moment", "standing"]

    def has_add_permission(self, request):
        return request.user.has_perm("reports.add_extracutoff")

    def get_urls(self):
        page = self.admin_site.admin_view(self.cancellation_view)
        return [path("<int:pk>/pembatalan/", page, name="reports_extracutoff_cancellation"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(recap_key=issued("pk"), recap_number=issued("number"))

    @admin.display(description=gettext_lazy("batas waktu (WIB)"), ordering="moment")
    def shown_moment(self, extra):
        return wib(extra.moment)

    @admin.display(description=gettext_lazy("rekap"))
    def standing(self, extra):
        """Its recap, or the way to call it off."""
        if extra.cancelled_at:
            return _("dibatalkan")
        if extra.recap_key:
            return verb_links([(extra.recap_number, reverse("admin:reports_recap_change", args=[extra.recap_key]))])
        return verb_links([(_("Batalkan"), reverse("admin:reports_extracutoff_cancellation", args=[extra.pk]))])

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied

        def act(form):
            add_cutoff(by=request.user, **form.cleaned_data)
            self.message_user(request, _("Rekap terbit sendiri begitu waktunya tiba."), messages.SUCCESS)
            return self.list_address()

        note = _("Pada saat ini sebuah rekap disegel dan dikirim ke penerima, di samping yang terjadwal.")
        form = ExtraCutoffForm(request.POST or None)
        return self.answer(request, form, act, title=_("Tambah batas waktu"), note=note)

    def cancellation_view(self, request, pk):
        if not request.user.has_perm("reports.change_extracutoff"):
            raise PermissionDenied
        extra = get_object_or_404(ExtraCutoff, pk=pk)
        page = reverse("admin:reports_extracutoff_change", args=[extra.pk])

        def act(form):
            cancel_cutoff(extra, by=request.user)
            self.message_user(request, _("Batas waktu dibatalkan."), messages.SUCCESS)
            return self.list_address()

        title = _("Batalkan batas waktu")
        return self.answer(request, nothing_to_fill(request), act, title=title, danger=True, back=page)


def issued(name: str) -> Subquery:
    """A field of the recap that an extra cut-off has become."""
    recaps = Recap.objects.filter(scope=OuterRef("edition__slug"), occurred_cutoff=OuterRef("moment"))
    return Subquery(recaps.order_by("-revision").values(name)[:1])


@admin.register(IssueProblem)
class IssueProblemAdmin(ReadOnlyAdmin):
    list_display = ["shown_cutoff", "edition", "what", "reason", "since", "tried_at", "tries"]
    list_select_related = ["edition", "recap"]

    @admin.display(description=gettext_lazy("batas waktu"), ordering="cutoff")
    def shown_cutoff(self, problem):
        return wib(problem.cutoff)

    @admin.display(description=gettext_lazy("yang tertunda"))
    def what(self, problem):
        return _("Kirim %(number)s") % {"number": problem.recap.number} if problem.recap else _("Segel")


@admin.register(SealCheck)
class SealCheckAdmin(ReadOnlyAdmin):
    list_display = ["at", "recaps", "verdict", "by"]
    list_select_related = ["by"]
    list_before_template = "admin/reports/check_now.html"
    fields = ["at", "by", "recaps", "verdict", "shown_findings"]
    readonly_fields = ["verdict", "shown_findings"]

    def get_urls(self):
        page = self.admin_site.admin_view
        return [
            path("sekarang/", page(self.now_view), name="reports_sealcheck_now"),
            path("jalannya/", page(self.progress_view), name="reports_sealcheck_progress"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"standing": standing(), **(extra_context or {})})

    @admin.display(description=gettext_lazy("hasil"))
    def verdict(self, check):
        return _("Utuh") if check.is_sound else _("%(count)s tidak cocok") % {"count": len(check.findings)}

    @admin.display(description=gettext_lazy("temuan"))
    def shown_findings(self, check):
        return "\n".join(f"{finding['number']}: {finding['what']}" for finding in check.findings) or "–"

    def now_view(self, request):
        """Have it done: a worker walks, this page shows how far it has come."""
        if not request.user.has_perm("reports.add_sealcheck"):
            raise PermissionDenied
        if request.method == "POST":
            ask_for_walk(by=request.user)
            self.message_user(request, _("Pemeriksaan berjalan; halaman ini boleh ditutup."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:reports_sealcheck_changelist"))

    def progress_view(self, request):
        """The part of the list that says how far the walk has come; when it is over the list is loaded anew."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not request.htmx:
            return HttpResponseRedirect(reverse("admin:reports_sealcheck_changelist"))
        now = standing()
        response = TemplateResponse(request, "admin/reports/walk.html", {"standing": now})
        return response if now.walk else HttpResponseClientRefresh()
