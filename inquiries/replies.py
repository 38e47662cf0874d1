"""How soon a booth answers: the median time to the first answer."""

import datetime as dt
from collections.abc import Sequence

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

SINCE = dt.timedelta(days=180)  # older questions tell of other people and other days
PATIENCE = dt.timedelta(days=1)  # a younger one without answer says nothing yet
FEWEST = 3  # of one or two answers a median says nothing
KEPT = 15 * 60  # seconds; a page that all visitors share need not be newer

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


def kept_reply_time(exhibitor_id: int, now: dt.datetime) -> dt.timedelta | None:
    """The same for one exhibitor, at most a quarter of an hour old."""
    key = f"reply-time:{exhibitor_id}"
    seconds = cache.get(key)
    if seconds is None:
        found = reply_times([exhibitor_id], now).get(exhibitor_id)
        seconds = int(found.total_seconds()) if found is not None else -1
        cache.set(key, seconds, KEPT)
    return None if seconds < 0 else dt.timedelta(seconds=seconds)
