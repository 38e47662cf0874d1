import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from expo.commands import BadInputError
from journal.models import Entry
from journal.posting import post_refund
from journal.values import Refund, Reversal
from reports.models import Recap
from tests.database import append_only_lifted
from tests.factories import make_edition, wib
from tests.reports.cases import make_history

pytestmark = pytest.mark.django_db
CUTOFF = "2020-11-20T13:00:00+07:00"


def recap(*options, edition="uvo-2", cutoff=CUTOFF):
    out = io.StringIO()
    call_command("recap", "--edition", edition, "--cutoff", cutoff, *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_figures_at_a_cutoff():
    make_history()
    figures = json.loads(recap())
    assert figures["realised"]["total"] == 1_650_000
    assert figures["cutoff"] == {"occurred": "2020-11-20T06:00:00Z", "recorded": "2020-11-20T06:00:00Z"}
    assert not Recap.objects.exists()


def test_several_editions_in_any_order_are_one_scope():
    make_history()
    make_edition(slug="uvo-1")
    first = recap("--edition", "uvo-1")
    assert first == recap("--edition", "uvo-2", edition="uvo-1")
    assert [edition["slug"] for edition in json.loads(first)["editions"]] == ["uvo-1", "uvo-2"]


def test_sealed_output_is_the_same_for_ever():
    edition = make_history()
    sealed = recap("--seal")
    assert recap("--seal") == sealed
    assert Recap.objects.get().figures == sealed
    entry = Entry.objects.get(amount=500_000)
    post_refund(Refund(key="r", occurred_at=wib(2020, 11, 20), lines=(Reversal(entry_id=entry.pk, amount=1),)))
    edition.name = "Lain"
    edition.save()
    assert recap() == sealed


def test_recorded_cutoff_of_its_own():
    make_history()
    known_before = json.loads(recap("--recorded-cutoff", "2020-11-19T00:00:00+07:00"))
    assert known_before["realised"]["total"] == 1_000_000


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"edition": "nowhere"}, "nowhere"),
        ({"cutoff": "2020-11-20T13:00:00"}, "time zone"),
        ({"cutoff": "kemarin"}, "kemarin"),
        ({"cutoff": "2999-01-01T00:00:00+07:00"}, "belum lewat"),
    ],
)
def test_bad_input_is_one_sentence(options, message):
    make_edition(slug="uvo-2")
    with pytest.raises(BadInputError, match=message) as error:
        recap("--seal", **options)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("format", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"PK"), ("json", b'{"bridge"')]
)
@pytest.mark.parametrize("seal", [[], ["--seal"]])
def test_files(tmp_path, format, start, seal):
    make_history()
    target = tmp_path / "recap"
    assert recap("--format", format, "--output", str(target), *seal) == ""
    assert target.read_bytes().startswith(start)
    with pytest.raises(BadInputError, match="cannot be written"):
        recap("--output", str(tmp_path / "nowhere" / "x"))


def test_a_journal_that_was_tampered_with_is_not_quoted():
    make_history()
    recap("--seal")
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000")
    with pytest.raises(CommandError, match="verify_recaps"):
        recap()


@pytest.mark.django_db(transaction=True)
def test_on_the_command_line():
    """Standard output holds the canonical bytes and nothing else; bad input ends with 2."""
    make_history()

    def run(*options):
        return subprocess.run(
            [sys.executable, "manage.py", "recap", *options],
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "EXPO_TEST_DATABASE": connection.settings_dict["NAME"],
            },
        )

    done = run("--edition", "uvo-2", "--cutoff", CUTOFF, "--format", "json", "--seal")
    assert done.returncode == 0
    assert done.stdout == Recap.objects.get().figures.encode()
    done = run("--edition", "nowhere", "--cutoff", CUTOFF)
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(done.stderr.decode().strip().splitlines()) == 1
