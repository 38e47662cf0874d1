"""The database that tests run on is the real one, and empties append-only tables only in tests."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import User
from accounts.people import create_person
from accounts.roles import Role
from expo.store import redis_client
from journal.models import SealedUntil
from tests.database import append_only_lifted
from tests.factories import make_edition


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", ["first", "second"])
def test_a_transactional_test_leaves_what_migrating_left(_time):
    """Whichever comes second finds what a new database has, though the other changed it."""
    assert not User.objects.exists()
    assert not SealedUntil.objects.exists()
    assert Group.objects.count() == len(Role)
    assert Permission.objects.filter(codename="change_product").exists()
    create_person("sari@contoh.test", "rahasia-sekali-31", name="Sari")
    Group.objects.create(name="lain")
    Permission.objects.filter(codename="change_product").delete()
    SealedUntil.objects.create(edition=make_edition(), recorded_until=timezone.now())
