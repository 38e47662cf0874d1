"""A clock of the test's own for the database: what the journal stamps itself falls on days of the test's choosing."""

import datetime as dt

from django.db import connection

# Found before the database's own function of that name, by triggers as well. The importer's role must see it, too.
CLOCK = """
CREATE SCHEMA ticking;
GRANT USAGE ON SCHEMA ticking TO PUBLIC;
CREATE FUNCTION ticking.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT current_setting('ticking.now')::timestamptz $$;
SET LOCAL search_path = ticking, pg_catalog, "$user", public
"""


def start_clock(moment: dt.datetime) -> None:
    """Until the transaction ends it is ``moment``; call it within one that is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
    set_clock(moment)


def set_clock(moment: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ticking.now', %s, true)", [moment.isoformat()])
