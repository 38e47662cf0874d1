"""Staff, officials and exhibitors in an access log. Live traffic knows them by their session.

A log names nobody, as its server knows nothing of our sessions. But only who is signed in is answered behind the
sign-in: whoever was, at any time of a day (WIB), is of the house all that day.
"""

import datetime as dt
import re

from django.db import connection

from visits.domain.accesslog import Hit
from visits.domain.counting import WIB

PRIVATE = re.compile(r"(?:/en)?/(?:admin|dasbor|laporan)/(?!login/|jsi18n/|unggahan/)")
Person = tuple[str, dt.date]
TAKE_OUT = """
WITH gone AS (
    DELETE FROM visits_hit USING unnest(%s::text[], %s::date[]) AS person (visitor, day)
    WHERE visits_hit.visitor = person.visitor AND (visits_hit.at AT TIME ZONE 'Asia/Jakarta')::date = person.day
    RETURNING page AND NOT known AS counts, period, hour
)
SELECT period, hour, count(*) FROM gone WHERE counts GROUP BY 1, 2
"""


def person_of(hit: Hit, visitor: str) -> Person | None:
    """The visitor and the day, if the request shows that somebody was signed in."""
    shown = hit.status == 200 and hit.method == "GET" and PRIVATE.match(hit.target)
    return (visitor, hit.moment.astimezone(WIB).date()) if shown else None


def take_out(people: set[Person]) -> list[tuple[str, dt.datetime, int]]:
    """Remove their hits from the temporary table of an import: their pages by period and hour."""
    if not people:
        return []
    with connection.cursor() as cursor:
        cursor.execute(TAKE_OUT, [list(column) for column in zip(*sorted(people), strict=True)])
        return cursor.fetchall()
