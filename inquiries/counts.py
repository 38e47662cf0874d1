"""Named counts that recaps ask of the inquiries when they are sealed."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection
from django.db.models import Count, Q

from inquiries.models import Inquiry, InquiryState

MEDIAN = """
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - sent_at))
FROM inquiries_inquiry
WHERE edition_id = ANY(%s) AND state <> 'spam' AND sent_at >= %s AND sent_at < %s AND answered_at < %s
"""


BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def inquiry_counts(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None = None) -> dict:
    """Inquiries sent (from ``since`` on) and answered before the cut-off, without spam; by language and country, too.

    ``median_first_answer_minutes`` is whole minutes, cut; None when nothing was answered.
    """
    start = since or BEGINNING
    asked = Inquiry.objects.filter(edition_id__in=edition_ids, sent_at__gte=start, sent_at__lt=cutoff)
    sent = asked.exclude(state=InquiryState.SPAM)
    answered = Count("pk", filter=Q(answered_at__lt=cutoff))

    def grouped(field: str) -> list[dict]:
        rows = sent.values(field).annotate(sent=Count("pk"), answered=answered)
        return list(rows.order_by("-sent", field))

    return {
        **sent.aggregate(sent=Count("pk"), answered=answered),
        "median_first_answer_minutes": median_first_answer(edition_ids, cutoff, start),
        "by_language": grouped("language"),
        "by_country": grouped("country"),
    }


def median_first_answer(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime = BEGINNING) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN, [list(edition_ids), since, cutoff, cutoff])
        (seconds,) = cursor.fetchone()
    return None if seconds is None else int(seconds // 60)
