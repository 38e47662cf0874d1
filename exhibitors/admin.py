"""Exhibitors, their booths and the log of decisions."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.admin_additions import WithAdditions
from accounts.admin_base import ExpoAdmin, ReadOnlyAdmin, TabularInline, two_lines
from exhibitors.admin_blocks import exhibitor_blocks
from exhibitors.admin_certificates import CertificateAdmin  # noqa: F401 (registers itself)
from exhibitors.admin_changes import AccountChangeAdmin  # noqa: F401 (registers itself)
from exhibitors.admin_curation import CurationAdminMixin, DecisionForm, Verb, decision_log
from exhibitors.admin_desk import CurationDeskMixin
from exhibitors.admin_edits import EditLogMixin, save_inline_edits
from exhibitors.admin_participation import ParticipationInline
from exhibitors.admin_people import InvitationAdmin, MembershipFormSet, MembershipInline  # noqa: F401 (registers itself)
from exhibitors.admin_phones import PhoneConfirmationAdmin  # noqa: F401 (registers itself)
from exhibitors.admin_profile_changes import ExhibitorChangeAdmin  # noqa: F401 (registers itself)
from exhibitors.domain.accounts import give_account
from exhibitors.domain.booths import open_booth
from exhibitors.domain.curation import (
    approve_exhibitor,
    content_of_exhibitor,
    reject_exhibitor,
    return_exhibitor,
    suspend_exhibitor,
)
from exhibitors.domain.notes import notes_about
from exhibitors.domain.participation import settle_participation
from exhibitors.domain.phones import confirm_by_hand, confirmation_of, is_confirmed
from exhibitors.domain.profile import change_profile
from exhibitors.domain.registration import free_slug
from exhibitors.domain.second_eyes import is_approved_once
from exhibitors.models import BANK_ACCOUNT, Booth, Decision, Exhibitor
from exhibitors.models.decisions import name_of_kind
from exhibitors.signals import booth_opened
from exhibitors.states import LOGGED, CurationState
from expo.errors import DomainError
from expo.models import Hall
from expo.phones import show_phone

S = CurationState


class ExhibitorDecisionForm(DecisionForm):
    """Approving can give a place at once."""

    hall = forms.ModelChoiceField(
        Hall.objects.none(), label=_("Beri stan di aula"), required=False, empty_label=_("Tanpa stan baru")
    )

    def __init__(self, *args, halls=None, **kwargs):
        super().__init__(*args, **kwargs)
        if halls is None:
            del self.fields["hall"]
        else:
            self.fields["hall"].queryset = halls
            self.fields["hall"].label_from_instance = lambda hall: f"{hall.edition} · {hall}"


class BoothInline(TabularInline):
    model = Booth
    extra = 0
    fields = ["edition", "hall", "number", "is_open"]
    readonly_fields = ["edition", "hall", "number"]
    can_delete = False
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition", "hall", "exhibitor")

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Exhibitor)
class ExhibitorAdmin(CurationDeskMixin, EditLogMixin, WithAdditions, CurationAdminMixin, ExpoAdmin):
    list_display = ["name", "kind_and_place", "standing", "submitted_at", "owner"]
    list_filter = ["state", "kind", "imported"]
    list_select_related = ["regency"]
    search_fields = ["name", "owner_name", "nib", "email"]
    ordering = [F("submitted_at").desc(nulls_last=True), "-pk"]
    autocomplete_fields = ["category", "regency", "district"]
    readonly_fields = [
        "slug", "standing", "submitted_at", "created_at", "banner_photo", "products_summary", "log", "last_notes",
        "phone_state", "account_changes",
    ]  # fmt: skip
    inlines = [ParticipationInline, BoothInline, MembershipInline]
    decision_form = ExhibitorDecisionForm
    fieldsets = [
        (_("Catatan yang lalu"), {"fields": ["last_notes"]}),
        (_("Usaha"), {"fields": ["name", "category", "kind", "owner_name", "standing", "submitted_at"]}),
        (_("Legalitas"), {"fields": ["nib", "lacks_nib", "legal_number", "cooperative_number", "member_count"]}),
        (_("Lokasi"), {"fields": ["regency", "district"]}),
        (_("Hubungan"), {"fields": ["email", "whatsapp", "phone_state", "phone"]}),
        (_("Rekening"), {"fields": [*BANK_ACCOUNT, "account_changes"]}),
        (_("Cerita"), {"fields": ["story", "story_en", "banner_photo"]}),
        (_("Produk"), {"fields": ["products_summary"]}),
        (_("Keputusan"), {"fields": ["log", "created_at", "slug"]}),
    ]
    verbs = (
        Verb(
            "approve",
            _("Setujui"),
            frozenset({S.SUBMITTED, S.SUSPENDED}),
            approve_exhibitor,
            kind="main",
            seen=content_of_exhibitor,
        ),
        Verb(
            "return",
            _("Kembalikan untuk diperbaiki"),
            frozenset({S.SUBMITTED}),
            return_exhibitor,
            needs_reason=True,
            takes_notes=True,
        ),
        Verb("phone", _("Konfirmasi WhatsApp dengan catatan"), frozenset({S.SUBMITTED}), confirm_by_hand, True),
        Verb("reject", _("Tolak"), frozenset({S.SUBMITTED, S.SUSPENDED}), reject_exhibitor, True, "danger"),
        Verb("suspend", _("Tangguhkan"), frozenset({S.APPROVED}), suspend_exhibitor, True, "danger"),
    )

    def possible_verbs(self, subject):
        confirmed = is_confirmed(subject)
        return [verb for verb in super().possible_verbs(subject) if verb.name != "phone" or not confirmed]

    def after_deciding(self, request, subject, done):
        """A confirmed number decides nothing yet: it is still looked at."""
        if done and self.waiting(request).filter(pk=subject.pk).exists():
            return f"admin:{self.url_name('desk')}", subject.pk
        return super().after_deciding(request, subject, done)

    def has_delete_permission(self, request, obj=None):
        return False

    def is_waiting(self):
        return Q(state=S.SUBMITTED)

    def blocks(self, request, subject):
        return exhibitor_blocks(subject)

    def photos_of(self, subject):
        return [subject.banner] if subject and subject.banner else []

    def save_model(self, request, obj, form, change):
        if not change:
            obj.slug = free_slug(Exhibitor, obj.name, length=80)
            super().save_model(request, obj, form, change)
            return
        names = [name for name in form.changed_data if name not in BANK_ACCOUNT]
        self.save_edited(request, obj, form, names, lambda names: change_profile(obj, names, by=request.user))
        if any(name in BANK_ACCOUNT for name in form.changed_data):
            self.change_account(request, obj)

    def change_account(self, request, exhibitor):
        """A bank account takes its own way, whoever changes it: an owner confirms it, and a day goes by."""
        try:
            change = give_account(exhibitor, {name: getattr(exhibitor, name) for name in BANK_ACCOUNT}, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
            return
        if not change.applied_at:
            text = _("Rekening belum berganti: pemiliknya mengonfirmasi lewat surel, lalu ada jeda 24 jam.")
            messages.warning(request, text)

    def save_formset(self, request, form, formset, change):
        if isinstance(formset, MembershipFormSet):
            formset.save_through_domain(by=request.user)
        elif formset.model is Booth:
            save_inline_edits(request, formset)
        else:
            super().save_formset(request, form, formset, change)

    def form_options(self, subjects, verb):
        if verb.name != "approve":
            return {}
        now = timezone.now()
        still_open = Q(edition__mall_closes_at__isnull=True) | Q(edition__mall_closes_at__gt=now)
        return {"halls": Hall.objects.filter(still_open).select_related("edition").order_by("-edition__opens_at")}

    @transaction.atomic
    def decide_one(self, request, verb, subject, cleaned):
        """Without the place that was chosen for it, it is not approved either."""
        super().decide_one(request, verb, subject, cleaned)
        if cleaned.get("hall") and not is_approved_once(subject):
            settle_participation(open_booth(subject, cleaned["hall"]), by=request.user)

    @admin.display(description=_("status"), ordering="state")
    def standing(self, exhibitor):
        return exhibitor.standing

    @admin.display(description=_("pemilik dan WhatsApp"), ordering="owner_name")
    def owner(self, exhibitor):
        phone = show_phone(exhibitor.whatsapp)
        return (
            format_html('{} <span class="phone">{}</span>', exhibitor.owner_name, phone)
            if phone
            else exhibitor.owner_name
        )

    @admin.display(description=_("perubahan rekening yang ditunggu"))
    def account_changes(self, exhibitor):
        found = exhibitor.account_changes.alive() if exhibitor.pk else []
        links = ((reverse("admin:exhibitors_accountchange_change", args=[one.pk]), one) for one in found)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "–"

    @admin.display(description=_("jenis, tempat"), ordering="regency__name")
    def kind_and_place(self, exhibitor):
        return two_lines(exhibitor.get_kind_display(), exhibitor.regency or "")

    @admin.display(description=_("konfirmasi WhatsApp"))
    def phone_state(self, exhibitor):
        found = confirmation_of(exhibitor)
        if found is None:
            return _("Belum diminta")
        return _("Terkonfirmasi") if found.confirmed_at else _("Tidak cocok") if found.refused_at else found.code

    @admin.display(description=_("catatan kurasi yang lalu"))
    def last_notes(self, exhibitor):
        return render_to_string("admin/curation/notes.html", {"notes": notes_about(exhibitor)})

    @admin.display(description=_("spanduk"))
    def banner_photo(self, exhibitor):
        return render_to_string("admin/photo.html", {"picture": exhibitor.banner})

    @admin.display(description=_("produk"))
    def products_summary(self, exhibitor):
        counts = exhibitor.products.values("state").annotate(n=Count("pk")).order_by("state")
        return ", ".join(f"{S(row['state']).label}: {row['n']}" for row in counts) or "–"

    @admin.display(description=_("riwayat keputusan"))
    def log(self, exhibitor):
        return render_to_string("admin/curation/log.html", {"lines": decision_log(exhibitor)})


@admin.register(Booth)
class BoothAdmin(EditLogMixin, ExpoAdmin):
    list_display = ["number", "exhibitor", "edition", "hall", "is_open"]
    list_filter = ["edition", "is_open"]
    list_select_related = ["exhibitor", "edition", "hall"]
    search_fields = ["number", "exhibitor__name"]
    autocomplete_fields = ["edition", "hall", "exhibitor"]
    fields = ["edition", "hall", "exhibitor", "slug", "number", "column", "row", "is_open"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """A booth stays where it is: what was counted there would go with it. Who moves gets another one."""
        return ["edition", "exhibitor"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            self.save_edited(request, obj, form, form.changed_data, lambda names: obj.save())
        else:
            super().save_model(request, obj, form, change)
            booth_opened.send(Booth, booth=obj)


class OutcomeFilter(admin.SimpleListFilter):
    """Named ones, as asking the log for all that occur would read it whole."""

    title = _("menjadi")
    parameter_name = "after"

    def lookups(self, request, model_admin):
        return list(LOGGED.items())

    def queryset(self, request, queryset):
        return queryset.filter(after=self.value()) if self.value() in LOGGED else queryset


class SubjectFilter(admin.SimpleListFilter):
    title = _("jenis")
    parameter_name = "subject_type"
    kinds = ("exhibitor", "product", "booth", "certificate", "review", "inquiry", "reportedsale")

    def lookups(self, request, model_admin):
        return [(kind, name_of_kind(kind)) for kind in self.kinds]

    def queryset(self, request, queryset):
        return queryset.filter(subject_type=self.value()) if self.value() in self.kinds else queryset


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["decided_at", "subject_label", "kind", "was", "became", "decided_by", "reason"]
    list_filter = [SubjectFilter, OutcomeFilter]
    list_select_related = ["decided_by"]
    search_fields = ["subject_label"]
    fields = ["decided_at", "subject_label", "kind", "was", "became", "reason", "what_changed", "decided_by"]

    @admin.display(description=_("jenis"), ordering="subject_type")
    def kind(self, decision):
        return decision.subject_name

    @admin.display(description=_("catatan dan isian"))
    def what_changed(self, decision):
        return render_to_string("admin/curation/log.html", {"lines": [decision]})

    @admin.display(description=_("dari"), ordering="before")
    def was(self, decision):
        return decision.before_label

    @admin.display(description=_("menjadi"), ordering="after")
    def became(self, decision):
        return decision.after_label
