"""Public figures as data: plain values for JSON, rows for CSV, the schema, and the dataset's own description.

Names, addresses and units are a promise (docs/open-data.md): what is added gets a new name, and nothing another
meaning. Nothing here depends on the reader's language.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from expo.formats import WIB
from expo.sheets.safe import neutral
from reports.figures import Figures, Row
from reports.models import BookLine, Recap
from reports.public.columns import COLUMNS
from reports.queries import is_in_doubt, verification_url

# What is added to a recap's public form comes with another version, so that files of older ones can still be checked.
VERSION = 1
SCHEMA = "ukm-virtual-expo/recap-public/"
DATASET = "ukm-virtual-expo/dataset-public/"
HEADS = "ukm-virtual-expo/heads/1"
LICENCE = {
    "name": "Creative Commons Attribution 4.0 International",
    "spdx": "CC-BY-4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}
AMOUNTS = ("realised", "committed", "units", "transactions")
RECAP_COLUMNS = (
    "edition", "name", "name_en", "organiser", "opens_at", "closes_at", "recap_number", "recap_code", "recap_url",
    "recap_state", "occurred_before", "recorded_before", "sealed_at", "sha256",
)  # fmt: skip
DAY_COLUMNS = ("edition", "day", *AMOUNTS, "visits", "page_views", "unique_visitors", "recap_number", "recap_code")


def address(name: str, *args: str) -> str:
    """The one absolute address of something public: that of the Indonesian site."""
    with translation.override("id"):
        return settings.SITE_URL + reverse(f"reports:{name}", args=args)


def recap_data(recap: Recap, figures: Figures, version: int | None = None) -> dict[str, Any]:
    """A recap as its public JSON says it, or said it in an earlier version of its form."""
    version = version or VERSION
    return {
        "schema": f"{SCHEMA}{version}",
        "schema_url": address("data-schema"),
        "licence": LICENCE,
        "editions": [
            {
                "slug": edition.slug, "name": edition.name, "name_en": edition.name_en, "organiser": edition.organiser,
                "opens_at": moment(edition.opens_at), "closes_at": moment(edition.closes_at),
            }
            for edition in figures.editions
        ],
        "recap": seal_data(recap),
        "figures": {column.name: column.value(figures) for column in COLUMNS if column.since <= version},
        "phases": [row_data("phase", row) for row in figures.tables.phase],
        "channels": [row_data("channel", row) for row in figures.tables.channel],
        "days": list(day_data(figures)),
    }  # fmt: skip


def seal_data(recap: Recap) -> dict[str, Any]:
    successor = recap.superseded_by
    since = recap.recount.doubted_at if is_in_doubt(recap) else None
    return {
        "number": recap.number,
        "code": recap.code,
        "url": verification_url(recap.code),
        "state": recap.state,
        "in_doubt": since is not None,
        "in_doubt_since": moment(since) if since else None,
        "superseded_by": {"number": successor.number, "code": successor.code} if successor else None,
        "withdrawal_reason": recap.withdrawal_reason or None,
        "occurred_since": moment(recap.since) if recap.since else None,
        "occurred_before": moment(recap.occurred_cutoff),
        "recorded_before": moment(recap.recorded_cutoff),
        "sealed_at": moment(recap.sealed_at),
        "rules": recap.rules,
        "entries": recap.entries,
        "sha256": recap.sha256,
        "chain_sha256": recap.chain_sha256,
    }


def row_data(kind: str, row: Row) -> dict[str, Any]:
    return {kind: row.key or None, **{name: getattr(row, name) for name in AMOUNTS}}


def day_data(figures: Figures) -> Iterable[dict[str, Any]]:
    """Every day on which something was sold or somebody came, in order; WIB."""
    sold = {row.key: row for row in figures.tables.day}
    visits = {day.day.isoformat(): day for day in figures.visits.days}
    unique = {day.day.isoformat(): day.unique for day in figures.visits.unique_days}
    for day in sorted({*sold, *visits} - {""}):
        row, came = sold.get(day, Row(key=day, label=day)), visits.get(day)
        yield {
            **row_data("day", row),
            "visits": came.visits if came else 0,
            "page_views": came.page_views if came else 0,
            "unique_visitors": unique.get(day),
        }


def dataset(pairs: Sequence[tuple[Recap, Figures]]) -> dict[str, Any]:
    return {
        "schema": f"{DATASET}{VERSION}",
        "schema_url": address("data-schema"),
        "licence": LICENCE,
        "columns": [
            {"name": column.name, "unit": column.unit, "label": words(column.label), "meaning": words(column.meaning)}
            for column in COLUMNS
        ],
        "recaps": [recap_data(recap, figures) for recap, figures in pairs],
    }


def heads_data(recap: Recap | None, line: BookLine | None) -> dict[str, Any]:
    """The recap that was sealed last and the last line of the book of seals, whatever came of them since."""
    return {
        "schema": HEADS,
        "licence": LICENCE,
        "recap": {
            "number": recap.number,
            "code": recap.code,
            "sealed_at": moment(recap.sealed_at),
            "sha256": recap.sha256,
            "chain_sha256": recap.chain_sha256,
        }
        if recap
        else None,
        "book": {"line": line.position, "at": moment(line.at), "sha256": line.sha256} if line else None,
    }


def recaps_csv(pairs: Sequence[tuple[Recap, Figures]]) -> str:
    """One row an edition, with every figure and the recap that it stands in."""
    return written(
        [*RECAP_COLUMNS, *(column.name for column in COLUMNS)], [recap_row(recap, figures) for recap, figures in pairs]
    )


def recap_row(recap: Recap, figures: Figures) -> list[int | str]:
    edition = figures.editions[0]
    return [
        edition.slug, neutral(edition.name), neutral(edition.name_en), neutral(edition.organiser),
        moment(edition.opens_at), moment(edition.closes_at), recap.number, recap.code,
        verification_url(recap.code), recap.state, moment(recap.occurred_cutoff), moment(recap.recorded_cutoff),
        moment(recap.sealed_at), recap.sha256, *(cell(column.value(figures)) for column in COLUMNS),
    ]  # fmt: skip


def days_csv(pairs: Sequence[tuple[Recap, Figures]]) -> str:
    return written(DAY_COLUMNS, [row for recap, figures in pairs for row in day_rows(recap, figures)])


def day_rows(recap: Recap, figures: Figures) -> list[list[int | str]]:
    return [
        [recap.scope, *(cell(value) for value in day.values()), recap.number, recap.code] for day in day_data(figures)
    ]


def written(head: Iterable[str], rows: Iterable[Iterable]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def cell(value: int | str | None) -> int | str:
    return "" if value is None else value


def moment(value: datetime) -> str:
    return value.astimezone(WIB).isoformat()


def words(text) -> dict[str, str]:
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            said[language] = str(text)
    return said


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
