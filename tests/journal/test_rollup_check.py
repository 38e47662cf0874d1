"""Rollups that are not what the entries say are found, kept to be looked at, made again, and told of."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from expo.models import OutgoingMail
from journal.models import Entry, RollupCheck, RollupDifference
from journal.posting import post_sale
from journal.rollups import check
from journal.rollups.ahead import mend
from journal.rollups.build import roll_up
from journal.rollups.check import check_due, last_due
from journal.totals.region import region_of
from tests.database import append_only_lifted
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import make_sale, post_history
from tests.journal.recount import answers, recount
from tests.journal.test_rollups import at, sale_on

pytestmark = pytest.mark.django_db
NIGHT = dt.time(3)


@pytest.fixture
def edition(db):
    """Three rolled up days, each with a sale."""
    edition, shop = make_edition(), make_exhibitor()
    post_history(*(sale_on(edition, day, exhibitor=shop, amount=day * 1000, product_key="p") for day in (17, 18, 19)))
    roll_up(wib(2020, 11, 20))
    tamper("UPDATE journal_closedday SET built_at = built_at - interval '2 days'")
    return edition


def tamper(sql: str) -> None:
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount > 0


def test_rollups_that_hold_are_compared_once(edition):
    now = timezone.now()
    assert check_due(now, at=NIGHT) == 3
    assert check_due(now, at=NIGHT) == 0
    run = RollupCheck.objects.get()
    assert (run.due_at, run.days, run.differences, bool(run.finished_at)) == (last_due(now, NIGHT), 3, 0, True)
    assert not RollupDifference.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("sql", "table", "key"),
    [
        ("UPDATE journal_groupday SET amount = amount + 1 WHERE recorded_day = '2020-11-18'", "groupday", "sale"),
        ("UPDATE journal_cellday SET transactions = 2 WHERE recorded_day = '2020-11-18' AND dimension = 'phase'",
         "cellday", "phase"),
        ("DELETE FROM journal_productday WHERE recorded_day = '2020-11-18'", "productday", "p"),
        ("UPDATE journal_peakday SET peak = peak * 2 WHERE recorded_day = '2020-11-18'", "peakday", "1"),
        ("UPDATE journal_entry SET occurred_at = '2020-11-17T05:00Z' WHERE amount = 18000", "cellday", "day"),
    ],
)  # fmt: skip
def test_a_row_that_differs_is_kept_made_again_and_told_of(edition, finance, sql, table, key):
    tamper(sql)
    check_due(timezone.now(), at=NIGHT)
    found = RollupDifference.objects.filter(table=table, key__contains=key).first()
    assert (found.edition, found.recorded_day) == (edition, dt.date(2020, 11, 18))
    assert found.stored != found.counted
    assert answers(at(edition, 25)) == recount(list(Entry.objects.all()), at(edition, 25))
    mail = OutgoingMail.objects.get(to=finance.email)
    for told in ("18 November 2020", reverse("admin:journal_rollupdifference_changelist")):
        assert told in mail.body
    assert RollupCheck.objects.get().differences == RollupDifference.objects.count()


def test_a_missing_day_is_told_of_and_made_again(edition):
    tamper("DELETE FROM journal_closedday WHERE day = '2020-11-18'")
    check_due(timezone.now(), at=NIGHT)
    roll_up()
    assert region_of(at(edition, 25)).held[0].until == dt.date(2020, 11, 25)


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("INSERT INTO journal_closedday (edition_id, day, entries, built_at) SELECT edition_id, '2999-01-01', 0, now() "
         "FROM journal_closedday LIMIT 1", "closedday"),
        ("UPDATE journal_closedday SET day = '2999-01-01' WHERE day = '2020-11-18'", "closedday"),
        ("UPDATE journal_closedday SET built_at = '2999-01-01' WHERE day = '2020-11-18'", "closedday"),
        ("UPDATE journal_closedday SET checked_at = '2999-01-01' WHERE day = '2020-11-18'", "closedday"),
        ("INSERT INTO journal_sealeduntil (edition_id, recorded_until) SELECT edition_id, '2999-01-01' "
         "FROM journal_closedday LIMIT 1", "sealeduntil"),
    ],
)  # fmt: skip
def test_what_is_closed_in_times_to_come_is_taken_back_and_told_of(edition, finance, sql, table):
    tamper(sql)
    tamper(FALSIFY.replace("'2020-11-18'", "'2020-11-19'"))
    check_due(timezone.now(), at=NIGHT)
    roll_up()
    assert RollupDifference.objects.filter(table=table, edition=edition).exists()
    assert OutgoingMail.objects.filter(to=finance.email).exists()
    (entry,) = post_sale(make_sale(edition=edition))
    assert abs(entry.recorded_at - timezone.now()) < dt.timedelta(minutes=1)
    assert region_of(at(edition, 25)).held[0].until == dt.date(2020, 11, 25)
    assert answers(at(edition, 25)) == recount(list(Entry.objects.all()), at(edition, 25))
    assert not mend(timezone.now())


def test_a_check_that_was_said_to_be_over_ahead_of_its_time_takes_place(edition):
    now = timezone.now()
    RollupCheck.objects.create(due_at=last_due(now, NIGHT) + dt.timedelta(days=1), finished_at=now)
    check_due(now, at=NIGHT)
    tamper("UPDATE journal_closedday SET checked_at = NULL")
    assert check_due(now + dt.timedelta(days=1), at=NIGHT) == 3


def test_an_interrupted_check_goes_on(edition):
    now = timezone.now()
    assert check_due(now, at=NIGHT, seconds=-1) == 0
    assert not RollupCheck.objects.get().finished_at
    assert check_due(now, at=NIGHT) == 3
    assert RollupCheck.objects.get().finished_at


FALSIFY = "UPDATE journal_groupday SET amount = amount + 1 WHERE recorded_day = '2020-11-18'"


def test_of_two_workers_that_meet_one_tells(edition, finance, monkeypatch):
    """The other one finds every day compared while the first is still at it, and ends the check."""
    tamper(FALSIFY)
    now, compare = timezone.now(), check.check_day

    def overtaken(*args, **options):
        found = compare(*args, **options)
        if found:
            monkeypatch.setattr(check, "check_day", compare)
            check_due(now, at=NIGHT)
        return found

    monkeypatch.setattr(check, "check_day", overtaken)
    check_due(now, at=NIGHT)
    run = RollupCheck.objects.get()
    assert (run.days, run.differences, bool(run.finished_at)) == (3, 1, True)
    assert OutgoingMail.objects.get().to == finance.email


@pytest.mark.parametrize("point", ["finish", "tell", "alarm_of_untold"])
def test_what_a_killed_worker_left_untold_is_told_by_the_next_tick(edition, finance, monkeypatch, point):
    tamper(FALSIFY)
    now = timezone.now()

    def dying(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(check, point, dying)
        with pytest.raises(KeyboardInterrupt):
            check_due(now, at=NIGHT)
    for _tick in range(2):
        check_due(now, at=NIGHT)
    assert OutgoingMail.objects.get().to == finance.email


def test_a_check_can_be_asked_for_and_goes_over_everything_again(edition, finance):
    check_due(timezone.now(), at=NIGHT)
    tamper(FALSIFY)
    check_due(timezone.now(), at=NIGHT)
    assert not RollupDifference.objects.exists()
    for _time in range(2):
        check.ask_for_check()
    assert RollupCheck.objects.count() == 2
    assert check_due(timezone.now(), at=NIGHT) == 3
    assert RollupDifference.objects.count() == 1
    assert not RollupCheck.objects.filter(finished_at=None).exists()


def test_what_a_check_under_way_has_compared_before_is_compared_again_when_asked_for(edition, finance):
    """Somebody finds a figure that does not hold while the check is past the day that is wrong."""
    run = RollupCheck.objects.create(due_at=timezone.now())
    check.go_on(run, timezone.now(), seconds=-1)  # the days without entries
    assert check.check_day(edition.pk, dt.date(2020, 11, 17), run=run) == 0
    tamper(FALSIFY.replace("2020-11-18", "2020-11-17"))
    for _time in range(3):
        check.ask_for_check()
    assert RollupCheck.objects.filter(finished_at=None).count() == 2
    while RollupCheck.objects.filter(finished_at=None).exists():
        check_due(timezone.now(), at=NIGHT)
    assert RollupDifference.objects.get().recorded_day == dt.date(2020, 11, 17)


def test_finance_looks_at_differences_and_marks_them(edition, client, finance, curator):
    tamper("UPDATE journal_groupday SET amount = amount + 1 WHERE recorded_day = '2020-11-18'")
    check_due(timezone.now(), at=NIGHT)
    address = reverse("admin:journal_rollupdifference_changelist")
    client.force_login(curator)
    assert client.get(address).status_code == 403
    client.force_login(finance)
    assert "18001" in client.get(address + "?seen_at__isempty=1").content.decode()
    start = client.get(reverse("admin:index")).content.decode()
    assert address in start
    row = RollupDifference.objects.get()
    assert row.key in client.get(reverse("admin:journal_rollupdifference_change", args=[row.pk])).content.decode()
    client.post(address, {"action": "mark_seen", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.seen_by_name, bool(row.seen_at)) == (finance.name, True)
    assert client.get(reverse("admin:journal_rollupcheck_changelist")).status_code == 200


def test_the_check_is_due_at_its_time_in_wib():
    assert last_due(wib(2026, 3, 2, 3), NIGHT) == wib(2026, 3, 2, 3)
    assert last_due(wib(2026, 3, 2, 2, 59), NIGHT) == wib(2026, 3, 1, 3)


def test_command_checks_and_rebuilds(edition):
    out = io.StringIO()
    tamper("UPDATE journal_groupday SET amount = amount + 1 WHERE recorded_day = '2020-11-18'")
    with pytest.raises(SystemExit) as ended:
        call_command("rollups", "--check", "--format", "json", stdout=out)
    assert ended.value.code == 1
    assert '"differences": 1' in out.getvalue()
    out = io.StringIO()
    call_command("rollups", "--rebuild", "--edition", edition.slug, stdout=out)
    call_command("rollups", "--check", stdout=out)
    assert out.getvalue().splitlines()[0] == "3 days rolled up."
    assert "0 rows differed" in out.getvalue()
