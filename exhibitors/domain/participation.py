"""Taking part in an edition: asked for by the exhibitor, turned into a booth by staff."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.domain.booths import BoothError, open_booth
from exhibitors.domain.decisions import CurationError, locked, log, tell_people
from exhibitors.models import Booth, Exhibitor, Participation, ParticipationMode, ParticipationState
from exhibitors.states import CurationState
from expo.models import Edition, Hall, Mode

S = ParticipationState


def joinable_editions(now: dt.datetime | None = None) -> list[Edition]:
    """Editions that can still be joined: those not yet closed, soonest first; else the newest mall that stays open."""
    now = now or timezone.now()
    coming = list(Edition.objects.filter(closes_at__gt=now).order_by("opens_at", "pk"))
    if coming:
        return coming
    mall = Edition.objects.filter(Q(mall_closes_at__isnull=True) | Q(mall_closes_at__gt=now))
    return list(mall.order_by("-opens_at", "-pk")[:1])


def modes_of(edition: Edition, now: dt.datetime | None = None) -> list[str]:
    """How one can take part: at the stand only where there is a hall to stand in, before the closing."""
    has_hall = edition.mode == Mode.HYBRID and (now or timezone.now()) < edition.closes_at
    return list(ParticipationMode.values) if has_hall else [ParticipationMode.ONLINE]


@transaction.atomic
def ask_participation(
    exhibitor: Exhibitor, edition: Edition, mode: str, *, by, note: str = "", now: dt.datetime | None = None
) -> Participation:
    """Ask to take part, or change how. The same again changes nothing; another mode is decided anew."""
    now = now or timezone.now()
    exhibitor = locked(exhibitor)
    if edition not in joinable_editions(now):
        raise CurationError(gettext_lazy("Pameran ini tidak menerima peserta lagi."))
    if mode not in modes_of(edition, now):
        raise CurationError(gettext_lazy("Pameran ini tidak dapat diikuti dengan cara itu."))
    note = note.strip()[:300]
    found = exhibitor.participations.filter(edition=edition).first()
    if found and (found.mode, found.note) == (mode, note):
        return found
    if found and found.mode == mode:
        found.note = note
        found.save(update_fields=["note"])
        return found
    values = {
        "mode": mode,
        "note": note,
        "state": S.ASKED,
        "asked_at": now,
        "asked_by": by,
        "decided_at": None,
        "decided_by": None,
        "reason": "",
    }
    found, _created = Participation.objects.update_or_create(exhibitor=exhibitor, edition=edition, defaults=values)
    return found


@transaction.atomic
def withdraw_participation(exhibitor: Exhibitor, edition: Edition) -> None:
    """No longer asked for. One that was decided stays: staff have given a place, or said why not."""
    exhibitor = locked(exhibitor)
    found = exhibitor.participations.filter(edition=edition).first()
    if found and found.state != S.ASKED:
        raise CurationError(gettext_lazy("Permintaan ini sudah diputuskan; hubungi panitia."))
    if found:
        found.delete()


@transaction.atomic
def accept_participation(
    participation: Participation, hall: Hall, *, by, number: str = "", now: dt.datetime | None = None
) -> Booth:
    """Give the exhibitor its booth in ``hall``, with this number or the next. Raises BoothError, CurationError."""
    participation = _asked(participation)
    exhibitor = participation.exhibitor
    if exhibitor.state != CurationState.APPROVED:
        raise CurationError(gettext_lazy("Setujui dahulu peserta ini, lalu beri stan."))
    if hall.edition_id != participation.edition_id:
        raise BoothError(gettext_lazy("Aula ini bukan bagian dari pameran yang diminta."))
    booth = Booth.objects.filter(edition=participation.edition_id, exhibitor=exhibitor).first()
    booth = booth or open_booth(exhibitor, hall, number=number)
    _decide(participation, S.ACCEPTED, by, now, "")
    text = _("Ikut %(edition)s: stan %(number)s") % {"edition": participation.edition, "number": booth.number}
    entry = log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=text)
    context = {"participation": participation, "booth": booth}
    tell_people(exhibitor, "exhibitors/mail/participation", context, key=f"participation:{entry.pk}")
    return booth


@transaction.atomic
def decline_participation(
    participation: Participation, *, by, reason: str, now: dt.datetime | None = None
) -> Participation:
    """No place for it, with the reason that its owner reads."""
    participation = _asked(participation)
    if not reason.strip():
        raise CurationError(gettext_lazy("Tuliskan alasannya: pemiliknya akan membacanya."))
    _decide(participation, S.DECLINED, by, now, reason.strip())
    exhibitor = participation.exhibitor
    text = _("Tidak ikut %(edition)s. %(reason)s") % {"edition": participation.edition, "reason": reason.strip()}
    entry = log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=text)
    tell_people(
        exhibitor, "exhibitors/mail/participation", {"participation": participation}, key=f"participation:{entry.pk}"
    )
    return participation


def settle_participation(booth: Booth, *, by, now: dt.datetime | None = None) -> None:
    """A booth that was given otherwise answers the request for its edition, too."""
    asked = Participation.objects.filter(exhibitor=booth.exhibitor_id, edition=booth.edition_id, state=S.ASKED)
    asked.update(state=S.ACCEPTED, decided_at=now or timezone.now(), decided_by=by)


def _asked(participation: Participation) -> Participation:
    participation = locked(participation)
    if participation.state != S.ASKED:
        raise CurationError(gettext_lazy("Permintaan ini sudah diputuskan."))
    return participation


def _decide(participation: Participation, state: str, by, now: dt.datetime | None, reason: str) -> None:
    participation.state, participation.reason = state, reason
    participation.decided_at, participation.decided_by = now or timezone.now(), by
    participation.save(update_fields=["state", "reason", "decided_at", "decided_by"])
