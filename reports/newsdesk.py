"""Brings sealed figures to the news check: which recaps an article is held against, as values without a database.

Only what the public pages of a recap show anyway: headlines, phases, channels, days. Figures of single exhibitors,
regencies and categories are no part of it, so that nobody finds them out by pasting guesses.
"""

import datetime as dt
import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from expo.formats import WIB
from expo.models import Edition
from reports.models import Recap
from reports.news.known import WHOLE, Book, KnownEdition, KnownFigure, KnownRecap, Part
from reports.news.tokens import read

MOST_RECAPS = 60  # of one scope: the last ones before the article
MOST_REMEMBERED = 2000
FROM_WIB_DAY = dt.timedelta(days=1)

EXTRACT = """
SELECT sha256, jsonb_build_object(
    'realised', f->'realised'->'total', 'transactions', f->'realised'->'transactions',
    'committed', f->'committed'->'total', 'transaction_value', f->'transaction_value'->'total',
    'potential', f->'potential'->'total', 'financing', f->'financing'->'total',
    'on_show', f->'products'->'on_show', 'products_sold', f->'products'->'sold', 'units', f->'products'->'units',
    'visits', f->'visits'->'visits', 'unique', f->'visits'->'unique_total', 'gate', f->'visits'->'gate',
    'page_views', f->'visits'->'page_views', 'booth_visits', f->'visits'->'booth_visits',
    'inquiries', f->'inquiries'->'sent', 'answered', f->'inquiries'->'answered', 'orders', f->'orders'->'placed',
    'exhibitors', f->'participants'->'exhibitors', 'ukm', f->'participants'->'ukm',
    'koperasi', f->'participants'->'koperasi', 'regencies', f->'participants'->'regencies'
)::text, jsonb_build_object(
    'phase', f->'tables'->'phase', 'channel', f->'tables'->'channel', 'day', f->'tables'->'day'
)::text, jsonb_build_array(
    jsonb_path_query_array(f, '$.tables.regency[*].label'), jsonb_path_query_array(f, '$.tables.category[*].label'),
    jsonb_path_query_array(f, '$.tables.destination[*].label')
)::text
FROM reports_recap CROSS JOIN LATERAL (
    SELECT jsonb_set(figures::jsonb, '{tables,exhibitor}', '[]') AS f OFFSET 0
) AS parsed
WHERE sha256 = ANY(%s)
"""

Extract = tuple[tuple[tuple[str, Part, int], ...], frozenset[tuple[str, ...]]]
# What was sealed never changes, so a process may keep it for good. Keyed by the hash of the figures.
_remembered: dict[str, Extract] = {}


def known_editions(sealed_before: dt.datetime) -> tuple[KnownEdition, ...]:
    """Editions of which something was sealed by then, oldest first."""
    editions = Edition.objects.filter(recaps__sealed_at__lte=sealed_before).distinct().order_by("opens_at", "pk")
    return tuple(
        KnownEdition(
            slug=edition.slug, name=edition.name, name_en=edition.name_en, code=edition.code,
            sales_open=edition.sales_open, opens_at=edition.opens_at, closes_at=edition.closes_at,
        )
        for edition in editions
    )  # fmt: skip


def book_of(editions: Iterable[KnownEdition], *, until: dt.date | None, sealed_before: dt.datetime) -> Book:
    """What an article of the day `until` is held against: recaps of these editions, alone and together."""
    editions = tuple(editions)
    recaps = _recaps({edition.slug for edition in editions}, until, sealed_before)
    extracts = _extracts({sha256 for sha256, _recap in recaps})
    figures: list[KnownFigure] = []
    places: set[tuple[str, ...]] = set()
    for sha256, recap in recaps:
        values, names = extracts[sha256]
        figures += [KnownFigure(key=key, part=part, value=value, recap=recap) for key, part, value in values]
        places |= names
    return Book(editions=editions, figures=tuple(figures), places=frozenset(places), until=until)


def _recaps(slugs: set[str], until: dt.date | None, sealed_before: dt.datetime) -> list[tuple[str, KnownRecap]]:
    known = Recap.objects.filter(since__isnull=True).order_by().values_list("scope", flat=True).distinct()
    scopes = [scope for scope in known if set(scope.split("+")) <= slugs]
    found = Recap.objects.filter(scope__in=scopes, sealed_at__lte=sealed_before)
    if until:
        midnight = dt.datetime.combine(until, dt.time(), tzinfo=WIB) + FROM_WIB_DAY
        found = found.filter(occurred_cutoff__lte=midnight)
    newest_first = Window(
        RowNumber(), partition_by=[F("scope")], order_by=[F("occurred_cutoff").desc(), F("revision").desc()]
    )
    rows = found.annotate(place=newest_first).filter(place__lte=MOST_RECAPS)
    return [
        (sha256, KnownRecap(number=number, code=code, state=state, scope=tuple(scope.split("+")), cutoff=cutoff))
        for sha256, number, code, state, scope, cutoff in rows.values_list(
            "sha256", "number", "code", "state", "scope", "occurred_cutoff"
        )
    ]


def _extracts(hashes: set[str]) -> dict[str, Extract]:
    if len(_remembered) > MOST_REMEMBERED:
        _remembered.clear()
    if missing := [each for each in hashes if each not in _remembered]:
        with connection.cursor() as cursor:
            cursor.execute(EXTRACT, [missing])
            for sha256, headline, tables, labels in cursor.fetchall():
                _remembered[sha256] = _extract(json.loads(headline), json.loads(tables), json.loads(labels))
    return {each: _remembered[each] for each in hashes}


def _extract(headline: dict, tables: dict, labels: list[list[str]]) -> Extract:
    values: list[tuple[str, Part, int]] = [(key, WHOLE, value) for key, value in headline.items() if value is not None]
    for kind, rows in tables.items():
        values += [
            (key, (kind, row["key"]), row[key]) for row in rows for key in ("realised", "committed") if row["key"]
        ]
    names = {_place(label) for listed in labels for label in listed}
    return tuple(values), frozenset(names - {()})


def _place(label: str) -> tuple[str, ...]:
    """ "Kabupaten Kudus" → ("kudus",): how a text would name it."""
    words = tuple(token.low for token in read(label).tokens if token.kind == "word")
    return words[1:] if len(words) > 1 and words[0] in {"kabupaten", "kota"} else words
