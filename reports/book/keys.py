"""Lines over new entries, by their keys: with every tick, whatever their recorded moment.

Keys are given out under the posting lock, which is held to the commit. So at a moment at which nobody posts every entry
up to the last one is there to stay, and nothing can come between (``journal/barrier.py``). A line has the hash of their
fingerprints, by edition, and when the first of them was recorded and occurred.
"""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from expo.models import Edition
from journal.barrier import last_final_key
from journal.models import Entry
from reports.book.digests import next_key
from reports.book.lines import Fact, content_of, write
from reports.book.marks import raise_mark
from reports.errors import BusyError
from reports.models import AlteredRow, BookLine

KEYS = "entry-keys"
ROWS_OF_A_LINE = 100_000
LINES_OF_A_STEP = 1000
# Of each line, by edition; ``places`` are the ends of lines in their order.
DIGEST = """
SELECT number, edition_id, count(*), encode(sha256(string_agg(fingerprint, ''::bytea ORDER BY id)), 'hex'),
    min(recorded_at), min(occurred_at), max(occurred_at)
FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS line (after, upto, number)
JOIN journal_entry ON id > after AND id <= upto GROUP BY 1, 2
"""


def note_entries(deadline: float) -> tuple[int, int, int]:
    """Write lines over what came since the last one. How many, and between which keys."""
    start = after = noted_key()
    upto = last_final_key(after)
    written = 0
    while upto is not None and after < upto:
        end = next_key(Entry, after, ROWS_OF_A_LINE, upto=upto) or upto
        try:
            if not write([fact(after, end)], still=partial(_follows, after)):  # another worker is at it
                break
        except BusyError:
            break
        written, after = written + 1, end
        raise_mark(KEYS, end)  # so lines that are cut off are missed (holding.py)
        if time.monotonic() > deadline:
            break
    return written, start, after


def noted_key() -> int:
    """Up to which key there are lines. They follow one another: the last has the highest key."""
    last = BookLine.objects.filter(kind=KEYS).order_by("-key").values_list("key", flat=True).first()
    return int(last) if last else 0


def _follows(after: int) -> bool:
    return noted_key() == after


def fact(after: int, upto: int) -> Fact:
    editions = {
        str(edition): {"rows": rows, "sha256": sha256, "recorded": recorded, "occurred": first, "last": last}
        for _number, edition, rows, sha256, recorded, first, last in _digests([(after, upto)])
    }
    return Fact(KEYS, f"{upto:020d}", {"after": after, "upto": upto, "editions": editions})


def _digests(places: Sequence[tuple[int, int]]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [[after for after, _upto in places], [upto for _after, upto in places]])
        return cursor.fetchall()


def next_lines(position: int) -> list[BookLine]:
    """Some lines behind this one, as many as may be looked at in one go."""
    lines: list[BookLine] = []
    rows = 0
    for line in BookLine.objects.filter(kind=KEYS, position__gt=position).order_by("position")[:LINES_OF_A_STEP]:
        rows += sum(said["rows"] for said in content_of(line)["editions"].values())
        if lines and rows > ROWS_OF_A_LINE:
            break
        lines.append(line)
    return lines


def differing(lines: Sequence[BookLine]) -> list[AlteredRow]:
    """Editions whose entries are not those that these lines, one behind the other, tell of."""
    said = [content_of(line) for line in lines]
    now: list[dict[int, tuple]] = [{} for _line in lines]
    for number, edition, *of_edition in _digests([(each["after"], each["upto"]) for each in said]):
        now[number - 1][edition] = tuple(of_edition)
    found = []
    for line, content, there in zip(lines, said, now, strict=True):
        then = {int(edition): of_edition for edition, of_edition in content["editions"].items()}
        for edition in sorted({*then, *there}):
            if difference := _difference(line, content, edition, then.get(edition), there.get(edition)):
                found.append(difference)
    return found


def _difference(
    line: BookLine, content: dict[str, Any], edition: int, then: dict | None, now: tuple | None
) -> AlteredRow | None:
    if then and now and (then["rows"], then["sha256"]) == now[:2]:
        return None
    # What was taken away and what was put in: each may reach further than the other.
    moments = [now[2:]] if now else []
    if then:
        moments.append(tuple(parse_datetime(then[name]) for name in ("recorded", "occurred", "last")))
    recorded = min(moment[0] for moment in moments)
    counted = f"{then['rows'] if then else 0} then, {now[0] if now else 0} now"
    return AlteredRow(
        part=KEYS,
        place=line.position,
        edition=edition,
        name=Edition.objects.filter(pk=edition).values_list("slug", flat=True).first() or f"edition {edition}",
        what=f"the entries with keys from {content['after'] + 1} to {content['upto']} ({counted})",
        recorded_from=recorded,
        occurred_from=min(recorded, *(moment[1] for moment in moments)),
        occurred_until=max(moment[2] for moment in moments),
    )
