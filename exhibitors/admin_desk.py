"""The curator's desk: everything about one exhibitor, product or proposal on one page, decided there; then the next.

One click (or one key) a decision: the next of the queue opens by itself, and not one that a colleague has open.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from accounts.admin_additions import additions_to
from exhibitors.admin_curation import APPROVE, DecisionForm, decision_log
from exhibitors.admin_phrases import phrases_for
from exhibitors.desk_claims import give_back, portions, take, taken_in_order
from exhibitors.domain.notes import notable
from exhibitors.domain.second_eyes import first_approval
from exhibitors.facts import facts_of
from exhibitors.models import FirstApproval
from exhibitors.sitting import aside, not_handed_in_since, put_aside, take_back
from expo.keys import key_in

AHEAD = 50
COUNTED = 10_000
KEYS = {"approve": "a", "return": "k", "reject": "t", "suspend": "s"}


Block = tuple[Any, str, dict]
_blocks: dict[type[Model], list[Callable[[Any], Block]]] = {}


def register_desk_block(model: type[Model], load: Callable[[Any], Block]) -> None:
    """Let an upper floor show something on the desk of ``model``: title, template and its ``data``."""
    _blocks.setdefault(model, []).append(load)


def is_blank(fact) -> bool:
    """Nothing stands there, nothing stood there and nothing was asked: it is put aside."""
    return not (fact.text or fact.photos or fact.is_changed or fact.asked or (fact.note and fact.note.value()))


class CurationDeskMixin:
    """Adds ``kurasi/`` (leads to the next) and ``<pk>/kurasi/`` (the page). Mixed in before CurationAdminMixin."""

    waiting_since = "submitted_at"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("kurasi/", view(self.next_view), name=self.url_name("next")),
            path("<int:pk>/kurasi/", view(self.desk_view), name=self.url_name("desk")),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        if object_id and object_id.isdecimal() and self.has_change_permission(request):
            extra["desk_url"] = reverse(f"admin:{self.url_name('desk')}", args=[object_id])
        return super().changeform_view(request, object_id, form_url, extra)

    # What waits.

    def waiting(self, request):
        """The queue, without what this person approved already."""
        own = FirstApproval.objects.filter(subject_type=self.opts.model_name, approved_by=request.user)
        return self.model._default_manager.filter(self.is_waiting()).exclude(pk__in=own.values("subject_id"))

    def is_waiting(self):
        raise NotImplementedError

    def in_order(self, request):
        return self.waiting(request).order_by(F(self.waiting_since).asc(nulls_last=True), "pk")

    def behind(self, rows, subject):
        """Those of ``rows`` that have waited less long than ``subject``; all of them when that is not known."""
        name = self.waiting_since
        since = getattr(subject, name)
        if since is None:
            return rows
        return rows.filter(Q(**{f"{name}__gt": since}) | Q(**{name: since, "pk__gt": subject.pk}))

    @property
    def queue_name(self) -> str:
        return self.opts.label_lower

    def aside(self, request) -> set[int]:
        """Which of the waiting this person put aside in this sitting."""
        return not_handed_in_since(aside(request, self.queue_name), self.waiting(request), self.waiting_since)

    def take_next(self, request) -> int | None:
        """The oldest that this person did not put aside and no colleague has open, opened for this person."""
        rows = self.in_order(request).exclude(pk__in=self.aside(request)).values_list("pk", flat=True)
        for portion in portions(rows, AHEAD):
            keys = {pk: self.open_key(pk) for pk in portion}
            for pk in taken_in_order(keys, request.user.pk):
                if self.waiting(request).filter(pk=pk).exists():
                    return pk
                give_back(keys[pk], request.user.pk)  # decided between looking and taking
        return None

    def after(self, request, subject, passed):
        """What comes after it in the queue, whoever gets it: nothing is taken by asking."""
        return self.behind(self.in_order(request), subject).exclude(pk__in=[subject.pk, *passed]).first()

    def photos_of(self, subject) -> list:
        """Its photos, which the browser fetches while the one before is looked at."""
        return []

    def open_key(self, pk: int) -> str:
        return f"curating:{self.opts.model_name}:{pk}"

    # Pages.

    def next_view(self, request):
        """``?lewati=pk`` puts that one aside, a POST of ``lagi`` brings back what was put aside."""
        self.require_curator(request)
        passed = key_in(request.GET.get("lewati", ""))
        if passed is not None:
            put_aside(request, self.queue_name, [passed])
            give_back(self.open_key(passed), request.user.pk)
        if "lagi" in request.POST:
            take_back(request, self.queue_name)
            return redirect(request.path)
        found = self.take_next(request)
        if found is not None:
            return redirect(f"admin:{self.url_name('desk')}", found)
        return self.end_of_queue(request, passed=len(self.aside(request)))

    def end_of_queue(self, request, *, passed: int, **more):
        """Nothing is left that could be opened: what was put aside and what colleagues have open is told."""
        waiting = self.waiting(request)[:COUNTED].count()
        if not waiting:
            messages.success(request, _("Tidak ada lagi yang menunggu di antrean ini."))
            return redirect("admin:index")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.opts.verbose_name_plural,
            "aside": passed,
            "again": bool(passed),
            "elsewhere": max(0, waiting - passed),
            **more,
        }
        return TemplateResponse(request, "admin/curation/rest.html", context)

    def desk_view(self, request, pk):
        if request.method == "GET" and not self.has_change_permission(request) and self.has_view_permission(request):
            return redirect(f"admin:{self.url_name('change')}", pk)  # who only looks is linked here, too
        self.require_curator(request)
        subject = self.get_object(request, str(pk))
        if subject is None:
            messages.info(request, _("Yang ini sudah tidak menunggu: diputuskan atau ditarik kembali."))
            return redirect(f"admin:{self.url_name('next')}")
        verbs = self.possible_verbs(subject)
        chosen = next((verb for verb in verbs if verb.name == request.POST.get("verb")), None)
        form = self.desk_form(request, subject, chosen)
        if request.method == "POST":
            if chosen is None:
                messages.error(request, _("“%(subject)s” sudah diputuskan orang lain.") % {"subject": subject})
                return redirect(f"admin:{self.url_name('next')}")
            if form.is_valid():
                cleaned = {**form.cleaned_data, "notes": form.notes()}
                done = self.decide_all(request, chosen, [subject], cleaned)
                return redirect(*self.after_deciding(request, subject, done))
        return self.show_desk(request, subject, verbs, form, chosen)

    def after_deciding(self, request, subject, done: int) -> tuple:
        if not done:
            return f"admin:{self.url_name('desk')}", subject.pk
        give_back(self.open_key(subject.pk), request.user.pk)
        return (f"admin:{self.url_name('next')}",)

    def require_curator(self, request) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def desk_form(self, request, subject, chosen) -> DecisionForm:
        return self.decision_form(
            request.POST or None,
            needs_reason=bool(chosen and chosen.needs_reason),
            notable=notable(subject),
            takes_notes=chosen is None or chosen.takes_notes,
            **self.form_options([subject], chosen or self.verbs[0]),
        )

    def show_desk(self, request, subject, verbs, form, chosen):
        facts = self.facts(subject)
        for fact in facts:
            if f"note_{fact.name}" in form.fields:
                fact.note = form[f"note_{fact.name}"]
        holder = take(self.open_key(subject.pk), request.user.pk)
        blocks = [*self.blocks(request, subject), *self.added_blocks(subject)]
        passed = self.aside(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(subject),
            "subject": subject,
            "state": self.state_label(subject),
            "facts": [fact for fact in facts if not is_blank(fact)],
            "blank_facts": [fact for fact in facts if is_blank(fact)],
            "hints": [(n, hint) for n, block in enumerate(blocks, 1) for hint in block[2].get("hints", ())],
            "phrases": phrases_for(subject, form.fields),
            "ahead": self.photos_of(self.after(request, subject, passed)),
            "verbs": [(verb, KEYS.get(verb.name, "")) for verb in verbs],
            "form": form,
            "extra_fields": [f for f in form if f.name != "reason" and not f.name.startswith("note_")],
            "chosen": chosen,
            "seen": next((verb.seen(subject) for verb in verbs if verb.name == APPROVE and verb.seen), ""),
            "first": first_approval(subject),
            "opened_by": get_user_model().objects.filter(pk=holder).first() if holder != request.user.pk else None,
            "log": decision_log(self.logged(subject)),
            "blocks": blocks,
            "message": self.message_of(subject),
            "change_url": reverse(f"admin:{self.url_name('change')}", args=[subject.pk]),
            "next_url": reverse(f"admin:{self.url_name('next')}") + f"?lewati={subject.pk}",
            "left": self.waiting(request)[:COUNTED].count(),
            "aside": len(passed),
            "again_url": reverse(f"admin:{self.url_name('next')}"),
        }
        return TemplateResponse(request, "admin/curation/desk.html", context)

    # What the kinds say for themselves.

    def facts(self, subject) -> list:
        return facts_of(subject)

    def logged(self, subject):
        """Whose log tells about it."""
        return subject

    def message_of(self, subject) -> str:
        """What its owner wrote when it was handed in last."""
        found = next((line for line in decision_log(subject) if line.before != line.after == "submitted"), None)
        return found.reason if found else ""

    def state_label(self, subject):
        return subject.get_state_display()

    def blocks(self, request, subject) -> list[tuple[Any, str, dict]]:
        """Title, template and context of what stands beside the facts."""
        return []

    def added_blocks(self, subject) -> list[tuple[Any, str, dict]]:
        """What upper floors add to the desk, and to this model's page."""
        return [load(subject) for load in _blocks.get(self.model, [])] + [
            (one.title, "admin/curation/lines.html", {"lines": [line(subject) for line in one.lines]})
            for one in additions_to(self.model)
            if one.lines
        ]
