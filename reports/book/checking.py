"""What the book says, held against what the tables hold now.

Whoever changes a row by hand, and even the line that tells of it, breaks the chain; whoever rewrites the whole chain is
found by a head that was published or printed before (``heads.py``).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from django.db import connection

from expo.models import Edition
from expo.pictures import private_storage
from journal.fingerprints import row_sql
from journal.models import Entry
from reports import canonical
from reports.book import holding, keeping, presence, salts, witness
from reports.book.digests import digest, digests_by
from reports.book.lines import (
    SEALED,
    SUPERSEDED,
    WITHDRAWN,
    Difference,
    content_of,
    hash_of,
    sealed,
    superseded,
    withdrawn,
)
from reports.canonical import CanonicalError
from reports.models import BookLine, Recap, RecapState, SignedFile
from reports.snapshot import Snapshot
from visits.domain.store import COUNTERS
from visits.models import BoothVisitHour, VisitHour
from visits.queries import wib_day

MODELS = {model._meta.db_table: model for model in keeping.GROWING}
OF_RECAPS = (SEALED, SUPERSEDED, WITHDRAWN)
ENTRIES = "entries"
SPAN = "edition_id = %(edition)s AND recorded_at >= %(start)s AND recorded_at < %(until)s"
CHUNK = 500


def lines(*kinds: str) -> Iterator[BookLine]:
    return BookLine.objects.filter(kind__in=kinds).order_by("position").iterator(chunk_size=CHUNK)


def broken_lines() -> Iterator[Difference]:
    """The first line that does not follow from the one before it: what comes after need not be read."""
    position, previous = 0, ""
    for line in BookLine.objects.order_by("position").iterator(chunk_size=CHUNK):
        place = f"book of seals, line {line.position}"
        if (line.position, line.previous_sha256) != (position + 1, previous):
            yield place, "the link to the line before it"
            return
        if hash_of(line) != line.sha256:
            yield place, "its hash"
            return
        position, previous = line.position, line.sha256


def gone() -> Iterator[Difference]:
    """Recaps that were sealed, and are there no more."""
    there = {str(pk) for pk in Recap.objects.values_list("pk", flat=True)}
    for line in lines(*OF_RECAPS):
        if line.key not in there:
            yield content_of(line)["number"], "it was sealed, and is there no more"


def of_recap(recap: Recap, said: dict[str, str]) -> Iterator[str]:
    """Its successor and its withdrawal, held against what was written down of it: content by kind."""
    wanted = told_of(recap)
    for kind, name in ((SEALED, "seal"), (SUPERSEDED, "successor"), (WITHDRAWN, "withdrawal")):
        if said.get(kind) != wanted.get(kind):
            yield f"its {name} and what the book says of it"
    if recap.state != standing(said):
        yield "its state and what the book says of it"


def standing(said: dict[str, str]) -> str:
    if WITHDRAWN in said:
        return RecapState.WITHDRAWN
    return RecapState.SUPERSEDED if SUPERSEDED in said else RecapState.CURRENT


def told_of(recap: Recap) -> dict[str, str]:
    """What should be written of a recap as its row is now, by kind."""
    facts = [sealed(recap)]
    if recap.superseded_by_id:
        facts.append(superseded(recap, by=recap.superseded_by_id))
    if recap.state == RecapState.WITHDRAWN or recap.withdrawn_by_id:
        facts.append(withdrawn(recap))
    return {fact.kind: canonical.dumps(fact.content).decode() for fact in facts}


def growing_rows() -> Iterator[Difference]:
    """Rows that were noted and are changed or gone."""
    noted: dict[tuple[str, tuple[str, ...]], dict[int, str]] = defaultdict(dict)
    for line in lines(keeping.ROW):
        said = content_of(line)
        noted[said["table"], tuple(said["columns"])][said["id"]] = said["sha256"]
    for (table, columns), hashes in noted.items():
        try:
            now = current_rows(table, columns)
        except (KeyError, ValueError) as error:
            yield table, f"its rows cannot be compared: {error}"
            continue
        for pk, sha256 in hashes.items():
            if now.get(pk) != sha256:
                yield f"{table} {pk}", "the row" if pk in now else "the row is gone"


def current_rows(table: str, columns: tuple[str, ...]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, encode({row_sql(MODELS[table], columns)}, 'hex') FROM {table}")  # noqa: S608
        return dict(cursor.fetchall())


def entries() -> Iterator[Difference]:
    """By recorded day: so they were noted before lines followed their keys (``keys.py``)."""
    for line in lines(ENTRIES):
        yield from of_entries(line)


def of_entries(line: BookLine) -> Iterator[Difference]:
    """The entries that a line tells of: as they were, and behind those of the edition's line before it."""
    said = content_of(line)
    edition, start, end = said["edition"], said["from"], said["until"]
    earlier = BookLine.objects.filter(kind=ENTRIES, key__startswith=f"{edition}:", position__lt=line.position)
    before = earlier.order_by("-position").first()
    if before and content_of(before)["until"] != start:
        yield slug(edition), f"the entries recorded before {start}: a line of the book is missing"
    rows, sha256 = digest(Entry, said["columns"], SPAN, {"edition": edition, "start": start, "until": end})
    if (rows, sha256) != (said["rows"], said["sha256"]):
        yield slug(edition), f"the entries recorded from {start} to {end} ({said['rows']} then, {rows} now)"


def visit_hours() -> Iterator[Difference]:
    for line in lines(keeping.HOURS):
        said = content_of(line)
        rows, sha256 = digest(VisitHour, said["columns"], keeping.PERIOD, said)
        if (rows, sha256) != (said["rows"], said["sha256"]):
            yield slug(said["edition"]), f"the hours of visits under the salt {said['period']}"


def booth_hours() -> Iterator[Difference]:
    """Of every booth that was noted, wherever it stands now, and of those that stand there and were not noted."""
    noted = [content_of(line) for line in lines(keeping.BOOTHS)]
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for said in noted:
        elsewhere[said["period"]] |= said["booths"].keys()
    for said in noted:
        where = {**said, "noted": [int(booth) for booth in said["booths"]]}
        now = digests_by("booth_id", BoothVisitHour, said["columns"], keeping.NOTED_BOOTHS, where)
        others = elsewhere[said["period"]] - said["booths"].keys()
        wanted = {int(booth): sha256 for booth, sha256 in said["booths"].items()}
        differing = sorted(
            booth for booth in {**wanted, **now} if wanted.get(booth) != now.get(booth) and str(booth) not in others
        )
        if differing:
            salt = said["period"] or "–"
            yield slug(said["edition"]), f"the hours of visits of booth {differing[0]} under the salt {salt}"


def fewer_visits(recap: Recap) -> Iterator[str]:
    """Under a salt that lives, hours may still grow by right: a log that is imported later, a store that was away. They
    never shrink, so fewer than were sealed were taken away by hand."""
    if recap.since:
        return
    try:
        sealed = Snapshot.from_json(recap.snapshot.encode()).visits
    except CanonicalError:  # told where figures are computed again
        return
    counted = VisitHour.objects.filter(edition__in=recap.editions.all(), hour__lt=sealed.until)
    hours = counted.order_by("hour").values_list("hour", *COUNTERS)
    wanted = Counter({name: getattr(sealed, name) for name in COUNTERS})
    for day in sealed.days:
        wanted[f"visits on {day.day}"], wanted[f"page_views on {day.day}"] = day.visits, day.page_views
    for hour, *numbers in hours:
        named = dict(zip(COUNTERS, numbers, strict=True))
        wanted.subtract(named)
        wanted.subtract({f"{name} on {wib_day(hour)}": named[name] for name in ("visits", "page_views")})
    if missing := [name for name in wanted if wanted[name] > 0]:
        yield f"fewer visits than were sealed ({missing[0]})"


def signed_files() -> Iterator[Difference]:
    """The bytes themselves lie outside the database."""
    for signed in SignedFile.objects.select_related("recap").defer("recap__figures", "recap__snapshot"):
        try:
            with private_storage().open(signed.path, "rb") as file:
                same = hashlib.sha256(file.read()).hexdigest() == signed.sha256
        except OSError:
            same = False
        if not same:
            yield signed.recap.number, f"the signed file {signed.path}"


def slug(edition: int) -> str:
    return Edition.objects.filter(pk=edition).values_list("slug", flat=True).first() or f"edition {edition}"


HEADS = "head"  # asks the store as well, which knows of lines that are newer than what a transaction sees
# What is held against the book, part by part.
PARTS: dict[str, Callable[[], Iterator[Difference]]] = {
    "lines": broken_lines,
    "gone": gone,
    "rows": growing_rows,
    HEADS: witness.heads_gone,
    "marks": holding.marks_and_lines,
    "present": presence.rows_gone,
    "salts": salts.changed,
    ENTRIES: entries,
    "visits": visit_hours,
    "booths": booth_hours,
    "files": signed_files,
}
