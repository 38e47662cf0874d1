"""The database role under which the importer, and nobody else, supplies ``recorded_at``."""

from contextlib import contextmanager

from django.db import connection, transaction

from journal.triggers import IMPORTER_ROLE

# Two databases of one cluster may be migrated at once (test databases are): whoever is second tries again.
CREATE_SQL = """
DO $$
BEGIN
    FOR attempt IN 1..20 LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                CREATE ROLE {role} NOLOGIN;
            END IF;
            IF NOT pg_has_role(current_user, '{role}', '{privilege}') THEN
                EXECUTE format('GRANT {role} TO %I {options}', current_user);
            END IF;
            RETURN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation OR internal_error THEN PERFORM pg_sleep(0.1);
        END;
    END LOOP;
    RAISE EXCEPTION 'could not create the role {role}';
END $$
"""
GRANT_SQL = """
GRANT SELECT, INSERT ON journal_entry TO {role};
GRANT USAGE ON SEQUENCE journal_entry_id_seq TO {role};
GRANT SELECT ON journal_sealeduntil TO {role};
"""


class RoleMissingError(Exception):
    """The database user may not create or use the importer's role; docs/journal.md says what to run."""


def create_importer_role(cursor, *, server_version: int) -> None:
    """Create the role if it is missing, let the current user take it, and grant it what it needs."""
    from django.db.utils import ProgrammingError

    # Since PostgreSQL 16 taking a role is a privilege of its own, and inheriting from it can be left out.
    modern = server_version >= 160000
    sql = CREATE_SQL.format(
        role=IMPORTER_ROLE,
        privilege="SET" if modern else "MEMBER",
        options="WITH INHERIT FALSE, SET TRUE" if modern else "",
    )
    try:
        cursor.execute(sql)
    except ProgrammingError as error:
        raise RoleMissingError(
            f"The database user may not create the role {IMPORTER_ROLE}. An administrator of the database has to run "
            f"CREATE ROLE {IMPORTER_ROLE} NOLOGIN; GRANT {IMPORTER_ROLE} TO the user; see docs/journal.md. ({error})"
        ) from error
    cursor.execute(GRANT_SQL.format(role=IMPORTER_ROLE))


@contextmanager
def as_importer():
    """Inside a transaction, act as the importer: entries of source kind ``import`` keep their ``recorded_at``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {IMPORTER_ROLE}")
        yield cursor
        # After an error the savepoint's rollback gives the role back.
        cursor.execute("RESET ROLE")
