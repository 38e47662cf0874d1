"""Where exhibitors stand, kept for the admin: one row for each market, renewed in rounds (ADR 0094).

The rows follow what is known; nothing else reads them. A row counts until ``valid_until``, the last day of the first
certificate to end, so nobody is called ready after midnight because a round has not come by yet.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import BooleanField, ExpressionWrapper, F, Min, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import MarketStanding, ReadinessMark
from catalog.readiness.checklist import Checklist, checklist
from catalog.readiness.facts import Facts, facts_of
from catalog.readiness.markets import MARKABLE, VERSION, Market
from exhibitors.models import Exhibitor
from exhibitors.states import CurationState
from expo.errors import DomainError
from expo.formats import WIB

BATCH = 200
UPDATED = ["met", "total", "ready_products", "is_ready", "missing", "valid_until", "version", "computed_at"]


def today(now: dt.datetime | None = None) -> dt.date:
    return (now or timezone.now()).astimezone(WIB).date()


def checklists_of(exhibitor: Exhibitor, now: dt.datetime | None = None) -> list[Checklist]:
    """As of this moment, in the order of the markets."""
    [facts] = facts_of([exhibitor], today(now))
    return [checklist(facts, market) for market in Market]


def mark(exhibitor: Exhibitor, key: str, *, has: bool, by) -> None:
    """Its people say that they have what the system cannot see, or no longer."""
    if key not in MARKABLE:
        raise DomainError(_("Syarat ini diperiksa oleh sistem."))
    if has:
        ReadinessMark.objects.get_or_create(exhibitor=exhibitor, requirement=key, defaults={"marked_by": by})
    else:
        ReadinessMark.objects.filter(exhibitor=exhibitor, requirement=key).delete()
    renew([exhibitor], timezone.now())


def renew_standings(now: dt.datetime) -> int:
    """Work out the BATCH that were worked out longest ago. Twice at once writes the same twice."""
    due = (
        Exhibitor.objects.filter(state=CurationState.APPROVED)
        .annotate(computed=Min("standings__computed_at"))
        .order_by(F("computed").asc(nulls_first=True), "pk")[:BATCH]
    )
    return renew(due, now)


def renew(exhibitors: Iterable[Exhibitor], now: dt.datetime) -> int:
    known = facts_of(exhibitors, today(now))
    rows = [_row(facts, checklist(facts, market), now) for facts in known for market in Market]
    rows.sort(key=lambda row: (row.exhibitor_id, row.market))  # one order of locks for all who write
    MarketStanding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["exhibitor", "market"], update_fields=UPDATED
    )
    return len(known)


def _row(facts: Facts, found: Checklist, now: dt.datetime) -> MarketStanding:
    return MarketStanding(
        exhibitor=facts.exhibitor,
        market=found.market,
        met=found.met,
        total=found.total,
        ready_products=found.ready_products,
        is_ready=found.is_ready,
        missing=[line.requirement.key for line in found.lines if not line.is_met],
        valid_until=facts.valid_until,
        version=VERSION,
        computed_at=now,
    )


def ready_today(now: dt.datetime | None = None) -> Q:
    """Which rows say today, by the table of now, that their exhibitor is ready."""
    still = Q(valid_until__isnull=True) | Q(valid_until__gte=today(now))
    return still & Q(is_ready=True, version=VERSION)


def ready_for(market: str, now: dt.datetime | None = None) -> QuerySet[MarketStanding]:
    return MarketStanding.objects.filter(ready_today(now), market=market)


def standings_of_today() -> Prefetch:
    """The rows of exhibitors, each with ``is_ready_today``."""
    is_ready = ExpressionWrapper(ready_today(), BooleanField())
    return Prefetch("standings", MarketStanding.objects.annotate(is_ready_today=is_ready))
