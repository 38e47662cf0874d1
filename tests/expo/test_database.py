"""The database that tests run on is the real one, and empties append-only tables only in tests."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from expo.store import redis_client
from tests.database import append_only_lifted


@pytest.mark.django_db
def test_tests_run_on_postgresql_as_no_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    assert connection.settings_dict["NAME"].startswith("test_expo")


@pytest.mark.django_db
def test_text_is_ordered_by_code_point_in_utf8():
    with connection.cursor() as cursor:
        cursor.execute("SELECT upper('é'), 'B' < 'a', current_setting('server_encoding')")
        assert cursor.fetchone() == ("É", True, "UTF8")


def test_store_is_a_throwaway():
    assert str(settings.TEST_SERVICES.sockets) in settings.REDIS_URL
    assert redis_client().dbsize() == 0


@pytest.fixture
def guarded_table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE TABLE guarded (id int);
            INSERT INTO guarded VALUES (1);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
            CREATE TRIGGER guard BEFORE TRUNCATE ON guarded EXECUTE FUNCTION refuse();
        """)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE guarded; DROP FUNCTION refuse()")


def test_truncate_is_refused_unless_lifted(guarded_table):
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute("TRUNCATE guarded")
        with append_only_lifted(connection):
            cursor.execute("TRUNCATE guarded")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute("TRUNCATE guarded")


def test_flush_leaves_triggers_on(guarded_table):
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute("TRUNCATE guarded")
