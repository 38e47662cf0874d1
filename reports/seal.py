"""Sealing: figures become a document with a number, a hash and a code that never change again.

First the journal is closed up to the recorded cut-off (journal/barrier.py). Then one REPEATABLE READ transaction,
one sealer at a time, computes, numbers, chains and writes. A sealer that is killed leaves nothing or everything,
and whoever seals the same cut-offs again gets the recap that is there.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from redis import RedisError

from expo.models import Edition
from journal.barrier import close_journal
from journal.totals import AsOf
from reports import chain
from reports import figures as f
from reports.attempts import attempt
from reports.book import lines as book
from reports.book.keeping import keep_up
from reports.codes import code_from_hash
from reports.compute import compute
from reports.consistent import consistent_reading, lock_chain
from reports.dispatch import call_off, tell_of_withdrawal
from reports.doubts import raise_doubts
from reports.errors import NotWantedError, RecapError
from reports.models import Recap, RecapEvent, RecapState
from reports.series import before, find, next_sequence, ordered, previous_of, revised_by, scope
from reports.snapshot import capture
from reports.sums import UnbalancedError, check_sums
from visits.domain.flush import flush_visits
from visits.domain.salts import destroy_salts

PATIENCE_MS = 5000


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
    DomainError for a cut-off that is yet to come, one behind an existing revision, or figures that do not add up. What
    is ``scheduled`` comes again with the next tick: BusyError rather than waiting for a sealer that takes long.
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
    _close(asof)
    with consistent_reading():
        lock_chain(patience_ms=PATIENCE_MS if scheduled else 0)
        if wanted and not wanted():
            raise NotWantedError(_("Batas waktu ini sudah dibatalkan."))
        recap = find(editions, asof) or _seal(editions, asof, by=by, scheduled=scheduled, reason=reason)
    # Of their own: inside, a mail that a sender takes meanwhile would undo the seal. Every tick does them again.
    attempt(call_off)
    # What the seal rests on can change no more. At length where much was imported.
    attempt(partial(keep_up, seconds=1, walk=False))
    # It is there at its time all the same; but nobody quotes it, and no mail leaves, before somebody has looked.
    attempt(raise_doubts)
    return recap


def _close(asof: AsOf) -> None:
    """Nothing more can come before the cut-offs: neither to the journal nor to what was counted of visits so far."""
    close_journal(asof.editions, asof.recorded)
    # What occurred before the cut-off is known only once it has passed, too.
    if asof.occurred > timezone.now():
        raise RecapError(_("Batas waktu belum lewat; rekap baru dapat disegel sesudahnya."))
    # It still lies in the store; after the seal nothing can be added to its visits.
    try:
        flush_visits(asof.editions)
    except RedisError as error:
        raise RecapError(_("Hitungan kunjungan belum dapat diambil. Coba lagi sebentar lagi.")) from error


@transaction.atomic
def withdraw(recap: Recap, *, by, reason: str) -> Recap:
    """Say that a recap must not be used any more, and why. It stays where it is; whoever was sent it is told."""
    if not reason.strip():
        raise RecapError(_("Tulis alasan penarikan."))
    lock_chain()
    recap = Recap.objects.select_for_update().get(pk=recap.pk)
    if recap.state == RecapState.WITHDRAWN:
        raise RecapError(_("Rekap %(number)s sudah ditarik.") % {"number": recap.number})
    recap.state = RecapState.WITHDRAWN
    recap.withdrawal_reason = reason.strip()[:250]
    recap.withdrawn_at = timezone.now()
    recap.withdrawn_by = by
    recap.save(update_fields=["state", "withdrawal_reason", "withdrawn_at", "withdrawn_by"])
    book.write([book.withdrawn(recap)])
    tell_of_withdrawal(recap)
    return recap


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
    revised = revised_by(recap)
    if revised and by and not reason.strip():
        raise RecapError(_("Rekap %(number)s akan direvisi: tulis alasannya.") % {"number": revised.number})
    recap.sequence = revised.sequence if revised else next_sequence(recap)
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
    facts = [book.sealed(recap)]
    if revised:
        Recap.objects.filter(pk=revised.pk).update(superseded_by=recap)
        facts.append(book.superseded(revised, by=recap.pk))
        RecapEvent.objects.create(recap=recap, what=RecapEvent.What.REVISED, reason=reason.strip()[:250], by=by)
    book.write(facts)
    for edition in editions if asof.since is None else ():
        # What this recap was the last to count can be counted no more: nobody is recognised again.
        destroy_salts(edition, asof.occurred)
    return recap


def _draft(editions: list[Edition], asof: AsOf, figures: f.Figures, snapshot: str) -> Recap:
    first = editions[0]
    data = figures.to_json()
    return Recap(
        scope=scope(editions, asof),
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
