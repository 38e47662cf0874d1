"""What a product costs a visitor now, for conditions and orders of lists: as its card says it.

From the lowest to the highest price of its variants, less what the booth takes off from which it is sold: of several
the one of the leading edition (``catalog.moments.precedence``), as on cards and pages.
"""

from django.db.models import BigIntegerField, Case, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalog.models import Placement
from catalog.selling import placed_at
from expo.prepared import MOMENT

RUNNING = Q(sale_percent__gt=0, sale_from__lte=MOMENT, sale_until__gt=MOMENT)


class Lowered(Func):
    """``Lowered(price, percent)``: the rule of ``catalog.pricing.lowered``."""

    output_field = BigIntegerField()
    template = "GREATEST(1, %(expressions)s) / 100)"
    arg_joiner = " * (100 - "


def on_sale() -> QuerySet:
    """Ids of products from which some booth takes something off now: few, and read once for a whole list."""
    return Placement.objects.filter(placed_at(MOMENT), RUNNING).order_by().values("product")


def percent_now() -> Subquery:
    edition = "booth__edition__"
    mall = Q(**{f"{edition}mall_closes_at__isnull": True}) | Q(**{f"{edition}mall_closes_at__gt": MOMENT})
    leading = Case(
        When(Q(**{f"{edition}opens_at__lte": MOMENT, f"{edition}closes_at__gt": MOMENT}), then=Value(2)),
        When(Q(**{f"{edition}sales_open__lte": MOMENT}) & mall, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    percent = Case(When(RUNNING, then=F("sale_percent")), default=Value(0), output_field=IntegerField())
    placements = Placement.objects.filter(placed_at(MOMENT), product=OuterRef("pk"))
    return Subquery(placements.order_by(leading.desc(), f"-{edition}opens_at").values(percent=percent)[:1])


def price_now(full=None) -> Case:
    """The lowest price; of products on sale alone the database looks into their booths."""
    full = full or F("price")
    return Case(
        When(Q(pk__in=on_sale()), then=Lowered(full, percent_now())), default=full, output_field=BigIntegerField()
    )


def top_price_now() -> Case:
    """The highest."""
    return price_now(Coalesce("price_top", "price", output_field=BigIntegerField()))
