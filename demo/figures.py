"""The published figures that the demonstration replays, read from ``demo/data/press_figures.json``.

Nothing that the file says is written anywhere else. An edition is replayed when the file gives its moments, how many
exhibitors and products it had, and at least one figure to reproduce.
"""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from expo.errors import DomainError

FILE = Path(__file__).parent / "data" / "press_figures.json"
NEEDED = ("slug", "name", "year", "exhibitors", "products", "sales_open", "opens_at", "closes_at")
REPLAYED = ("exact", "truncates")


class FiguresError(DomainError):
    """The file of figures cannot be replayed; says why."""


@dataclass(frozen=True)
class Figure:
    """One published figure. Amounts in rupiah; ``low``…``high`` is what the replay may show (both included)."""

    id: str
    measure: str
    as_of: dt.datetime
    low: int
    high: int
    editions: tuple[str, ...]
    regency: str = ""
    destination: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Show:
    """One edition of the file."""

    slug: str
    name: str
    year: int
    organiser: str
    mode: str
    theme: str
    exhibitors: int
    products: int
    categories: tuple[str, ...]
    sales_open: dt.datetime
    opens_at: dt.datetime
    closes_at: dt.datetime
    mall_closes_at: dt.datetime | None
    figures: tuple[Figure, ...]

    def figures_of(self, measure: str) -> list[Figure]:
        """This edition's own figures of a measure, by time."""
        own = [figure for figure in self.figures if figure.measure == measure and figure.editions == (self.slug,)]
        return sorted(own, key=lambda figure: figure.as_of)

    def moments(self) -> list[dt.datetime]:
        """The moments at which something was published about this edition."""
        return sorted({figure.as_of for figure in self.figures})


def read_figures(path: Path = FILE) -> list[Show]:
    """The editions to replay, by opening. FiguresError where the file contradicts itself."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        shows = [read_show(record) for record in content["editions"] if is_replayed(record)]
    except OSError as error:
        raise FiguresError(f"{path}: {error.strerror}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise FiguresError(f"{path} is not a file of figures: {error!r}.") from error
    if not shows:
        raise FiguresError(f"{path} names no edition that can be replayed.")
    for show in shows:
        check_show(show)
    check_sums(shows)
    return sorted(shows, key=lambda show: show.opens_at)


def is_replayed(record: dict) -> bool:
    figures = [figure for figure in record.get("figures", ()) if figure.get("replay") in REPLAYED]
    return all(record.get(name) for name in NEEDED) and bool(figures)


def read_show(record: dict) -> Show:
    figures = [read_figure(f, record["slug"]) for f in record["figures"] if f["replay"] in REPLAYED]
    return Show(
        slug=record["slug"],
        name=record["name"],
        year=record["year"],
        organiser=record.get("organiser", ""),
        mode=record.get("mode", "online"),
        theme=record.get("theme", ""),
        exhibitors=record["exhibitors"],
        products=record["products"],
        categories=tuple(record.get("categories", ())),
        sales_open=moment(record["sales_open"]),
        opens_at=moment(record["opens_at"]),
        closes_at=moment(record["closes_at"]),
        mall_closes_at=moment(record["mall_closes_at"]) if record.get("mall_closes_at") else None,
        figures=tuple(figures),
    )


def read_figure(record: dict, slug: str) -> Figure:
    amount = record.get("idr") or record.get("count") or 0
    width = record["precision"] if record["replay"] == "truncates" else 1
    return Figure(
        id=record["id"],
        measure=record["measure"],
        as_of=moment(record["as_of"]),
        low=amount,
        high=amount + width - 1,
        editions=tuple(record.get("editions", [slug])),
        regency=record.get("regency", ""),
        destination=record.get("destination", ""),
        places=tuple(record.get("places", ())),
    )


def moment(text: str) -> dt.datetime:
    value = dt.datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text} has no offset from UTC")
    return value


def check_show(show: Show) -> None:
    if show.products < show.exhibitors:
        raise FiguresError(f"{show.slug}: {show.products} products cannot fill {show.exhibitors} booths.")
    if not show.sales_open <= show.opens_at < show.closes_at:
        raise FiguresError(f"{show.slug}: the moments are out of order.")
    for figure in show.figures:
        if figure.as_of <= show.sales_open:
            raise FiguresError(f"{figure.id}: its moment lies before the sales opened.")
    for figure in show.figures_of("products_on_show"):
        if figure.low != show.products:
            raise FiguresError(f"{figure.id}: the edition has {show.products} products.")
    for measure in ("realised", "visits", "inquiries"):
        highest = 0
        for figure in show.figures_of(measure):
            if figure.high < highest:
                raise FiguresError(f"{figure.id}: less than was published earlier.")
            highest = figure.low


def check_sums(shows: list[Show]) -> None:
    """A figure of several editions together must be what their own figures of that moment add up to."""
    own = {(f.measure, f.as_of, show.slug): f for show in shows for f in show.figures if f.editions == (show.slug,)}
    for figure in (f for show in shows for f in show.figures if len(f.editions) > 1):
        parts = [own.get((figure.measure, figure.as_of, slug)) for slug in figure.editions]
        if None in parts:
            raise FiguresError(f"{figure.id}: one of its editions has no figure of that moment.")
        if not (sum(p.low for p in parts) <= figure.high and figure.low <= sum(p.high for p in parts)):
            raise FiguresError(f"{figure.id}: its parts add up to {sum(p.low for p in parts)}.")
