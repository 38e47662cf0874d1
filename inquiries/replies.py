"""How soon a booth answers: the median time to the first answer."""

import datetime as dt

from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    DurationField,
    Expression,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Extract

from catalog.seller_facts import seller_fact
from expo.prepared import MOMENT
from inquiries.models import Inquiry, InquiryState

NAME = "reply-seconds"  # among the facts of a seller
SINCE = dt.timedelta(days=180)  # older questions tell of other people and other days
PATIENCE = dt.timedelta(days=1)  # a younger one without answer says nothing yet
FEWEST = 3  # of one or two answers a median says nothing


class Median(Aggregate):
    template = "percentile_disc(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def reply_seconds() -> Subquery:
    """Of an exhibitor: the median time to the first answer of the last half year, at the slot ``MOMENT``.

    None with too few answers. What was never answered waits for ever: who answers one question in ten at once is not
    quick, and who leaves more than half of them unanswered gets infinity."""
    counted = Inquiry.objects.filter(
        Q(answered_at__isnull=False) | Q(sent_at__lt=_before(PATIENCE)),
        ~Q(state=InquiryState.SPAM),
        exhibitor=OuterRef("pk"),
        imported=False,
        sent_at__gte=_before(SINCE),
    )
    taken = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
    seconds = Coalesce(Extract(taken, "epoch"), Value(float("inf")), output_field=FloatField())
    medians = counted.order_by().values("exhibitor").annotate(answered=Count("answered_at"), median=Median(seconds))
    return Subquery(medians.filter(answered__gte=FEWEST).values("median"))


def _before(span: dt.timedelta) -> Expression:
    return ExpressionWrapper(Value(MOMENT) - Value(span), output_field=DateTimeField())


def reply_time(exhibitor_id: int) -> dt.timedelta | None:
    """As the product pages tell it, at most ten minutes old; None for those of whom nothing good can be said."""
    seconds = seller_fact(exhibitor_id, NAME)
    return None if seconds is None or seconds == float("inf") else dt.timedelta(seconds=int(seconds))
