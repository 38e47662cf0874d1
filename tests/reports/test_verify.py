import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from exhibitors.models import Exhibitor
from journal.posting import post_sale
from journal.rollups.build import roll_up
from reports.models import Recap, SealWalk
from reports.seal import seal
from reports.verify import verify_recaps
from tests.database import append_only_lifted
from tests.factories import make_edition, wib
from tests.journal.ledger import make_sale
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(db):
    """Three recaps of one edition, one of two editions together, and sales after all of them."""
    edition = make_history()
    other = make_edition(slug="uvo-1", code="UVO-I")
    recaps = [seal_at(edition, 2020, 11, day) for day in (18, 19, 20)]
    recaps.append(seal([edition, other], occurred_cutoff=wib(2020, 11, 20)))
    post_sale(make_sale(edition=edition, exhibitor=Exhibitor.objects.first()))
    return recaps


def tamper(sql, *params):
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert cursor.rowcount > 0


def test_untouched_chain_holds(chain):
    result = verify_recaps()
    assert (result.recaps, result.findings) == (4, ())


@pytest.mark.parametrize(
    ("sql", "first", "what"),
    [
        ("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 1000000", 0, "journal"),
        ("UPDATE journal_entry SET channel = 'onsite' WHERE amount = 1000000", 0, "journal"),
        ("UPDATE journal_entry SET occurred_at = '2020-11-19T18:00Z' WHERE amount = 500000", 2, "journal"),
        ("UPDATE journal_entry SET recorded_at = now() WHERE amount = 1000000", 0, "journal"),
        ("DELETE FROM journal_entry WHERE amount = 70000", 0, "the entries with keys"),
        ("UPDATE reports_recap SET figures = replace(figures, '1000000', '2000000')", 0, "hash of its figures"),
        ("UPDATE reports_recap SET snapshot = replace(snapshot, 'Expo II', 'Expo 2')", 0, "hash of its envelope"),
        ("UPDATE reports_recap SET number = number || 'X' WHERE sequence = 2", 1, "hash of its envelope"),
        ("UPDATE reports_recap SET signatory_name = 'Lain' WHERE sequence = 3", 2, "hash of its envelope"),
        ("UPDATE reports_recap SET code = '0000-0000-0' WHERE sequence = 2", 1, "verification code"),
        ("UPDATE reports_recap SET state = 'superseded' WHERE sequence = 2", 1, "state"),
    ],
)
def test_tampering_by_hand_is_found(chain, sql, first, what):
    tamper(sql)
    finding = verify_recaps().findings[0]
    assert finding.number.startswith(chain[first].number)
    assert what in finding.what


def test_removed_recap_is_found(chain):
    """Also when whoever removed it linked its neighbours."""
    for table, column in (("reports_recap_editions", "recap_id"), ("reports_recap", "id")):
        tamper(f"DELETE FROM {table} WHERE {column} = %s", chain[1].pk)
    tamper("UPDATE reports_recap SET previous_id = %s WHERE id = %s", chain[0].pk, chain[2].pk)
    finding = verify_recaps().findings[0]
    assert (finding.number, finding.what) == (chain[2].number, "the link to its predecessor")


def test_reopened_journal_is_found(chain):
    tamper("UPDATE journal_sealeduntil SET recorded_until = '2020-01-01T00:00Z'")
    assert "not closed" in verify_recaps().findings[0].what


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE journal_sealeduntil SET recorded_until = '2999-01-01'", "closed up to 2999-01-01"),
        ("UPDATE journal_closedday SET day = '2999-01-01' WHERE day = (SELECT max(day) FROM journal_closedday)",
         "the day 2999-01-01 is closed"),
        ("UPDATE journal_closedday SET checked_at = '2999-01-01'", "compared in times to come"),
        ("UPDATE journal_entry SET recorded_at = '2999-01-01' WHERE amount = 77", "1 entries from"),
        ("UPDATE reports_sealwalk SET stepped_at = '2999-01-01'", "stepped_at is yet to come"),
    ],
)  # fmt: skip
def test_moments_to_come_are_found_where_no_recap_looks(chain, sql, what):
    post_sale(make_sale(edition=Recap.objects.first().editions.first(), amount=77))
    roll_up()
    SealWalk.objects.create(begun_at=timezone.now(), part="recaps")
    assert verify_recaps().findings == ()
    tamper(sql)
    assert any(what in finding.what for finding in verify_recaps().findings)


def test_command_says_so_and_exits_with_1(chain):
    out = io.StringIO()
    call_command("verify_recaps", "--format", "json", stdout=out)
    said = json.loads(out.getvalue())
    assert said.pop("head")["recap"] == chain[-1].chain_sha256
    assert said == {"recaps": 4, "rules": {"3": 4}, "holds": True, "first": [], "findings": [], "notes": []}
    tamper("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000")
    out = io.StringIO()
    with pytest.raises(SystemExit) as exit:
        call_command("verify_recaps", stdout=out)
    assert exit.value.code == 1
    assert out.getvalue().splitlines()[0].startswith(f"{chain[2].number}: the figures computed again by rules 3 ")
