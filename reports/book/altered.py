"""What is not as it was written: rows whose fingerprint is not that of their content, and entries that a line of the
book knows otherwise; each with what it takes to tell which recaps count it.

A walk looks at all of it in steps and keeps what it found (``AlteredRow``); so does whoever notes new entries or is
about to mail a recap. ``verify_recaps`` looks at everything and keeps nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction

from journal.fingerprints import Fingerprinted, altered_sql
from journal.models import Entry
from reports.book import keys
from reports.book.digests import next_key
from reports.models import AlteredRow, Recap
from visits.models import BoothVisitHour, GateCount, VisitHour

ROWS_OF_A_STEP = 100_000
MOST_NAMED = 20
MOST_TOLD = 2  # of a recap


class Source(NamedTuple):
    """Rows with fingerprints. ``edition``, ``recorded`` and ``occurred`` are SQL: what recaps count a row by."""

    model: type[Fingerprinted]
    name: str
    edition: str
    recorded: str
    occurred: str


NEVER = "NULL::timestamptz"
OF_BOOTH = "(SELECT edition_id FROM exhibitors_booth WHERE exhibitors_booth.id = booth_id)"
SOURCES = {
    "written-entries": Source(Entry, "journal entry", "edition_id", "recorded_at", "occurred_at"),
    "written-hours": Source(VisitHour, "hour of visits", "edition_id", NEVER, "hour"),
    "written-booths": Source(BoothVisitHour, "hour of visits of a booth", OF_BOOTH, NEVER, "hour"),
    "written-gates": Source(GateCount, "gate count", "edition_id", NEVER, "day::timestamp AT TIME ZONE 'Asia/Jakarta'"),
}


class Look(NamedTuple):
    """One step of a part: its name, how far it comes, and what it finds there."""

    name: str
    reached: int
    find: Callable[[], list[AlteredRow]]


def next_look(part: str, reached: int) -> Look | None:
    """The step behind ``reached``; None where the part is over."""
    if part == keys.KEYS:
        lines = keys.next_lines(reached)
        if not lines:
            return None
        return Look(f"book of seals, line {lines[0].position}", lines[-1].position, partial(keys.differing, lines))
    source = SOURCES[part]
    upto = next_key(source.model, reached, ROWS_OF_A_STEP)
    if upto is None:
        return None
    return Look(f"{source.name} {reached + 1} to {upto}", upto, partial(rows, part, reached, upto))


def everything() -> Iterator[AlteredRow]:
    """All that is altered now, whatever was kept of it."""
    for part in PARTS:
        reached = 0
        while look := next_look(part, reached):
            yield from look.find()
            reached = look.reached


def rows(part: str, after: int, upto: int) -> list[AlteredRow]:
    return found(part, "id > %(after)s AND id <= %(upto)s", {"after": after, "upto": upto})


def found(part: str, where: str, values: dict[str, Any]) -> list[AlteredRow]:
    """Rows that ``where`` (SQL of our own) picks and whose fingerprint is not theirs: some by name, the rest as one."""
    source = SOURCES[part]
    sql = f"""
        SELECT id, {source.edition}, {source.recorded}, {source.occurred} FROM {source.model._meta.db_table}
        WHERE {where} AND {altered_sql(source.model)} ORDER BY id
    """  # noqa: S608 (names of our own models alone)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        altered = cursor.fetchall()
    return [*named(part, altered[:MOST_NAMED]), *the_rest(part, altered[MOST_NAMED:])]


def named(part: str, altered: Sequence[tuple]) -> Iterator[AlteredRow]:
    for pk, edition, recorded, occurred in altered:
        yield AlteredRow(
            part=part,
            place=pk,
            edition=edition or 0,
            name=f"{SOURCES[part].name} {pk}",
            what="its fingerprint",
            recorded_from=recorded,
            occurred_from=min(occurred, recorded or occurred),
            occurred_until=occurred,
        )


def the_rest(part: str, altered: Sequence[tuple]) -> Iterator[AlteredRow]:
    for edition in sorted({edition or 0 for _pk, edition, *_moments in altered}):
        alike = list(named(part, [row for row in altered if (row[1] or 0) == edition]))
        yield AlteredRow(
            part=part,
            place=alike[0].place,
            edition=edition,
            name=f"{SOURCES[part].name} {alike[0].place} to {alike[-1].place}",
            what=f"the fingerprints of {len(alike)} rows",
            recorded_from=min((row.recorded_from for row in alike if row.recorded_from), default=None),
            occurred_from=min(row.occurred_from for row in alike),
            occurred_until=max(row.occurred_until for row in alike),
        )


@transaction.atomic
def keep(altered: Sequence[AlteredRow], *, part: str, after: int, upto: int) -> None:
    """Keep what was found of a part between these places, and nothing else of it; since when it is known stays."""
    there = {(one.place, one.edition) for one in altered}
    for one in AlteredRow.objects.filter(part=part, place__gt=after, place__lte=upto):
        if (one.place, one.edition) not in there:
            one.delete()
    add(altered)


def add(altered: Sequence[AlteredRow]) -> None:
    key, kept = ["part", "place", "edition"], ["name", "what", "recorded_from", "occurred_from", "occurred_until"]
    AlteredRow.objects.bulk_create(altered, update_conflicts=True, unique_fields=key, update_fields=kept)


def forget_behind(part: str, reached: int) -> None:
    """Where a part ends: what was kept of rows that are there no more."""
    AlteredRow.objects.filter(part=part, place__gt=reached).delete()


def look_behind(recap: Recap) -> None:
    """Look at what a recap is the first to count, and keep what is altered. What older entries come to is counted again
    beside it, and every walk looks at all of them."""
    before = Recap.objects.filter(scope=recap.scope, recorded_cutoff__lt=recap.recorded_cutoff, pk__lt=recap.pk)
    last = before.order_by("-recorded_cutoff").first()
    values = {
        "editions": list(recap.editions.values_list("pk", flat=True)),
        "start": last.recorded_cutoff if last else None,
        "recorded": recap.recorded_cutoff,
        "occurred": recap.occurred_cutoff,
    }
    since = "(%(start)s::timestamptz IS NULL OR {} >= %(start)s)"
    for part, source in SOURCES.items():
        where = f"{source.edition} = ANY(%(editions)s) AND {source.occurred} < %(occurred)s"
        if part == "written-entries":
            where += f" AND recorded_at < %(recorded)s AND {since.format('recorded_at')}"
        elif part == "written-booths":
            where += f" AND {since.format('hour')}"
        add(found(part, where, values))


def behind(recap: Recap, altered: Iterable[AlteredRow]) -> list[str]:
    """What of it this recap counts, by its editions and cut-offs: the first few."""
    editions = set(recap.editions.values_list("pk", flat=True))
    counted = (one for one in altered if one.edition in editions and one.is_counted_by(recap))
    return [f"what it counts ({one.name}: {one.what})" for one in islice(counted, MOST_TOLD)]


PARTS = (*SOURCES, keys.KEYS)
