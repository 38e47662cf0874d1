"""The recap as CSV (RFC 4180, UTF-8, whole rupiah): one flat text, or a ZIP with a file for each table."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.utils import translation

from expo import formats
from expo.sheets.safe import neutral
from reports.envelope import Envelope
from reports.figures import Figures
from reports.labels import compared
from reports.quote import recap_name
from reports.renderers.headline import headlines
from reports.renderers.tables import all_tables, booth_columns, visit_days

MEDIA_TYPE = "application/zip"
FLAT_HEAD = ("section", "key", "label", "figure", "value")
TABLE_HEAD = ("key", "label", "transactions", "units", "realised", "committed")


def render_csv(figures: Figures, language: str = "id") -> str:
    """Every figure on a line of its own: section, key, label, figure, value."""
    return _write(FLAT_HEAD, _flat_rows(figures, language))


def render_csv_zip(figures: Figures, envelope: Envelope | None = None, language: str = "id") -> bytes:
    """headline.csv, one file per table, visits, inquiries, and the seal. Same figures, same bytes."""
    moment = (envelope.sealed_at if envelope else figures.cutoff.recorded).astimezone(formats.WIB)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _files(figures, envelope, language):
            archive.writestr(_member(name, moment.timetuple()[:6]), text)
    return packed.getvalue()


def _files(figures: Figures, envelope: Envelope | None, language: str) -> Iterable[tuple[str, str]]:
    with translation.override(language):
        yield "recap.csv", _write(("key", "value"), _about(figures, envelope))
        lines = [(item.key, neutral(item.label), _value(item.value), item.note) for item in headlines(figures)]
        yield "headline.csv", _write(("key", "label", "value", "note"), lines)
        for table in all_tables(figures, language):
            yield f"{table.name}.csv", _write(TABLE_HEAD, [_table_row(line) for line in table.lines])
    yield "visits.csv", _write(("day", "visits", "unique", "page_views", "gate"), _visit_rows(figures))
    columns = booth_columns(figures)
    yield (
        "booths.csv",
        _write(
            ("booth", *columns),
            [
                (neutral(booth.label), *(_value(getattr(booth, name)) for name in columns))
                for booth in figures.visits.booths
            ],
        ),
    )
    yield "comparison.csv", _write(("key", "this", "earlier"), _comparison_rows(figures))
    yield "inquiries.csv", _write(("by", "key", "label", "sent", "answered"), _inquiry_rows(figures))


def _flat_rows(figures: Figures, language: str) -> Iterable[tuple]:
    with translation.override(language):
        for item in headlines(figures):
            section, _dot, key = item.key.rpartition(".")
            yield section, key, neutral(item.label), "value", _value(item.value)
        for table in all_tables(figures, language):
            for line in table.lines:
                for figure in ("transactions", "units", "realised", "committed"):
                    yield f"tables.{table.name}", line.key, neutral(line.label), figure, getattr(line, figure)
    for day, *counts in _visit_rows(figures):
        for figure, value in zip(("visits", "unique", "page_views", "gate"), counts, strict=True):
            yield "visits.days", day, day, figure, value
    for booth in figures.visits.booths:
        for figure in booth_columns(figures):
            yield "visits.booths", "", neutral(booth.label), figure, _value(getattr(booth, figure))
    for by, key, label, sent, answered in _inquiry_rows(figures):
        for figure, value in (("sent", sent), ("answered", answered)):
            yield f"inquiries.{by}", key, label, figure, value


def _about(figures: Figures, envelope: Envelope | None) -> list[tuple[str, Any]]:
    plain = [
        ("editions", " ".join(edition.slug for edition in figures.editions)),
        *([("occurred_since", figures.since.astimezone(formats.WIB).isoformat())] if figures.since else []),
        ("occurred_before", figures.cutoff.occurred.astimezone(formats.WIB).isoformat()),
        ("recorded_before", figures.cutoff.recorded.astimezone(formats.WIB).isoformat()),
        ("rules", figures.rules),
        ("sealed", "yes" if envelope else "no"),
    ]
    if envelope:
        since = envelope.doubted_since
        plain += [
            ("number", recap_name(envelope)),
            ("state", envelope.state),
            ("in_doubt", "yes" if envelope.in_doubt else "no"),
            *([("in_doubt_since", since.astimezone(formats.WIB).isoformat())] if since else []),
            ("code", envelope.code),
            ("sealed_at", envelope.sealed_at.astimezone(formats.WIB).isoformat()),
            ("sha256", envelope.sha256),
            ("chain_sha256", envelope.chain_sha256),
            ("url", envelope.url),
        ]
    return plain


def _table_row(line) -> tuple:
    return line.key, neutral(line.label), line.transactions, line.units, line.realised, line.committed


def _visit_rows(figures: Figures) -> list[tuple]:
    return [(day.isoformat(), *(_value(count) for count in counts)) for day, *counts in visit_days(figures.visits)]


def _comparison_rows(figures: Figures) -> list[tuple]:
    earlier = figures.comparison
    return [(name, value, getattr(earlier, name)) for name, value in compared(figures).items()] if earlier else []


def _inquiry_rows(figures: Figures) -> list[tuple]:
    return [
        (by, row.key, neutral(row.label), row.sent, row.answered)
        for by in ("by_language", "by_country")
        for row in getattr(figures.inquiries, by)
    ]


def _value(value: int | None) -> int | str:
    return "" if value is None else value


def _write(head: Iterable[str], rows: Iterable[tuple]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _member(name: str, moment: tuple) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=moment)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
