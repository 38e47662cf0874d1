"""Whether somebody waits: for tests of two sessions, one of which holds what the other wants."""

from django.db import connection


def somebody_waits() -> bool:
    """Whether a session of this database waits for the lock of another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS ("
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]
