"""Emptying tables between tests, append-only ones as well, which nothing but the test suite may do."""

import contextlib

from django.db import connections, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import TransactionTestCase

MIGRATED = "migrated"  # the schema with what migrating left in the tables


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
    """Let Django's flush truncate append-only tables; triggers stay otherwise."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with append_only_lifted(self.connection):
            return original(self, sql_list)

    DatabaseOperations.execute_sql_flush = execute_sql_flush


def flush_quickly():
    """After a transactional test put back what migrating left, rather than truncate everything and make it anew.

    Truncating gives each table and index a new file, and Django then works out all permissions again: most of what
    such a test cost.
    """

    def teardown(self):
        for alias in self._databases_names(include_mirrors=False):
            put_back(connections[alias])

    TransactionTestCase._fixture_teardown = teardown


def remember_migrated(connection) -> None:
    """Copy the rows that a new database has."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {MIGRATED} CASCADE; CREATE SCHEMA {MIGRATED}")
        for table in filled(cursor, tables_of(connection)):
            cursor.execute(f'CREATE TABLE {MIGRATED}."{table}" AS TABLE "{table}"')


def put_back(connection) -> None:
    """Empty every table, but for the rows that a new database has. Waits for whoever still writes, as TRUNCATE does."""
    tables = tables_of(connection)
    with append_only_lifted(connection), transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace", [MIGRATED])
        kept = {name for (name,) in cursor.fetchall()}
        cursor.execute("LOCK TABLE " + ", ".join(f'"{table}"' for table in tables))
        changed = [table for table in kept if differs(cursor, table)]
        for table in [*filled(cursor, [table for table in tables if table not in kept]), *changed]:
            cursor.execute(f'DELETE FROM "{table}"')
        for table in changed:
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {MIGRATED}."{table}"')
    vacuum(connection, tables)


def tables_of(connection) -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def filled(cursor, tables: list[str]) -> list[str]:
    """Which of these have rows."""
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables))
    return [table for (table,) in cursor.fetchall()]


def differs(cursor, table: str) -> bool:
    now, then = f'TABLE "{table}"', f'TABLE {MIGRATED}."{table}"'
    cursor.execute(f"SELECT EXISTS (({now} EXCEPT ALL {then}) UNION ALL ({then} EXCEPT ALL {now}))")
    return cursor.fetchone()[0]


def vacuum(connection, tables: list[str]) -> None:
    """Nothing else clears away what tests leave behind, deleted or rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND pg_relation_size(oid) > 500000", [tables]
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'VACUUM "{table}"')
