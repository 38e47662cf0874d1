"""Noting rows that can change no more: after every seal, and with every tick what was left over.

- entries, by key, as far as nothing can come between any more (``keys.py``);
- hours of visits, by edition and salt, once the salt is destroyed: nothing can be added under it;
- rows of tables that only grow, one by one.
"""

import time
from collections.abc import Iterator
from itertools import takewhile
from operator import itemgetter

from django.db import connection
from django.db.models import Max, Model
from django.utils import timezone

from journal.fingerprints import row_sql
from journal.models import EntryDocument
from reports.book import altered, presence, salts, witness
from reports.book.digests import columns_of, digest, digests_by
from reports.book.keys import KEYS, note_entries, noted_key
from reports.book.lines import Fact, write
from reports.book.marks import SETTLED, lower_marks, marks, raise_mark, walk_is_due, walked
from reports.errors import BusyError
from reports.models import (
    BookLine,
    Delivery,
    Dispatch,
    IssuedFile,
    RecapEvent,
    SealCheck,
    SignedFile,
)
from visits.models import BoothVisitHour, GateCount, ImportedLog, Salt, VisitHour

HOURS, BOOTHS, ROW = "visit-hours", "booth-hours", "row"
GROWING: tuple[type[Model], ...] = (
    Dispatch,
    Delivery,
    IssuedFile,
    SignedFile,
    RecapEvent,
    SealCheck,
    GateCount,
    ImportedLog,
    EntryDocument,
)
SECONDS_PER_TICK = 20
MOST_ROWS = 5000  # of a table in one go
PERIOD = "edition_id = %(edition)s AND period = %(period)s"
BOOTH_PERIOD = "period = %(period)s AND booth_id IN (SELECT id FROM exhibitors_booth WHERE edition_id = %(edition)s)"
NOTED_BOOTHS = f"(({BOOTH_PERIOD}) OR (period = %(period)s AND booth_id = ANY(%(noted)s)))"


def keep_up(*, seconds: float = SECONDS_PER_TICK, walk: bool = True) -> int:
    """Note what is final and not noted yet; the number of lines. May run any number of times at once.

    Reads what came since the last time, and everything once a day; without ``walk`` it leaves that to others. What
    somebody holds up who seals at length is left to the next tick."""
    try:
        return _keep_up(seconds, walk=walk)
    except BusyError:
        return 0


def _keep_up(seconds: float, *, walk: bool) -> int:
    deadline, started, known = time.monotonic() + seconds, timezone.now(), marks()
    whole = walk and walk_is_due(known)
    written = 0
    for model in GROWING:
        written += note_rows(model, None if whole else known.get(model._meta.db_table, 0))
    written += write(list(frozen_hours(whole=whole)))
    written += write(list(salts.new())) + presence.note(all_rows=whole or not walk)
    new, after, upto = note_entries(deadline)
    # A line is of what stands there: whoever changed it before leaves another fingerprint. The walk looks at more.
    if 0 < upto - after <= altered.ROWS_OF_A_STEP and (found := altered.rows("written-entries", after, upto)):
        altered.add(found)
    if whole:
        lower_marks(greatest_marks())
        walked(started)
    witness.remember()
    return written + new


def greatest_marks() -> dict[str, int]:
    """How far each mark may reach: rows by their keys, entries by that up to which there are lines."""
    limits = {model._meta.db_table: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in GROWING}
    return limits | {KEYS: noted_key()}


def note_rows(model: type[Model], after: int | None) -> int:
    """Note the rows with a key above ``after``, or all that are not noted yet."""
    table, columns = model._meta.db_table, columns_of(model)
    new = f"NOT EXISTS (SELECT FROM reports_bookline WHERE kind = %(row)s AND key = %(table)s || {table}.id)"
    sql = f"""
        SELECT id, encode({row_sql(model, columns)}, 'hex'), {SETTLED} FROM {table}
        WHERE {new if after is None else "id > %(after)s"} ORDER BY id LIMIT {MOST_ROWS}
    """  # noqa: S608 (names of our own models alone)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"row": ROW, "table": f"{table}:", "after": after})
        rows = cursor.fetchall()
    written = write(
        [
            Fact(ROW, f"{table}:{pk}", {"table": table, "id": pk, "columns": columns, "sha256": sha256})
            for pk, sha256, _settled in rows
        ]
    )
    settled = [pk for pk, _sha256, _settled in takewhile(itemgetter(2), rows)]
    if settled and after is not None:
        raise_mark(table, settled[-1])
    return written


def frozen_hours(*, whole: bool = True) -> Iterator[Fact]:
    """Once a salt is destroyed nobody is counted under it. So are hours of booths from before they named theirs."""
    known = set(BookLine.objects.filter(kind__in=(HOURS, BOOTHS)).values_list("kind", "key"))
    over = list(Salt.objects.filter(secret__isnull=True).order_by("pk").values_list("edition", "period"))
    unnamed = BoothVisitHour.objects.filter(period="").values_list("booth__edition", "period").distinct()
    for edition, period in [*over, *(unnamed.order_by("booth__edition") if whole else ())]:
        key, place = f"{edition}:{period}", {"edition": edition, "period": period}
        if period and (HOURS, key) not in known:
            columns = columns_of(VisitHour)
            rows, sha256 = digest(VisitHour, columns, PERIOD, place)
            yield Fact(HOURS, key, {**place, "columns": columns, "rows": rows, "sha256": sha256})
        if (BOOTHS, key) not in known:
            columns = columns_of(BoothVisitHour)
            found = digests_by("booth_id", BoothVisitHour, columns, BOOTH_PERIOD, place)
            booths = {str(booth): sha256 for booth, sha256 in found.items()}
            yield Fact(BOOTHS, key, {**place, "columns": columns, "booths": booths})
