"""Sealing: figures become a document with a number, a hash and a code that never change again.

First the journal is closed up to the recorded cut-off (journal/barrier.py). Then one REPEATABLE READ transaction,
one sealer at a time, computes, numbers, chains and writes. A sealer that is killed leaves nothing or everything,
and whoever seals the same cut-offs again gets the recap that is there.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from redis import RedisError

from expo.models import Edition
from journal.barrier import close_journal
from journal.totals import AsOf
from reports import chain
from reports import figures as f
from reports.codes import code_from_hash
from reports.compute import compute
from reports.consistent import consistent_reading, lock_chain
from reports.dispatch import call_off, tell_of_withdrawal
from reports.errors import NotWantedError, RecapError
from reports.models import Recap, RecapEvent, RecapState
from reports.snapshot import capture
from reports.sums import UnbalancedError, check_sums
from visits.domain.flush import flush_visits
from visits.domain.salts import destroy_salts


def seal(
    editions: Iterable[Edition],
    *,
    occurred_cutoff: dt.datetime,
    recorded_cutoff: dt.datetime | None = None,
    since: dt.datetime | None = None,
    by=None,
    scheduled: bool = False,
    reason: str = "",
    wanted: Callable[[], bool] | None = None,
) -> Recap:
    """Seal the recap of these editions at these cut-offs, or return the one that is sealed already.

    The recorded cut-off defaults to the occurred one. A later recorded cut-off makes a revision that supersedes; who
    makes one by hand says why. With a ``since`` it is a recap of the period from then on, numbered apart
    (UVO-II/2020/P0001).
    ``wanted`` is asked once nobody else can seal or cancel: NotWantedError if it says no.
    DomainError for a cut-off that is yet to come, one behind an existing revision, or figures that do not add up.
    """
    editions = ordered(editions)
    asof = AsOf(
        editions=tuple(edition.pk for edition in editions),
        occurred=occurred_cutoff,
        recorded=recorded_cutoff or occurred_cutoff,
        since=since,
    )
    if since and since >= occurred_cutoff:
        raise RecapError(_("Awal masa harus lebih dahulu daripada batas waktunya."))
    if existing := find(editions, asof):
        return existing
    # What occurred before the cut-off is known only once it has passed, too.
    close_journal(asof.editions, asof.recorded)
    if asof.occurred > timezone.now():
        raise RecapError(_("Batas waktu belum lewat; rekap baru dapat disegel sesudahnya."))
    _collect_visits(asof)
    with consistent_reading():
        lock_chain()
        if wanted and not wanted():
            raise NotWantedError(_("Batas waktu ini sudah dibatalkan."))
        recap = find(editions, asof) or _seal(editions, asof, by=by, scheduled=scheduled, reason=reason)
    # Of its own: inside, a mail that a sender takes meanwhile would undo the seal. Every tick does it again.
    call_off()
    return recap


def _collect_visits(asof: AsOf) -> None:
    """What was counted up to now still lies in the store; after the seal nothing can be added to its visits."""
    try:
        flush_visits(asof.editions)
    except RedisError as error:
        raise RecapError(_("Hitungan kunjungan belum dapat diambil. Coba lagi sebentar lagi.")) from error


@transaction.atomic
def withdraw(recap: Recap, *, by, reason: str) -> Recap:
    """Say that a recap must not be used any more, and why. It stays where it is; whoever was sent it is told."""
    if not reason.strip():
        raise RecapError(_("Tulis alasan penarikan."))
    recap = Recap.objects.select_for_update().get(pk=recap.pk)
    if recap.state == RecapState.WITHDRAWN:
        raise RecapError(_("Rekap %(number)s sudah ditarik.") % {"number": recap.number})
    recap.state = RecapState.WITHDRAWN
    recap.withdrawal_reason = reason.strip()[:250]
    recap.withdrawn_at = timezone.now()
    recap.withdrawn_by = by
    recap.save(update_fields=["state", "withdrawal_reason", "withdrawn_at", "withdrawn_by"])
    tell_of_withdrawal(recap)
    return recap


def ordered(editions: Iterable[Edition]) -> list[Edition]:
    """Each edition once, in the order in which scopes and numbers name them."""
    unique = {edition.pk: edition for edition in editions}
    if not unique:
        raise RecapError(_("Pilih paling sedikit satu pameran."))
    return sorted(unique.values(), key=lambda edition: edition.slug)


def find(editions: list[Edition], asof: AsOf) -> Recap | None:
    """The recap that is sealed at these very cut-offs."""
    scope = _scope(editions, asof)
    return Recap.objects.filter(scope=scope, occurred_cutoff=asof.occurred, recorded_cutoff=asof.recorded).first()


def before(editions: list[Edition], asof: AsOf) -> Recap | None:
    """What the bridge starts from: the revision before this one, else the last recap of an earlier cut-off."""
    scope = Recap.objects.filter(scope=_scope(editions, asof), recorded_cutoff__lte=asof.recorded)
    same = scope.filter(occurred_cutoff=asof.occurred, recorded_cutoff__lt=asof.recorded)
    earlier = scope.filter(occurred_cutoff__lt=asof.occurred, state=RecapState.CURRENT)
    return same.order_by("-revision").first() or earlier.order_by("-occurred_cutoff").first()


def _scope(editions: list[Edition], asof: AsOf) -> str:
    return chain.scope_of([edition.slug for edition in editions], asof.since)


def previous_of(recap: Recap | None) -> f.Previous | None:
    if recap is None:
        return None
    sealed = f.Figures.from_json(recap.figures.encode())
    return f.Previous(
        number=recap.number,
        occurred=recap.occurred_cutoff,
        recorded=recap.recorded_cutoff,
        total=sealed.realised.total,
    )


def _seal(editions: list[Edition], asof: AsOf, *, by, scheduled: bool, reason: str) -> Recap:
    snapshot = capture(editions, asof)
    figures = compute(asof, snapshot=snapshot, previous=previous_of(before(editions, asof)))
    try:
        check_sums(figures)
    except UnbalancedError as error:
        raise RecapError(
            _("Rekap tidak disegel: tabel %(table)s tidak sama dengan jumlahnya (%(error)s).")
            % {"table": error.table, "error": error}
        ) from error
    recap = _draft(editions, asof, figures, snapshot.to_json().decode())
    revised = _revised(recap)
    if revised and by and not reason.strip():
        raise RecapError(_("Rekap %(number)s akan direvisi: tulis alasannya.") % {"number": revised.number})
    recap.sequence = revised.sequence if revised else _next_sequence(recap)
    recap.revision = revised.revision + 1 if revised else 0
    codes = [edition.code for edition in editions]
    recap.number = chain.number_of(codes, recap.year, recap.sequence, recap.revision, period=recap.since is not None)
    recap.sealed_by, recap.sealed_by_name = by, str(by) if by else ""
    recap.scheduled = scheduled
    _link(recap)
    if revised and revised.state == RecapState.CURRENT:
        Recap.objects.filter(pk=revised.pk).update(state=RecapState.SUPERSEDED)
    recap.save(force_insert=True)
    recap.editions.set(editions)
    if revised:
        Recap.objects.filter(pk=revised.pk).update(superseded_by=recap)
        RecapEvent.objects.create(recap=recap, what=RecapEvent.What.REVISED, reason=reason.strip()[:250], by=by)
    for edition in editions if asof.since is None else ():
        # What this recap was the last to count can be counted no more: nobody is recognised again.
        destroy_salts(edition, asof.occurred)
    return recap


def _draft(editions: list[Edition], asof: AsOf, figures: f.Figures, snapshot: str) -> Recap:
    first = editions[0]
    data = figures.to_json()
    return Recap(
        scope=_scope(editions, asof),
        since=asof.since,
        year=chain.year_of(asof.occurred),
        occurred_cutoff=asof.occurred,
        recorded_cutoff=asof.recorded,
        rules=figures.rules,
        entries=figures.entries,
        figures=data.decode(),
        snapshot=snapshot,
        sha256=chain.sha256(data),
        signatory_name=first.signatory_name,
        signatory_title=first.signatory_title,
        signatory_nip=first.signatory_nip,
        city=first.city,
        sealed_at=timezone.now(),
    )


def _revised(recap: Recap) -> Recap | None:
    """The revision that this recap will supersede; RecapError when that one already knows more."""
    same = Recap.objects.filter(scope=recap.scope, occurred_cutoff=recap.occurred_cutoff)
    last = same.order_by("-revision").first()
    if last and last.recorded_cutoff > recap.recorded_cutoff:
        raise RecapError(_("Rekap %(number)s sudah memuat catatan yang lebih baru.") % {"number": last.number})
    return last


def _next_sequence(recap: Recap) -> int:
    """Periods of the same editions are numbered together, whenever they begin: their numbers must differ."""
    editions, at, _since = recap.scope.partition("@")
    series = Q(scope__startswith=editions + at) if at else Q(scope=editions)
    last = Recap.objects.filter(series, year=recap.year).order_by("-sequence").first()
    return last.sequence + 1 if last else 1


def _link(recap: Recap) -> None:
    """Chain to the recap sealed last. The moment of sealing moves on until hash and code are new."""
    recap.previous = Recap.objects.order_by("-pk").first()
    recap.previous_sha256 = recap.previous.chain_sha256 if recap.previous else ""
    while True:
        recap.chain_sha256 = chain.chain_sha256(recap)
        recap.code = code_from_hash(recap.chain_sha256)
        if not Recap.objects.filter(code=recap.code).exists():
            return
        recap.sealed_at += dt.timedelta(microseconds=1)
