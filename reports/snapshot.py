"""What a recap counts that is not in the journal, captured once when it is sealed.

Visits, inquiries, products on show, orders, participants, and the names by which editions and regencies went then.
A recap computed again years later uses its snapshot, so nothing of this can change it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from catalog.counts import products_on_show
from expo.models import Edition, Region, RegionLevel
from inquiries.counts import inquiry_counts
from journal.keys import country_name
from journal.totals import AsOf
from orders.counts import order_counts
from reports import canonical
from reports import figures as f
from visits.queries import snapshot as count_visits

PARTICIPANTS = """
SELECT count(*), count(*) FILTER (WHERE kind = 'koperasi'), count(DISTINCT regency_id)
FROM exhibitors_exhibitor WHERE id IN (
    SELECT exhibitor_id FROM exhibitors_booth WHERE edition_id = ANY(%(editions)s)
    UNION SELECT exhibitor_id FROM journal_entry
    WHERE edition_id = ANY(%(editions)s) AND occurred_at < %(occurred)s AND recorded_at < %(recorded)s
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
    rules: int = f.RULES_VERSION

    def to_json(self) -> bytes:
        return canonical.dumps(self)

    @classmethod
    def from_json(cls, data: bytes) -> "Snapshot":
        return canonical.loads(cls, data)


def capture(editions: Sequence[Edition], asof: AsOf) -> Snapshot:
    """Count everything now, as of the occurred cut-off. A combined recap counts each thing once."""
    ids, cutoff = asof.editions, asof.occurred
    return Snapshot(
        editions=tuple(_edition(edition) for edition in editions),
        regencies=_regencies(editions),
        on_show=products_on_show(ids, cutoff),
        participants=_participants(asof),
        visits=canonical.from_plain(f.Visits, count_visits(ids, cutoff), "visits"),
        inquiries=_inquiries(ids, cutoff),
        orders=f.Orders(**order_counts(ids, cutoff)),
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


def _participants(asof: AsOf) -> f.Participants:
    """Exhibitors with a booth, and those of whom the journal tells (imported ones have no booth)."""
    with connection.cursor() as cursor:
        cursor.execute(PARTICIPANTS, asof.parameters)
        everyone, cooperatives, regencies = cursor.fetchone()
    return f.Participants(exhibitors=everyone, ukm=everyone - cooperatives, koperasi=cooperatives, regencies=regencies)


def _inquiries(ids: Sequence[int], cutoff: dt.datetime) -> f.Inquiries:
    counts = inquiry_counts(ids, cutoff)
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
