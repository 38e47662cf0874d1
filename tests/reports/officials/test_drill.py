"""The entries behind a figure add up to it, whatever the figure, the row and the cut-offs."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Entry
from reports import figures as f
from reports.officials import drill
from reports.officials.asking import asked_at, asked_of
from reports.officials.drill import Question
from reports.officials.sums import sums_of
from reports.queries import figures_of
from reports.recompute import figures_at
from reports.renderers.headline import headlines
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, post_history
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
# Headlines that are no sums of journal entries: counted elsewhere, shares, the ends of the bridge, other editions.
ELSEWHERE = (
    "rules",
    "comparison.",
    "concentration.exhibitor.",
    "concentration.transaction.share_bp",
    "bridge.previous.",
    "visits.",
    "inquiries.",
    "orders.",
    "participants.",
    "products.on_show",
    "bridge.opening",
    "bridge.closing",
)


@pytest.fixture
def edition(db):
    """The history, one sale recorded too late, one from a regency of another province, one of which little is known."""
    edition = make_history()
    batik = make_exhibitor(name="Batik Jauh")
    common = {"edition": edition, "exhibitor": batik}
    post_history(
        history(**common, occurred_at=wib(2020, 11, 19, 8), recorded_at=wib(2020, 11, 20, 11), amount=33_000),
        history(**common, occurred_at=wib(2020, 11, 20, 8), amount=44_000, regency_code="31.71", channel="onsite"),
        history(**common, occurred_at=wib(2020, 11, 20, 8, 30), amount=1, measure="potential", evidence="C"),
    )
    return edition


def asked_in_many_ways(edition):
    seal_at(edition, 2020, 11, 20)
    later = seal_at(edition, 2020, 11, 20, 13)
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    period = seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 22), since=wib(2020, 11, 18))
    unsealed = asked_at([edition], wib(2020, 11, 20, 9, 30))
    return [asked_of(later), asked_of(revision), asked_of(period), unsealed]


def figures_of_asked(asked):
    return figures_of(asked.recap) if asked.recap else figures_at(list(asked.editions), asked.asof)[0]


def ask(asked, figure, **fields):
    return sums_of(Question(asof=asked.asof, figure=figure, rules=asked.rules, **fields))


def test_every_figure_is_the_sum_of_its_entries(edition):
    for asked in asked_in_many_ways(edition):
        figures = figures_of_asked(asked)
        told = {}
        for line in headlines(figures):
            if line.key.startswith(ELSEWHERE):
                continue
            if line.key == "concentration.transaction.amount":
                told[line.key] = (line.value, ask(asked, drill.LARGEST).value)
            elif line.key.startswith("bridge.entries."):
                step = line.key.replace("entries.", "")
                told[line.key] = (line.value, ask(asked, step, without=asked.previous()).entries)
            else:
                before = asked.previous() if line.key in drill.STEPS else None
                told[line.key] = (line.value, ask(asked, line.key, without=before).value)
        assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {}
        assert len(told) > 30
        largest = figures.concentration.transaction
        assert ask(asked, drill.LARGEST).value == largest.amount


def test_every_row_of_every_table_is_the_sum_of_its_entries(edition):
    for asked in asked_in_many_ways(edition):
        rows = 0
        for table, lines in figures_of_asked(asked).tables.items():
            assert table in drill.TABLES
            for row in lines:
                own = asked.regencies() if row.key == f.OTHER or table == drill.REACH else frozenset()
                sums = ask(asked, drill.ROW, table=table, row=row.key, provinces_own=own)
                found = (sums.measures.get("realised", 0), sums.measures.get("committed", 0), sums.units)
                assert (*found, sums.transactions) == (row.realised, row.committed, row.units, row.transactions), (
                    table,
                    row,
                )
                rows += 1
        assert rows > 40


def test_pages_follow_each_other_without_gap_or_repeat(edition):
    exhibitor = make_exhibitor()
    same = wib(2020, 11, 19, 10)
    post_history(*(history(edition=edition, exhibitor=exhibitor, occurred_at=same, amount=7) for _ in range(120)))
    question = Question(asof=asked_at([edition], wib(2020, 11, 21)).asof, figure="realised.total")
    seen, after = [], None
    while True:
        found = drill.page_of(question, after)
        seen += found[: drill.PAGE]
        if len(found) <= drill.PAGE:
            break
        after = seen[-1].occurred_at, seen[-1].pk
    assert len(seen) == len({entry.pk for entry in seen}) == sums_of(question).entries
    assert sum(entry.amount for entry in seen) == sums_of(question).value
    moments = [(entry.occurred_at, entry.pk) for entry in seen]
    assert moments == sorted(moments, reverse=True)


def test_a_page_costs_the_same_for_few_and_for_many(edition):
    def cost():
        question = Question(asof=asked_at([edition], wib(2020, 11, 21)).asof, figure="realised.total")
        with CaptureQueriesContext(connection) as queries:
            page = drill.page_of(question, None)
            [entry.edition.name for entry in page]
            sums_of(question)
        return len(queries)

    few = cost()
    exhibitor = make_exhibitor()
    post_history(
        *(
            history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19) + dt.timedelta(seconds=second))
            for second in range(60)
        )
    )
    assert cost() == few == 3


def test_notes_are_not_even_read(edition):
    question = Question(asof=asked_at([edition], wib(2020, 11, 21)).asof, figure="entries")
    assert {"note", "recorded_by_id", "source_key"} <= drill.page_of(question, None)[0].get_deferred_fields()


@pytest.mark.parametrize(
    ("table", "row"),
    [("planet", "x"), ("day", "kemarin"), ("day", "9999-12-31"), ("hour", "٣"), ("exhibitor", "1" * 30)],
)
def test_nonsense_is_refused(edition, table, row):
    with pytest.raises(ValueError, match=r"."):
        drill.entries_of(
            Question(asof=asked_at([edition], wib(2020, 11, 21)).asof, figure=drill.ROW, table=table, row=row)
        )


def test_entries_of_other_editions_are_never_among_them(edition):
    other = make_edition()
    post_history(history(edition=other, exhibitor=make_exhibitor(), occurred_at=wib(2020, 11, 19), amount=999))
    asof = asked_at([edition], wib(2020, 11, 21)).asof
    question = Question(asof=asof, figure="entries", without=asked_at([other], wib(2020, 11, 21)).asof)
    assert sums_of(question).entries == Entry.objects.filter(edition=edition).count()
