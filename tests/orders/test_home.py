import datetime as dt

from exhibitors.dashboard import figures_for
from journal.values import Evidence, Measure
from orders.home import realised_on
from tests.factories import make_booth, wib
from tests.journal.ledger import history, post_history


def test_turnover_of_a_day_begins_at_midnight_wib(owner, outsider):
    edition = make_booth(exhibitor=owner.exhibitor).edition
    midnight = wib(2020, 11, 19)

    def entry(moment, amount, **fields):
        facts = {"edition": edition, "exhibitor": owner.exhibitor, **fields}
        return history(**facts, occurred_at=moment, amount=amount)

    post_history(
        entry(midnight - dt.timedelta(microseconds=1), 1),
        entry(midnight, 20),
        entry(midnight + dt.timedelta(hours=23, minutes=59), 300),
        entry(midnight + dt.timedelta(days=1), 4_000),
        entry(midnight, 50_000, evidence=Evidence.D),
        entry(midnight, 600_000, measure=Measure.COMMITTED),
        entry(midnight, 7_000_000, exhibitor=outsider.exhibitor),
    )
    assert realised_on(owner.exhibitor, dt.date(2020, 11, 19)) == 320


def test_start_page_shows_the_figures_of_today(owner):
    assert [str(figure.label) for figure in figures_for(owner.exhibitor)] == [
        "Omzet hari ini", "Pesanan menunggu Anda", "Permintaan belum dijawab", "Tampil di panggung",
    ]  # fmt: skip
