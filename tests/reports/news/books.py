"""Sealed figures as the demonstration seals them, without a database: two expos of 2020, together and apart."""

import datetime as dt

from expo.formats import WIB
from reports.news.known import Book, KnownEdition, KnownFigure, KnownRecap


def moment(month: int, day: int, hour: int = 13) -> dt.datetime:
    return dt.datetime(2020, month, day, hour, tzinfo=WIB)


FIRST = KnownEdition(
    slug="uvo-1", name="UKM Virtual Expo I", name_en="", code="UVO-I",
    sales_open=moment(10, 20, 0), opens_at=moment(10, 25, 9), closes_at=moment(10, 27, 21),
)  # fmt: skip
SECOND = KnownEdition(
    slug="uvo-2", name="UKM Virtual Expo II", name_en="", code="UVO-II",
    sales_open=moment(11, 16, 0), opens_at=moment(11, 18, 9), closes_at=moment(11, 20, 16),
)  # fmt: skip


def recap(number: str, cutoff: dt.datetime, *scope: str, state: str = "current") -> KnownRecap:
    return KnownRecap(number=number, code=f"CODE-{number}", state=state, scope=scope, cutoff=cutoff)


EARLY = recap("I/1", moment(10, 25, 12), "uvo-1")
MIDDLE = recap("I/2", moment(10, 28, 12), "uvo-1")
ONE = recap("I/3", moment(11, 20), "uvo-1")
TWO = recap("II/1", moment(11, 20), "uvo-2")
BOTH = recap("I+II/1", moment(11, 20), "uvo-1", "uvo-2")


def figures(of: KnownRecap, **values: int) -> tuple[KnownFigure, ...]:
    return tuple(KnownFigure(key=key, value=value, recap=of) for key, value in values.items())


def parts(of: KnownRecap, key: str, kind: str, **values: int) -> tuple[KnownFigure, ...]:
    return tuple(KnownFigure(key=key, value=value, recap=of, part=(kind, part)) for part, value in values.items())


ALL = (
    *figures(EARLY, realised=1_684_312_000, committed=0, transaction_value=1_684_312_000, visits=2_100),
    *figures(
        MIDDLE, realised=1_931_000_000, committed=1_200_000_000, transaction_value=3_131_000_000, visits=7_297,
        exhibitors=102, on_show=910,
    ),
    *figures(
        ONE, realised=3_484_791_000, committed=0, transaction_value=3_484_791_000, visits=11_052, unique=8_400,
        exhibitors=102, ukm=90, koperasi=12, on_show=910, units=31_207, products_sold=880, transactions=4_123,
    ),
    *figures(
        TWO, realised=230_591_000, committed=0, transaction_value=230_591_000, potential=750_000_000, financing=0,
        visits=9_500, unique=7_011, page_views=61_000, exhibitors=152, ukm=139, koperasi=13, regencies=35,
        on_show=2_768, units=1_907, products_sold=640, transactions=803, inquiries=3_464, answered=3_100,
    ),
    *parts(TWO, "realised", "channel", online=180_591_000, live=50_000_000),
    *figures(
        BOTH, realised=3_715_382_000, committed=0, transaction_value=3_715_382_000, visits=20_552, exhibitors=231,
    ),
)  # fmt: skip


def book(*, until: dt.date | None = dt.date(2020, 11, 20), without: tuple[KnownRecap, ...] = ()) -> Book:
    return Book(
        editions=(FIRST, SECOND),
        figures=tuple(figure for figure in ALL if figure.recap not in without),
        places=frozenset({("salatiga",), ("kudus",), ("qatar",), ("fesyen",)}),
        until=until,
    )
