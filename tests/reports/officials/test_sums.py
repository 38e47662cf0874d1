"""What a page says above its entries is what they add up to, whether totals, rollups or the entries were asked."""

import pytest

from journal.rollups.build import roll_up
from journal.totals import Totals
from reports.officials import sums
from reports.officials.asking import asked_at
from reports.officials.drill import FIGURES, Question, entries_of
from reports.officials.sums import _of_entries, sums_of
from tests.factories import make_exhibitor, wib
from tests.journal.ledger import history, post_history
from tests.journal.test_rollups import due_after
from tests.reports.cases import make_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db):
    edition, shop = make_history(), make_exhibitor(name="Batik Jauh")
    common = {"edition": edition, "exhibitor": shop, "transaction_key": "dua"}
    post_history(
        history(**common, occurred_at=wib(2020, 11, 19, 8), recorded_at=wib(2020, 11, 20, 11), product_key="p9"),
        history(**common, occurred_at=wib(2020, 11, 20, 8), regency_code="31.71", channel="onsite"),
        history(**common, occurred_at=wib(2020, 11, 20, 9), regency_code="32.73", measure="committed"),
    )
    with due_after(1):
        roll_up(wib(2020, 11, 20))
    return edition


def assert_holds(**fields):
    question = Question(**fields)
    assert sums_of(question) == _of_entries(question, entries_of(question)), fields


def test_every_figure_and_every_step(edition):
    now = asked_at([edition], wib(2020, 11, 20, 13)).asof
    before = asked_at([edition], wib(2020, 11, 19, 13)).asof
    for figure in FIGURES:
        for without in (None, before):
            assert_holds(asof=now, figure=figure, without=without)


def test_every_row_of_every_table(edition):
    asof = asked_at([edition], wib(2020, 11, 20, 13)).asof
    for table, cells in Totals(asof).tables.items():
        for row in (*(cell.key for cell in cells), *(["other"] if table == "regency" else [])):
            for figure in sums.COLUMNS:
                own = frozenset({"33.74"}) if row == "other" else frozenset()
                assert_holds(asof=asof, figure=figure, table=table, row=row, provinces_own=own)


def test_entries_of_a_row_are_counted_so_far(edition, monkeypatch):
    monkeypatch.setattr(sums, "MOST_COUNTED", 2)
    asof = asked_at([edition], wib(2020, 11, 20, 13)).asof
    found = sums_of(Question(asof=asof, figure="transaction_value.total", table="channel", row="online"))
    assert (found.entries, found.at_least) == (2, True)
