"""What a recap counts that is not in the journal, captured once when it is sealed.

Visits, inquiries, products on show, orders, participants, and the names by which editions and regencies went then.
A recap computed again years later uses its snapshot, so nothing of this can change it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import connection

from catalog.counts import products_on_show
from expo.models import Edition, Region, RegionLevel
from inquiries.counts import inquiry_counts
from journal.keys import country_name
from journal.models import Measure
from journal.totals import AsOf, Totals
from orders.counts import lost_values, order_counts
from reports import canonical
from reports import figures as f
from reports.runs import earlier_edition, run_day, same_day
from visits.booths import BoothCount, booth_counts
from visits.queries import gate_days
from visits.queries import snapshot as count_visits

COUNTED = frozenset("ABC")

PARTICIPANTS = """
SELECT count(*), count(*) FILTER (WHERE kind = 'koperasi'), count(DISTINCT regency_id)
FROM exhibitors_exhibitor WHERE id IN (
    SELECT booth.exhibitor_id
    FROM exhibitors_booth AS booth JOIN expo_edition AS edition ON edition.id = booth.edition_id
    WHERE edition.id = ANY(%(editions)s) AND (
        booth.opened_at IS NULL OR booth.opened_at < %(cutoff)s
        -- of an edition that was over when it was brought in
        OR booth.opened_at >= coalesce(edition.mall_closes_at, edition.closes_at)
    )
    UNION SELECT unnest(%(told_of)s::bigint[])
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regency:
    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    editions: tuple[f.Edition, ...]
    regencies: tuple[Regency, ...]
    on_show: int
    participants: f.Participants
    visits: f.Visits
    inquiries: f.Inquiries
    orders: f.Orders
    comparison: f.Comparison | None = canonical.introduced(2, None)
    rules: int = f.RULES_VERSION

    def to_json(self) -> bytes:
        return canonical.dumps(self)

    @classmethod
    def from_json(cls, data: bytes) -> "Snapshot":
        return canonical.loads(cls, data)


def capture(editions: Sequence[Edition], asof: AsOf) -> Snapshot:
    """Count everything now, from ``asof.since`` to the occurred cut-off. A combined recap counts each thing once."""
    ids, cutoff, since = asof.editions, asof.occurred, asof.since
    return Snapshot(
        editions=tuple(_edition(edition) for edition in editions),
        regencies=_regencies(editions),
        on_show=products_on_show(ids, cutoff),
        participants=_participants(Totals(asof)),
        visits=_visits(ids, cutoff, since),
        inquiries=_inquiries(ids, cutoff, since),
        orders=f.Orders(**order_counts(ids, cutoff, since), **lost_values(ids, cutoff, since)),
        comparison=_comparison(editions, asof),
    )


def _edition(edition: Edition) -> f.Edition:
    return f.Edition(
        slug=edition.slug,
        name=edition.name,
        name_en=edition.name_en,
        code=edition.code,
        organiser=edition.organiser,
        mode=edition.mode,
        theme=edition.theme,
        sales_open=edition.sales_open,
        opens_at=edition.opens_at,
        closes_at=edition.closes_at,
        mall_closes_at=edition.mall_closes_at,
    )


def _regencies(editions: Sequence[Edition]) -> tuple[Regency, ...]:
    provinces = {edition.province_id for edition in editions if edition.province_id}
    regions = Region.objects.filter(level=RegionLevel.REGENCY, parent_id__in=provinces).order_by("code")
    return tuple(Regency(code=region.code, label=region.name) for region in regions)


def _participants(known: Totals) -> f.Participants:
    """Exhibitors that had a booth by the cut-off, and those of whom the journal tells (imported ones have no booth)."""
    asof, told_of = known.asof, list(known.exhibitors)
    with connection.cursor() as cursor:
        cursor.execute(PARTICIPANTS, {"editions": list(asof.editions), "cutoff": asof.occurred, "told_of": told_of})
        everyone, cooperatives, regencies = cursor.fetchone()
    return f.Participants(exhibitors=everyone, ukm=everyone - cooperatives, koperasi=cooperatives, regencies=regencies)


def _visits(ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None) -> f.Visits:
    counted = count_visits(ids, cutoff, since)
    booths = booth_counts(ids, cutoff, since)
    # Visits to booths that were taken away since are known of the edition alone.
    gone = counted["booth_visits"] - sum(booth.visits for booth in booths)
    if gone > 0:
        booths.append(BoothCount(label="", visits=gone))
    return canonical.from_plain(
        f.Visits,
        {
            **counted,
            "booths": [asdict(booth) for booth in booths],
            "gate_days": gate_days(ids, cutoff, since),
        },
        "visits",
    )


def _comparison(editions: Sequence[Edition], asof: AsOf) -> f.Comparison | None:
    """The edition before, as of the same day of its run; None for several editions together, and for the first.

    It is captured, not computed again: the earlier edition may learn of late entries, and has recaps of its own.
    """
    earlier = earlier_edition(editions[0]) if len(editions) == 1 else None
    if earlier is None:
        return None
    then = same_day(asof, editions[0], earlier)
    known = Totals(then)
    groups = [group for group in known.groups if group.evidence in COUNTED]
    return f.Comparison(
        slug=earlier.slug,
        name=earlier.name,
        name_en=earlier.name_en,
        code=earlier.code,
        day=run_day(editions[0], asof.occurred),
        since=then.since,
        occurred=then.occurred,
        recorded=then.recorded,
        realised=sum(group.amount for group in groups if group.measure == Measure.REALISED),
        committed=sum(group.amount for group in groups if group.measure == Measure.COMMITTED),
        transactions=known.transactions[Measure.REALISED],
        visits=count_visits(then.editions, then.occurred, then.since)["visits"],
        inquiries=inquiry_counts(then.editions, then.occurred, then.since)["sent"],
        exhibitors=_participants(known).exhibitors,
    )


def _inquiries(ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None) -> f.Inquiries:
    counts = inquiry_counts(ids, cutoff, since)
    return f.Inquiries(
        sent=counts["sent"],
        answered=counts["answered"],
        median_first_answer_minutes=counts["median_first_answer_minutes"],
        by_language=tuple(
            f.InquiryRow(key=row["language"], label=row["language"], sent=row["sent"], answered=row["answered"])
            for row in counts["by_language"]
        ),
        by_country=tuple(
            f.InquiryRow(
                key=row["country"],
                label=country_name(row["country"]) if row["country"] else "Tidak diketahui",
                sent=row["sent"],
                answered=row["answered"],
            )
            for row in counts["by_country"]
        ),
    )
