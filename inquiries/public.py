"""Questions and answers that everyone may read, newest first; one query for a page of them."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from expo.names import masked_name
from expo.prepared import MOMENT, Prepared, number_slot
from inquiries.models import Answer, Inquiry

FIRST = 3  # on the product's page
PAGE = 15
FIELDS = ("pk", "name", "language", "message", "sent_at", "published_at", "answered")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class QuestionPage:
    """``after``: key of the next page, "" at the end."""

    questions: list[dict]
    after: str


def first_questions(product_id: int, limit: int = FIRST) -> QuestionPage:
    return _page(_first_query().dicts(FIELDS, product=product_id, limit=limit + 1), limit)


def later_questions(product_id: int, key: str) -> QuestionPage | None:
    """The page after ``key``; None for what is no key."""
    try:
        moment, number = (int(part) for part in key.split("-"))
        before = EPOCH + dt.timedelta(microseconds=moment)
    except (ValueError, OverflowError):
        return None
    if not 0 < number < 2**62:
        return None
    rows = _later_query().dicts(FIELDS, product=product_id, before=before, pk=number, limit=PAGE + 1)
    return _page(rows, PAGE)


def _page(rows: list[dict], limit: int) -> QuestionPage:
    shown = rows[:limit]
    after = ""
    if len(rows) > limit:
        after = f"{(shown[-1]['published_at'] - EPOCH) // dt.timedelta(microseconds=1)}-{shown[-1]['pk']}"
    for row in shown:
        row["author"] = masked_name(row.pop("name"))
        answers = [json.loads(each) if isinstance(each, str) else each for each in row["answered"]]
        row["answered"] = [{**each, "at": dt.datetime.fromisoformat(each["at"])} for each in answers]
    return QuestionPage(shown, after)


def _questions() -> QuerySet:
    answers = Answer.objects.filter(inquiry=OuterRef("pk"), is_public=True).order_by("at", "pk")
    shown = Inquiry.objects.filter(product=number_slot(1), published_at__isnull=False, hidden_at__isnull=True).order_by(
        "-published_at", "-pk"
    )
    return shown.annotate(answered=ArraySubquery(answers.values(json=JSONObject(body="body", at="at"))))


@cache
def _first_query() -> Prepared:
    return Prepared(_questions().values_list(*FIELDS), product=number_slot(1))


@cache
def _later_query() -> Prepared:
    earlier = Q(published_at__lt=MOMENT) | Q(published_at=MOMENT, pk__lt=number_slot(2))
    return Prepared(
        _questions().filter(earlier).values_list(*FIELDS), product=number_slot(1), before=MOMENT, pk=number_slot(2)
    )
