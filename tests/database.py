"""Emptying append-only tables between tests, which nothing but the test suite may do."""

import contextlib

from django.db.backends.postgresql.operations import DatabaseOperations


@contextlib.contextmanager
def append_only_lifted(connection):
    """Switch the triggers of this connection off. The throw-away cluster grants that, no other does."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")


def lift_append_only_for_flush():
    """Let Django's flush after a transactional test truncate append-only tables; triggers stay otherwise."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with append_only_lifted(self.connection):
            return original(self, sql_list)

    DatabaseOperations.execute_sql_flush = execute_sql_flush
