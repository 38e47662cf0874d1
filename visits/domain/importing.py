"""Counts the visits of access logs by the rules of live traffic, whatever the order of their lines.

Hits go to a temporary table, in batches, so that memory does not grow with the log; the database puts each visitor's
hits in order and finds where visits begin. All files of one call are counted together. A file that was counted before
adds nothing, and one that has grown since adds what is new.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import connection, transaction

from expo.models import Edition
from visits.domain import counting
from visits.domain.accesslog import Hit, LogError, LogFile, MalformedError, parse_line
from visits.domain.bots import is_bot
from visits.domain.counting import SESSION, Moments, address_hash, full_hour, visitor_hash
from visits.domain.pages import Page, Pages
from visits.domain.salts import hold_salt
from visits.domain.signed_in import Person, person_of, take_out
from visits.domain.sketches import sketch_each, sketch_of
from visits.domain.store import Bucket, add_bucket
from visits.models import FlushedBucket, ImportedLog, VisitHour

BATCH = 10_000
SECONDS = int(SESSION.total_seconds())
FIRST_MALFORMED = 5
UNREAD = frozenset({"/robots.txt", "/sitemap.xml", "/favicon.ico"})  # asked for by programs as well
TABLE = """
DROP TABLE IF EXISTS pg_temp.visits_hit;
CREATE TEMPORARY TABLE visits_hit
    (file int, visitor text, period text, at timestamptz, hour timestamptz, booth bigint, known boolean, origin text,
     page boolean, confirmed boolean) ON COMMIT DROP
"""
# Requests of one visit: its pages and whatever else was asked for. First among those that were counted before, then
# among all: what is confirmed only now has not been counted.
CONFIRM = """
WITH begun AS (
    SELECT ctid, visitor, at, at - lag(at) OVER seen >= make_interval(secs => %(session)s) IS NOT FALSE AS begins
    FROM visits_hit WHERE known OR %(all)s WINDOW seen AS (PARTITION BY visitor ORDER BY at, ctid)
), visits AS (
    SELECT ctid, visitor, sum(begins::int) OVER (PARTITION BY visitor ORDER BY at, ctid) AS visit FROM begun
), counted AS (
    SELECT ctid, count(*) OVER (PARTITION BY visitor, visit) >= %(confirmed)s AS enough FROM visits
)
UPDATE visits_hit SET confirmed = true, known = known AND (visits_hit.confirmed OR NOT %(all)s)
FROM counted WHERE counted.ctid = visits_hit.ctid AND enough
"""
UNCONFIRMED = "SELECT count(*) FROM visits_hit WHERE page AND NOT confirmed AND NOT known"
FORGET = "DELETE FROM visits_hit WHERE NOT page OR NOT confirmed"
# Addresses from which so many came within an hour that the rule about addresses may concern them; a visitor begins at
# most two visits an hour.
CROWDED = """
SELECT DISTINCT origin FROM (
    SELECT origin FROM visits_hit GROUP BY origin, date_trunc('hour', at, 'UTC')
    HAVING count(DISTINCT visitor) * 2 > %s
) AS hours
"""
HITS = "SELECT ctid::text, visitor, at, period, known FROM visits_hit WHERE origin = %s ORDER BY at, visitor"
BY_HOUR = """
SELECT period, hour, count(*),
    count(*) FILTER (WHERE before IS NULL OR at - before >= make_interval(secs => %(session)s))
FROM (SELECT *, lag(at) OVER (PARTITION BY visitor ORDER BY at) AS before FROM visits_hit) AS hits
WHERE NOT known GROUP BY 1, 2 ORDER BY 2, 1
"""
BY_BOOTH = """
SELECT period, hour, booth, count(*)
FROM (
    SELECT *, lag(at) OVER (PARTITION BY visitor, booth ORDER BY at) AS before FROM visits_hit WHERE booth IS NOT NULL
) AS hits
WHERE NOT known AND (before IS NULL OR at - before >= make_interval(secs => %(session)s)) GROUP BY 1, 2, 3
"""
VISITORS = """
SELECT DISTINCT visitor FROM visits_hit
WHERE NOT known AND period = %s AND hour = %s
"""
BOOTH_VISITORS = """
SELECT booth, array_agg(DISTINCT visitor) FROM visits_hit
WHERE NOT known AND booth IS NOT NULL AND period = %s AND hour = %s GROUP BY booth
"""


@dataclass
class Imported:
    """What an import read and counted. ``page_views`` of ``lines`` counted; the rest is told apart."""

    lines: int = 0
    page_views: int = 0
    visits: int = 0
    booth_visits: int = 0
    bots: int = 0
    staff: int = 0
    unconfirmed: int = 0
    outside: int = 0
    other: int = 0
    malformed: int = 0
    known: int = 0
    first_malformed: list[dict] = field(default_factory=list)

    def to_dict(self) -> dict:
        return asdict(self)


class LogImport:
    def __init__(self, edition: Edition, *, add: bool = False):
        self.edition = edition
        self.adds_to_live = add
        # What was there before the first log came, was counted live, whether its flushing is known or not.
        self.is_first = not ImportedLog.objects.filter(edition=edition).exists()
        self.moments = Moments.of(edition)
        self.pages = Pages(edition)
        self.salts: dict[dt.datetime, tuple[str, bytes]] = {}
        self.result = Imported()
        self.apart: Counter[tuple[str, str, dt.datetime]] = Counter()  # bots and staff, by period and hour
        self.rows: list[tuple] = []
        self.noted: set[tuple[str, dt.datetime]] = set()
        self.signed_in: set[Person] = set()

    @transaction.atomic
    def run(self, paths: Sequence[Path]) -> Imported:
        """Count all files together, all or nothing."""
        # One import of an edition at a time; whoever sells meanwhile only refers to the edition and need not wait.
        Edition.objects.select_for_update(no_key=True).get(pk=self.edition.pk)
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
        for number, path in enumerate(paths):
            self.read(number, path)
        self.leave_out_signed_in()
        self.leave_out_unconfirmed()
        self.leave_out_crowds()
        self.store()
        return self.result

    def read(self, number: int, path: Path) -> None:
        seen = set(ImportedLog.objects.filter(edition=self.edition).values_list("size", "sha256"))
        sizes = {size for size, _sha256 in seen}
        file, before = LogFile(path), (self.result, self.apart)
        self.result, self.apart = Imported(), Counter()
        for place, line in enumerate(file.lines(), 1):
            self.take(number, path, place, line)
            if file.size in sizes and (file.size, file.sha256) in seen:
                self.forget(number)
            if len(self.rows) >= BATCH:
                self.copy()
        self.copy()
        ImportedLog.objects.get_or_create(
            edition=self.edition,
            sha256=file.sha256,
            defaults={"size": file.size, "lines": self.result.lines, "malformed": self.result.malformed},
        )
        self.add_up(*before)

    def take(self, number: int, path: Path, place: int, line: bytes) -> None:
        self.result.lines += 1
        try:
            hit = parse_line(line.decode("utf-8", "replace").rstrip("\r\n"))
        except MalformedError as error:
            self.result.malformed += 1
            if len(self.result.first_malformed) < FIRST_MALFORMED:
                self.result.first_malformed.append({"file": path.name, "line": place, "reason": str(error)})
            return
        page = self.pages.find(hit.target) if is_shown(hit) else None
        if page is None:
            self.result.other += 1
            if is_shown(hit):
                self.note(number, hit)
        elif not self.moments.contains(hit.moment):
            self.result.outside += 1
        else:
            self.count(number, hit, page)

    def count(self, number: int, hit: Hit, page: Page) -> None:
        hour = self.moments.part_at(hit.moment)
        period, secret = self.salt(full_hour(hit.moment))
        kind = "bots" if is_bot(hit.browser, hit.method) else "staff" if hit.user else ""
        if kind:
            self.apart[kind, period, hour] += 1
            setattr(self.result, kind, getattr(self.result, kind) + 1)
            return
        visitor = visitor_hash(secret, hit.address, hit.browser)
        origin = address_hash(secret, hit.address)
        self.rows.append((number, visitor, period, hit.moment, hour, page.booth_id, False, origin, True, False))

    def note(self, number: int, hit: Hit) -> None:
        """What a page consists of is no view of it, but tells of a reader; once a minute is enough."""
        if not self.moments.contains(hit.moment) or hit.user or is_bot(hit.browser, hit.method):
            return
        if hit.target.partition("?")[0] in UNREAD:
            return
        period, secret = self.salt(full_hour(hit.moment))
        visitor = visitor_hash(secret, hit.address, hit.browser)
        if person := person_of(hit, visitor):
            self.signed_in.add(person)
        minute = (visitor, hit.moment.replace(second=0))
        if minute not in self.noted:
            self.noted.add(minute)
            self.rows.append((number, visitor, period, hit.moment, None, None, False, "", False, False))

    def salt(self, hour: dt.datetime) -> tuple[str, bytes]:
        """The name and the secret of the period in which the hour lies: a day never has two."""
        if hour not in self.salts:
            salt = hold_salt(self.edition.pk, self.moments.period_at(hour))
            self.salts[hour] = (salt.period, bytes(salt.secret or b""))
        return self.salts[hour]

    def forget(self, number: int) -> None:
        """What was read of this file so far has been counted before; it only tells where visits go on."""
        self.copy()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE visits_hit SET known = true WHERE file = %s", [number])
        known = self.result.lines
        self.result, self.apart = Imported(lines=known, known=known), Counter()

    def copy(self) -> None:
        with connection.cursor() as cursor, cursor.copy("COPY visits_hit FROM STDIN") as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows, self.noted = [], set()

    def add_up(self, result: Imported, apart: Counter) -> None:
        """Join what this file gave to what the files before it gave."""
        for name, value in vars(self.result).items():
            setattr(result, name, (getattr(result, name) + value))
        result.first_malformed = result.first_malformed[:FIRST_MALFORMED]
        self.result, self.apart = result, apart + self.apart

    def leave_out_signed_in(self) -> None:
        for period, hour, pages in take_out(self.signed_in):
            self.apart["staff", period, hour] += pages
            self.result.staff += pages

    def leave_out_unconfirmed(self) -> None:
        """Pages that nothing followed within a visit: whoever asked for them has not been seen to read."""
        with connection.cursor() as cursor:
            for everything in (False, True):
                wanted = {"session": SECONDS, "confirmed": counting.CONFIRMED, "all": everything}
                cursor.execute(CONFIRM, wanted)
            cursor.execute(UNCONFIRMED)
            (self.result.unconfirmed,) = cursor.fetchone()
            cursor.execute(FORGET)

    def leave_out_crowds(self) -> None:
        """What one address begins beyond the most visits of an hour counts as bots."""
        with connection.cursor() as cursor:
            cursor.execute(CROWDED, [counting.MOST_OF_AN_ADDRESS])
            for (origin,) in cursor.fetchall():
                cursor.execute(HITS, [origin])
                left_out = list(beyond_the_most(cursor.fetchall()))
                cursor.execute("DELETE FROM visits_hit WHERE ctid = ANY(%s::tid[])", [[hit[0] for hit in left_out]])
                for _place, _visitor, at, period, known in left_out:
                    if not known:
                        self.apart["bots", period, self.moments.part_at(at)] += 1
                        self.result.bots += 1

    def store(self) -> None:
        buckets: dict[tuple[str, dt.datetime], Bucket] = {}

        def bucket(period: str, hour: dt.datetime) -> Bucket:
            return buckets.setdefault((period, hour), Bucket(self.edition.pk, period, hour))

        with connection.cursor() as cursor:
            cursor.execute(BY_HOUR, {"session": SECONDS})
            for period, hour, page_views, visits in cursor.fetchall():
                found = bucket(period, hour)
                found.page_views, found.visits = page_views, visits
            cursor.execute(BY_BOOTH, {"session": SECONDS})
            for period, hour, booth, visits in cursor.fetchall():
                bucket(period, hour).booths[booth] = visits
        for (kind, period, hour), number in self.apart.items():
            setattr(bucket(period, hour), kind, number)
        if not self.adds_to_live:
            self.refuse_what_was_live([found for found in buckets.values() if found.page_views])
        for found in sorted(buckets.values(), key=lambda found: (found.hour, found.period)):
            self.store_bucket(found)

    def refuse_what_was_live(self, buckets: list[Bucket]) -> None:
        hours = {f"{found.period}@{int(found.hour.timestamp())}": found.hour for found in buckets}
        if not self.is_first:
            flushed = FlushedBucket.objects.filter(edition=self.edition, bucket__in=hours)
            hours = {name: hours[name] for name in flushed.values_list("bucket", flat=True)}
        live = VisitHour.objects.filter(edition=self.edition, hour__in=hours.values(), page_views__gt=0).order_by(
            "hour"
        )
        if first := live.first():
            raise LogError(
                f"Hours of this log that were counted live already: {live.count()}, the first at"
                f" {first.hour.astimezone(counting.WIB):%Y-%m-%d %H:%M} WIB. If it tells of other visitors (another"
                " server, the time before the site counted), give --add to add them."
            )

    def store_bucket(self, bucket: Bucket) -> None:
        bucket.booth_visits = sum(bucket.booths.values())
        if bucket.page_views:
            bucket.sketch = sketch_of(self.visitors(bucket))
            bucket.booth_sketches = sketch_each(self.booth_visitors(bucket))
        add_bucket(bucket)
        for name in ("page_views", "visits", "booth_visits"):
            setattr(self.result, name, getattr(self.result, name) + getattr(bucket, name))

    def booth_visitors(self, bucket: Bucket) -> dict[int, list[str]]:
        with connection.cursor() as cursor:
            cursor.execute(BOOTH_VISITORS, [bucket.period, bucket.hour])
            return dict(cursor.fetchall())

    def visitors(self, bucket: Bucket) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(VISITORS, [bucket.period, bucket.hour])
            while rows := cursor.fetchmany(2000):
                yield from (visitor for (visitor,) in rows)


def beyond_the_most(hits: Sequence[tuple]) -> Iterator[tuple]:
    """The hits of one address, in their order, that live traffic would have refused to count."""
    seen: dict[str, dt.datetime] = {}
    begun: Counter[dt.datetime] = Counter()
    for hit in hits:
        _place, visitor, at, *_rest = hit
        if visitor not in seen or at - seen[visitor] >= SESSION:
            begun[full_hour(at)] += 1
            if begun[full_hour(at)] > counting.MOST_OF_AN_ADDRESS:
                yield hit
                continue
        seen[visitor] = at


def is_shown(hit: Hit) -> bool:
    """Whether the request was for a page and got one (or was told that its copy is good)."""
    return hit.method in ("GET", "HEAD") and (200 <= hit.status < 300 or hit.status == 304)


def import_logs(edition: Edition, paths: Sequence[Path], *, add: bool = False) -> Imported:
    """Count the visits of access logs for ``edition``. LogError when a file cannot be read, and, unless ``add``, when
    they are of hours that were counted live: then nothing changed."""
    return LogImport(edition, add=add).run(paths)
