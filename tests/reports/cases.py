"""A small history with everything in it, for the tests of recaps."""

import datetime as dt

from journal.totals import AsOf
from reports.seal import seal
from tests.factories import make_edition, make_exhibitor, make_region, wib
from tests.journal.ledger import history, post_history

CLOSING_DAY = wib(2020, 11, 20, 13)


def asof(edition, occurred=CLOSING_DAY, recorded=None) -> AsOf:
    return AsOf(editions=(edition.pk,), occurred=occurred, recorded=recorded or occurred)


def make_history(edition=None):
    """Two exhibitors; sales in all channels, a promise partly paid, a refund, a claim of grade D."""
    salatiga = make_region(code="33.73", name="Kota Salatiga")
    make_region(code="33.74", name="Kota Semarang")
    edition = edition or make_edition(slug="uvo-2", code="UVO-II", name="UKM Virtual Expo II")
    edition.province = salatiga.parent
    edition.save()
    keramik = make_exhibitor(name="Keramik", regency=salatiga, kind="koperasi")
    batik = make_exhibitor(name="Batik")
    common = {"edition": edition, "exhibitor": batik}
    place = {"regency_code": "33.73", "regency_label": "Kota Salatiga"}
    qatar = {"destination_code": "QA", "destination_label": "Qatar"}
    sale = history(**common, occurred_at=wib(2020, 11, 17, 8), amount=1_000_000, product_key="a", quantity=4)
    promise = history(
        edition=edition,
        exhibitor=keramik,
        occurred_at=wib(2020, 11, 18, 10),
        amount=900_000,
        measure="committed",
        transaction_key="Q",
        **place,
        **qatar,
    )
    post_history(
        sale,
        history(**common, occurred_at=wib(2020, 11, 19, 23, 59, 59), amount=500_000, channel="live", product_key="b"),
        history(**common, occurred_at=wib(2020, 11, 19, 12), amount=70_000, evidence="D"),
        promise,
        history(
            edition=edition, exhibitor=keramik, occurred_at=wib(2020, 11, 19, 9), amount=-400_000, quantity=0,
            measure="committed", transaction_key="Q", nature="payment", reverses_key=promise.source_key,
            **place, **qatar,
        ),
        history(
            edition=edition, exhibitor=keramik, occurred_at=wib(2020, 11, 19, 9), amount=400_000, on_order=True,
            transaction_key="Q", evidence="A", **place, **qatar,
        ),
        history(
            **common, occurred_at=wib(2020, 11, 20, 9), amount=-250_000, quantity=-1, nature="refund",
            reverses_key=sale.source_key, transaction_key=sale.transaction_key, product_key="a",
        ),
    )  # fmt: skip
    return edition


def seal_at(edition, *moment, recorded=None, **options):
    return seal([edition], occurred_cutoff=wib(*moment), recorded_cutoff=recorded, **options)


def minutes(count: int) -> dt.timedelta:
    return dt.timedelta(minutes=count)
