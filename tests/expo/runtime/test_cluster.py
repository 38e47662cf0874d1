"""A kept cluster stands for the migrations that it was made of, and for no others."""

import json
import os

import pytest
from django.db import connection

from tests import cluster


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """`kept({"a": "1"})` keeps a cluster that was made of these files."""
    monkeypatch.setattr(cluster, "store", lambda: tmp_path)

    def keep(made_of):
        place = cluster.place_of(made_of)
        place.mkdir()
        (place / cluster.MANIFEST).write_text(json.dumps(made_of))
        return place

    return keep


def test_begun_from_the_largest_that_has_nothing_else(kept):
    wanted = {"a": "1", "b": "1", "c": "1"}
    assert cluster.largest_part(wanted) is None
    kept({"a": "2"})
    kept({"a": "1", "d": "1"})
    kept({"a": "1"})
    most = kept({"a": "1", "b": "1"})
    assert cluster.largest_part(wanted) == most


def test_old_ones_are_removed(kept, tmp_path):
    places = [kept({"a": str(number)}) for number in range(cluster.KEPT + 3)]
    cluster.forget_old()
    assert sum(place.exists() for place in places) == cluster.KEPT


def test_what_a_run_holds_is_not_forgotten(kept):
    places = [kept({"a": str(number)}) for number in range(cluster.KEPT + 2)]
    for age, place in enumerate(places):
        os.utime(place, (1_000_000 - age,) * 2)
    held = [cluster.Hold.of(places[-1]), cluster.Hold.of(places[-1])]
    cluster.forget_old()
    assert [place for place in places if not place.exists()] == [places[-2]]
    assert cluster.Hold.of(places[-2]) is None
    for hold in held:
        hold.release()
    cluster.forget_old()
    assert not places[-1].exists()
    assert {path.name for path in cluster.store().iterdir()} == {place.name for place in places[: cluster.KEPT]}


def test_whatever_migrating_depends_on_is_part_of_it():
    found = cluster.manifest()
    assert {"journal/sql/0001_functions.sql", "journal/triggers.py", "requirements/app.txt", "server"} < set(found)
    assert {"journal/0001_initial.py", "account/0001_initial.py"} < set(found)
    assert cluster.place_of(found) != cluster.place_of(found | {"journal/triggers.py": "other"})


@pytest.mark.django_db
def test_databases_of_a_run_are_copies_with_every_migration():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        applied = cursor.fetchone()[0]
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [cluster.TEMPLATE])
        assert cursor.fetchone()
    assert applied >= 79
