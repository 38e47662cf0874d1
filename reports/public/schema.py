"""What describes the open data to programs: a JSON Schema, and the dataset in the words of schema.org."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.structured import json_ld
from expo.formats import current_language
from reports.figures import Figures
from reports.models import Recap
from reports.public.columns import COLUMNS
from reports.public.data import AMOUNTS, LICENCE, address, moment, words

MOMENT = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}
INTEGER = {"type": "integer"}
PERHAPS = {"type": ["integer", "null"]}
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def json_schema() -> dict[str, Any]:
    """Of the dataset and, under ``definitions``, of one recap's public JSON."""
    recap = {
        "type": "object",
        "required": ["schema", "editions", "recap", "figures", "phases", "channels", "days", "licence"],
        "properties": {
            "schema": TEXT,
            "schema_url": TEXT,
            "licence": {"type": "object"},
            "editions": {"type": "array", "items": _object(
                slug=TEXT, name=TEXT, name_en=TEXT, organiser=TEXT, opens_at=MOMENT, closes_at=MOMENT)},
            "recap": _seal(),
            "figures": _object(**{
                column.name: {**PERHAPS, "title": words(column.label)["en"], "description": words(column.meaning)["en"]}
                for column in COLUMNS
            }),
            "phases": _rows("phase"),
            "channels": _rows("channel"),
            "days": _rows("day", visits=INTEGER, page_views=INTEGER, unique_visitors=PERHAPS),
        },
    }  # fmt: skip
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": address("data-schema"),
        "title": "UKM Virtual Expo: sealed figures",
        "description": f"All amounts are whole rupiah. Licence: {LICENCE['spdx']}.",
        "type": "object",
        "required": ["schema", "licence", "columns", "recaps"],
        "properties": {
            "schema": TEXT,
            "schema_url": TEXT,
            "licence": {"type": "object"},
            "columns": {"type": "array", "items": {"type": "object"}},
            "recaps": {"type": "array", "items": {"$ref": "#/definitions/recap"}},
        },
        "definitions": {"recap": recap},
    }


def structured_dataset(pairs: list[tuple[Recap, Figures]]) -> SafeString:
    """For the head of the pages: what search engines for data read (schema.org/Dataset)."""
    english = current_language() == "en"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _("Angka tersegel UKM Virtual Expo"),
        "description": _(
            "Omzet, pesanan, kunjungan, dan angka lain setiap pameran menurut rekap tersegel terakhirnya, dengan nomor "
            "dan kode yang dapat diperiksa siapa pun."
        ),
        "url": address("data"),
        "inLanguage": ["id", "en"],
        "license": LICENCE["url"],
        "isAccessibleForFree": True,
        "variableMeasured": [words(column.label)["en" if english else "id"] for column in COLUMNS],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": address(name)}
            for name, media in (("data-csv", "text/csv"), ("data-days", "text/csv"), ("data-json", "application/json"))
        ],
    }
    if pairs:
        editions = [edition for _recap, figures in pairs for edition in figures.editions]
        first = min(edition.sales_open for edition in editions)
        last = max(recap.occurred_cutoff for recap, _figures in pairs)
        data |= {
            "creator": [{"@type": "Organization", "name": name} for name in sorted({e.organiser for e in editions})],
            "temporalCoverage": f"{moment(first)}/{moment(last)}",
            "dateModified": moment(max(recap.sealed_at for recap, _figures in pairs)),
        }
    return json_ld(data)


def _seal() -> dict[str, Any]:
    successor = {"oneOf": [{"type": "null"}, _object(number=TEXT, code=TEXT)]}
    return _object(
        number=TEXT, code=TEXT, url=TEXT, state={"enum": ["current", "superseded", "withdrawn"]},
        in_doubt={"type": "boolean"}, in_doubt_since={"type": ["string", "null"], "format": "date-time"},
        superseded_by=successor, withdrawal_reason={"type": ["string", "null"]},
        occurred_since={"type": ["string", "null"]}, occurred_before=MOMENT, recorded_before=MOMENT,
        sealed_at=MOMENT, rules=INTEGER, entries=INTEGER, sha256=HASH, chain_sha256=HASH,
    )  # fmt: skip


def _rows(kind: str, **more) -> dict[str, Any]:
    row = _object(**{kind: {"type": ["string", "null"]}, **dict.fromkeys(AMOUNTS, INTEGER), **more})
    return {"type": "array", "items": row}


def _object(**properties) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}
