"""News checks: kept at an address of their own, computed when looked at, deleted after their time."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from expo.models import Edition
from reports.models import NewsCheck
from reports.news.check import Result, check, day_of, editions_meant, local_day
from reports.news.known import Book
from reports.newsdesk import book_of, known_editions

MOST_LETTERS = 20_000
KEPT = dt.timedelta(days=90)


@transaction.atomic
def keep_check(text: str, *, editions: Iterable[Edition] = (), published_on: dt.date | None = None) -> NewsCheck:
    """Without editions the dates and names in the text decide, each time it is looked at alike."""
    kept = NewsCheck.objects.create(text=text, published_on=published_on)
    kept.editions.set(editions)
    return kept


def result_of(kept: NewsCheck) -> tuple[Result, Book]:
    """Findings, and the sealed figures that the article was held against."""
    everything = known_editions(kept.created_at)
    until = kept.published_on or day_of(kept.text, local_day(kept.created_at))
    chosen = {edition.slug for edition in kept.editions.all()}
    if chosen:
        editions = tuple(edition for edition in everything if edition.slug in chosen)
    else:
        editions = editions_meant(kept.text, everything, published=kept.published_on)
    book = book_of(editions, until=until, sealed_before=kept.created_at)
    return check(kept.text, book), book


def ends_at(kept: NewsCheck) -> dt.datetime:
    return kept.created_at + KEPT


def delete_old_checks(*, now: dt.datetime | None = None) -> int:
    """Those whose time is over; returns how many. Safe to repeat."""
    old = NewsCheck.objects.filter(created_at__lt=(now or timezone.now()) - KEPT)
    return old.delete()[1].get("reports.NewsCheck", 0)
