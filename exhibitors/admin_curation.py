"""Deciding in the admin: one page for one or many exhibitors or products, with the reason that the owner reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exhibitors.domain.notes import LONGEST, notable
from exhibitors.domain.second_eyes import is_approved_once
from exhibitors.models import Decision
from expo.errors import DomainError
from expo.formats import number
from expo.keys import key_in, keys_in

MOST = 200  # at once
APPROVE = "approve"


@dataclass(frozen=True)
class Verb:
    """A decision as the admin offers it: ``from_states`` say when, ``run(subject, by=, reason=)`` does it."""

    name: str
    label: Any
    from_states: frozenset[str]
    run: Callable
    needs_reason: bool = False
    kind: str = ""  # "main" or "danger"
    seen: Callable | None = None  # fingerprint of what is looked at; ``run`` gets the one that was, as ``seen=``
    takes_notes: bool = False  # one for each field of a single subject; ``run`` gets them as ``notes=``


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Pemiliknya membaca teks ini."),
    )

    def __init__(self, *args, needs_reason=False, notable=(), takes_notes=True, **kwargs):
        """Without ``takes_notes`` a note does not do for a reason; what was typed is kept all the same."""
        super().__init__(*args, **kwargs)
        self.needs_one = needs_reason and takes_notes and bool(notable)
        self.fields["reason"].required = needs_reason and not self.needs_one
        if not self.fields["reason"].required:
            self.fields["reason"].label = _("Catatan (boleh kosong)")
        self.notable = [field.name for field in notable]
        for field in notable:
            label = _("Catatan untuk: %(field)s") % {"field": field.label}
            self.fields[f"note_{field.name}"] = forms.CharField(label=label, required=False, max_length=LONGEST)

    def clean(self):
        cleaned = super().clean()
        if self.needs_one and not cleaned.get("reason") and not self.notes():
            self.add_error("reason", _("Tulis paling sedikit satu catatan: pemiliknya akan membacanya."))
        return cleaned

    def notes(self) -> dict[str, str]:
        """Field → what to mend."""
        return {name: text for name in self.notable if (text := self.cleaned_data.get(f"note_{name}"))}


class CurationAdminMixin:
    """Adds decision pages, list actions and buttons for ``verbs``. Who may change the model may decide."""

    verbs: tuple[Verb, ...] = ()
    decision_form = DecisionForm
    change_form_outer_before_template = "admin/curation/verbs.html"

    def get_urls(self):
        page = self.admin_site.admin_view(self.decision_view)
        return [path("keputusan/<slug:verb>/", page, name=self.url_name("decision")), *super().get_urls()]

    def url_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def state_of(self, subject) -> str:
        return subject.state

    def possible_verbs(self, subject) -> list[Verb]:
        return [verb for verb in self.verbs if self.state_of(subject) in verb.from_states]

    def decision_url(self, verb: Verb, ids, *, looked_at=None) -> str:
        """``looked_at`` is the one whose whole page is being shown."""
        address = reverse(f"admin:{self.url_name('decision')}", args=[verb.name])
        seen = f"&seen={verb.seen(looked_at)}" if verb.seen and looked_at else ""
        return address + "?" + "&".join(f"pk={pk}" for pk in ids) + seen

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_change_permission(request):
            for verb in self.verbs:
                actions[verb.name] = (_list_action(self, verb), verb.name, verb.label)
        return actions

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        subject = self.get_object(request, object_id) if object_id else None
        if subject is not None and self.has_change_permission(request, subject):
            extra["verbs"] = [
                (verb, self.decision_url(verb, [subject.pk], looked_at=subject))
                for verb in self.possible_verbs(subject)
            ]
        return super().changeform_view(request, object_id, form_url, extra)

    def decision_view(self, request, verb):
        """GET shows what will happen to whom; POST decides, one by one: a refused one doesn't stop the others."""
        chosen = next((candidate for candidate in self.verbs if candidate.name == verb), None)
        if chosen is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        ids = keys_in(request.GET.getlist("pk")[:MOST])
        chosen_in_all = max(len(ids), key_in(request.GET.get("dari", "")) or 0)
        subjects = list(self.get_queryset(request).filter(pk__in=ids))
        if not subjects:
            raise Http404
        form = self.decision_form(
            request.POST or None,
            needs_reason=chosen.needs_reason,
            notable=notable(subjects[0]) if chosen.takes_notes and len(subjects) == 1 else (),
            **self.form_options(subjects, chosen),
        )
        if request.method == "POST" and form.is_valid():
            done = self.decide_all(request, chosen, subjects, {**form.cleaned_data, "notes": form.notes()})
            if chosen_in_all > len(ids):
                messages.warning(request, left_out_text(chosen_in_all - len(ids)))
            if not done and len(subjects) == 1:
                return redirect(f"admin:{self.url_name('change')}", subjects[0].pk)
            return redirect(f"admin:{self.url_name('changelist')}")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": chosen.label,
            "verb": chosen.label,
            "danger": chosen.kind == "danger",
            "subjects": [(subject, self.seen(request, chosen, subject)) for subject in subjects],
            "left_out": chosen_in_all - len(ids),
            "form": form,
            "back": reverse(f"admin:{self.url_name('changelist')}"),
        }
        return TemplateResponse(request, "admin/curation/decision.html", context)

    def form_options(self, subjects, verb) -> dict:
        return {}

    def seen(self, request, verb: Verb, subject) -> str:
        """The fingerprint of what the curator looked at: on its page, or else in the list on this one."""
        if verb.seen is None:
            return ""
        return request.POST.get(f"seen_{subject.pk}") or request.GET.get("seen") or verb.seen(subject)

    def decide_all(self, request, verb: Verb, subjects, cleaned: dict) -> int:
        done = 0
        for subject in subjects:
            try:
                self.decide_one(request, verb, subject, cleaned)
            except DomainError as error:
                messages.error(request, error.message)
            else:
                done += 1
                if verb.name == APPROVE and is_approved_once(subject):
                    text = _("“%(subject)s”: persetujuan pertama dicatat, menunggu mata kedua.")
                    messages.info(request, text % {"subject": subject})
        if done:
            text = ngettext("%(verb)s: %(n)s keputusan dicatat.", "%(verb)s: %(n)s keputusan dicatat.", done)
            messages.success(request, text % {"verb": verb.label, "n": done})
        return done

    def decide_one(self, request, verb: Verb, subject, cleaned: dict) -> None:
        seen = {} if verb.seen is None else {"seen": request.POST.get(f"seen_{subject.pk}", "")}
        notes = {"notes": cleaned["notes"]} if verb.takes_notes else {}
        verb.run(subject, by=request.user, reason=cleaned["reason"], **seen, **notes)


def _list_action(model_admin, verb: Verb):
    """``dari`` is how many were chosen, where that is more than are decided at once."""

    def action(admin, request, queryset):
        ids = list(queryset.order_by("pk").values_list("pk", flat=True)[:MOST])
        more = f"&dari={queryset.count()}" if len(ids) == MOST else ""
        return redirect(model_admin.decision_url(verb, ids) + more)

    action.__name__ = verb.name
    return action


def left_out_text(count: int) -> str:
    text = ngettext(
        "%(n)s isian lain yang Anda pilih belum diputuskan: sekali jalan paling banyak %(most)s.",
        "%(n)s isian lain yang Anda pilih belum diputuskan: sekali jalan paling banyak %(most)s.",
        count,
    )
    return text % {"n": number(count), "most": MOST}


def decision_log(subject) -> list[Decision]:
    """The log about one exhibitor or product, newest first."""
    found = Decision.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk)
    return list(found.select_related("decided_by")[:20])
