"""Registration: three things make a draft, a task list says what else is wanted, then it is sent to the curators."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exhibitors.dashboard import render_dashboard
from exhibitors.domain.curation import submit_exhibitor
from exhibitors.domain.decisions import latest_decision
from exhibitors.domain.notes import notes_about
from exhibitors.domain.profile_changes import (
    as_wanted,
    change_of,
    hand_in_profile,
    profile_notes,
    waits,
    withdraw_profile,
)
from exhibitors.domain.registration import STARTED, register_exhibitor
from exhibitors.domain.steps import StepChangedError, content_of_step, drafts_of, save_step
from exhibitors.forms_steps import StartForm
from exhibitors.models import Exhibitor, MemberRole
from exhibitors.notes_in_forms import attach_notes, attach_waiting
from exhibitors.own_steps import OWN_STEPS
from exhibitors.permissions import SESSION_KEY, exhibitor_owner_required, exhibitor_required
from exhibitors.proposals_shown import proposal_context, waiting_of_form
from exhibitors.states import EDITABLE, CurationState, StepState
from exhibitors.steps import steps_of
from expo.errors import DomainError
from expo.fields import known_picture
from expo.limits import RateExceededError, check_rate

TAB = "profile"
HOUR = 3600
STARTS_AN_HOUR = 20  # of one account or browser
STARTS_OF_ADDRESS = 600  # many people share the one address of their mobile network
PHOTOS_OF_ADDRESS = 1200  # kept for forms that are refused, too, but not without end


@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Begin, with or without an account: who has none makes one next and finds the draft afterwards."""
    if request.user.is_authenticated and request.method == "GET" and STARTED in request.session:
        return _make_draft(request, request.session.pop(STARTED))
    status, form = 200, StartForm(initial={"key": secrets.token_hex(16)})
    if request.method == "POST":
        refusal = _too_many(request)
        form = StartForm(request.POST, request.FILES if _keeps_photo(request) else None)
        if form.is_valid() and not refusal:
            return _begin(request, form.cleaned_data)
        if refusal:  # the form again, with all that was typed and the photo
            form.add_error(None, refusal.message)
            status = 429
    response = render(request, "exhibitors/register.html", {"form": form}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    if status == 429:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _too_many(request) -> RateExceededError | None:
    """Whether this account or browser, or everyone at its address, begins too often; says when it may again."""
    person, address = request.user.pk or request.META.get("CSRF_COOKIE", ""), request.META["REMOTE_ADDR"]
    try:
        if person:
            check_rate("start-person", str(person), STARTS_AN_HOUR, HOUR)
        check_rate("start", address, STARTS_OF_ADDRESS, HOUR)
    except RateExceededError as error:
        return error
    return None


def _keeps_photo(request) -> bool:
    if not request.FILES:
        return True
    try:
        check_rate("start-photo", request.META["REMOTE_ADDR"], PHOTOS_OF_ADDRESS, HOUR)
    except RateExceededError:
        return False
    return True


def _begin(request, data):
    started = {
        "key": data["key"],
        "name": data["name"],
        "category": data["category"].pk,
        "photo": data["banner"].digest,
    }
    if request.user.is_authenticated:
        return _make_draft(request, started)
    request.session[STARTED] = started
    messages.success(
        request, _("“%(name)s” tersimpan. Buat akun atau masuk, lalu lanjutkan mengisi.") % {"name": data["name"]}
    )
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': reverse('exhibitors:register')})}")


def _make_draft(request, started: dict):
    category = Exhibitor._meta.get_field("category").related_model.objects.filter(pk=started["category"]).first()
    exhibitor = register_exhibitor(
        Exhibitor(
            name=started["name"],
            category=category,
            banner=known_picture(started["photo"]),
            start_key=started["key"],
        ),
        owner=request.user,
    )
    request.session[SESSION_KEY] = exhibitor.pk
    messages.success(request, _("Draf tersimpan. Lengkapi langkah berikutnya kapan saja, dalam urutan apa pun."))
    return redirect("exhibitors:registration")


@require_safe
@exhibitor_required
def registration(request):
    """The task list."""
    return _show_list(request)


@require_POST
@exhibitor_owner_required
def submission(request):
    message = request.POST.get("message", "").replace("\0", "")
    try:
        submit_exhibitor(request.exhibitor, by=request.user, message=message)
    except DomainError as error:
        return _show_list(request, problem=error.message, message=message, status=409)
    messages.success(request, _("Terkirim. Panitia memeriksa data Anda; hasilnya kami kirim lewat surel."))
    return redirect("exhibitors:registration")


def _show_list(request, *, problem="", message="", status=200):
    steps = steps_of(request.exhibitor)
    finished = sum(step.is_finished for step in steps)
    is_owner = request.membership.role == MemberRole.OWNER
    left = [step for step in steps if not step.is_finished]
    context = {
        "steps": steps,
        "finished": finished,
        "percent": finished * 100 // len(steps),
        "decision": latest_decision(request.exhibitor),
        "can_submit": request.exhibitor.state in EDITABLE,
        "is_owner": is_owner,
        "is_ready": all(step.state == StepState.ASKED for step in left),
        "next_step": next((step for step in left if is_owner or not step.owner_only), None),
        "open_notes": [note for step in steps for note in step.notes if not note.is_answered],
        **proposal_context(request.exhibitor),
        "problem": problem,
        "message": message,
    }
    return render_dashboard(request, "exhibitors/dashboard/registration.html", context, tab=TAB, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def step(request, name):
    """One step. What is right is saved, what is wrong is kept as it was typed and shown with its error."""
    own = OWN_STEPS.get(name)
    if own is None:
        raise Http404
    if request.method == "POST":
        return _save(request, own)
    lenient = request.exhibitor.state in EDITABLE
    form = own.form(instance=_copy(request.exhibitor), lenient=lenient)
    if draft := drafts_of(request.exhibitor).get(name):
        form = own.form(form.with_draft(draft), instance=_copy(request.exhibitor), lenient=lenient)
    return _show_step(request, own, form)


def _save(request, own):
    lenient = request.exhibitor.state in EDITABLE
    form = own.form(request.POST, request.FILES, instance=_copy(request.exhibitor), lenient=lenient)
    if not form.is_valid() and not lenient:
        return _show_step(request, own, form, seen=request.POST.get("seen", ""))
    try:
        save_step(
            request.exhibitor,
            own.name,
            columns=own.columns,
            values=form.columns(),
            wrong=form.wrong(),
            seen=request.POST.get("seen", ""),
            by=request.user,
        )
    except StepChangedError as error:
        request.exhibitor.refresh_from_db()
        return _show_step(request, own, form, conflict=error.message, status=409)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("exhibitors:registration")
    if form.is_valid():
        messages.success(request, _saved(request.exhibitor, own), extra_tags=_draft(request, own))
        return redirect("exhibitors:registration")
    if form.keeps_everything() and not getattr(form, "found", None):
        messages.warning(request, _("Tersimpan sebagai draf. Ada isian yang masih perlu diperbaiki."))
        return redirect("exhibitors:step", own.name)
    request.exhibitor.refresh_from_db()
    return _show_step(request, own, form)


def _saved(exhibitor, own):
    if any(waits(exhibitor, name) for name in own.columns):
        return _("Tersimpan. Yang berubah ditinjau panitia dahulu; sampai disetujui, yang tampil tetap seperti semula.")
    return _("Tersimpan.")


def _draft(request, own) -> str:
    """What the browser keeps of this form until it is saved is named like that."""
    return f"step-{request.exhibitor.pk}-{own.name}"


def _show_step(request, own, form, *, seen=None, conflict="", status=200):
    exhibitor = _copy(request.exhibitor)
    if exhibitor.state == CurationState.APPROVED and (change := change_of(request.exhibitor)):
        attach_waiting(form, waiting_of_form(change))
    attach_notes(form, notes_about(exhibitor) or profile_notes(exhibitor))
    context = {
        "form": form,
        "step": own,
        "seen": content_of_step(exhibitor, own.name, own.columns) if seen is None else seen,
        "conflict": conflict,
        "stored": own.told(exhibitor) if conflict else "",
        "found": getattr(form, "found", []),
        "is_live": exhibitor.state == CurationState.APPROVED,
        "waits": any(waits(exhibitor, name) for name in own.columns),
        "keep": _draft(request, own),
    }
    return render_dashboard(request, "exhibitors/dashboard/step.html", context, tab=TAB, status=status)


def _copy(exhibitor: Exhibitor) -> Exhibitor:
    """For a form to write on: what its owner wants. The frame goes on showing what is stored."""
    found = Exhibitor.objects.select_related("regency", "district").get(pk=exhibitor.pk)
    change = change_of(found) if found.state == CurationState.APPROVED else None
    return as_wanted(found, change) if change else found


@require_POST
@exhibitor_required
def proposal_withdrawal(request):
    if withdraw_profile(request.exhibitor, by=request.user):
        messages.success(request, _("Usulan ditarik kembali. Data usaha tetap tampil seperti semula."))
    return redirect("exhibitors:registration")


@require_POST
@exhibitor_required
def proposal_submission(request):
    """A returned proposal again, with an answer."""
    message = request.POST.get("message", "").replace("\0", "")
    try:
        hand_in_profile(request.exhibitor, by=request.user, message=message)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Usulan dikirim lagi ke panitia."))
    return redirect("exhibitors:registration")
