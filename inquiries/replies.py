"""How soon a booth answers: the median time to the first answer."""

import datetime as dt
from collections.abc import Sequence

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from expo.memo import remembered

SINCE = dt.timedelta(days=180)  # older questions tell of other people and other days
PATIENCE = dt.timedelta(days=1)  # a younger one without answer says nothing yet
FEWEST = 3  # of one or two answers a median says nothing
KEPT = 14 * 60  # seconds; a page that all visitors share need not be newer
KEPT_HERE = 60  # and so long in a process that has just asked

# What was never answered waits for ever: who answers one question in ten at once is not quick.
MEDIANS = """
SELECT exhibitor_id,
       percentile_disc(0.5) WITHIN GROUP (
           ORDER BY coalesce(extract(epoch FROM answered_at - sent_at)::float8, 'Infinity'::float8)
       )
FROM inquiries_inquiry
WHERE exhibitor_id = ANY(%s) AND state <> 'spam' AND NOT imported
  AND sent_at >= %s AND (answered_at IS NOT NULL OR sent_at < %s)
GROUP BY exhibitor_id
HAVING count(answered_at) >= %s
"""


def reply_times(exhibitor_ids: Sequence[int], now: dt.datetime | None = None) -> dict[int, dt.timedelta]:
    """Median time to the first answer of the last half year, by exhibitor; one query.

    Missing: those with too few answers, and those who leave more than half of the questions unanswered."""
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS, [list(exhibitor_ids), now - SINCE, now - PATIENCE, FEWEST])
        rows = cursor.fetchall()
    return {pk: dt.timedelta(seconds=int(seconds)) for pk, seconds in rows if seconds != float("inf")}


def kept_reply_time(exhibitor_id: int) -> dt.timedelta | None:
    """The same for one exhibitor, at most a quarter of an hour old."""
    seconds = _kept_seconds(exhibitor_id)
    return None if seconds < 0 else dt.timedelta(seconds=seconds)


@remembered(KEPT_HERE)
def _kept_seconds(exhibitor_id: int) -> int:
    key = f"reply-time:{exhibitor_id}"
    seconds = cache.get(key)
    if seconds is None:
        found = reply_times([exhibitor_id]).get(exhibitor_id)
        seconds = int(found.total_seconds()) if found is not None else -1
        cache.set(key, seconds, KEPT)
    return seconds
