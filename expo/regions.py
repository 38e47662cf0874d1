"""Official region codes from the files in ``expo/data/regions``: read, written as Indonesians write them, loaded."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from expo.models import Region, RegionLevel, RegionVintage

DIRECTORY = Path(__file__).parent / "data" / "regions"
FILES = {
    RegionLevel.PROVINCE: "provinces.csv",
    RegionLevel.REGENCY: "regencies.csv",
    RegionLevel.DISTRICT: "districts.csv",
}
# What the capitals of the source cannot say.
LOWER_CASE = {"Dan": "dan"}
UPPER_CASE = {"Dki": "DKI"}
SPELLINGS = {
    "Palangkaraya": "Palangka Raya",
    "Toli Toli": "Tolitoli",
    "Bau Bau": "Baubau",
    "Fak Fak": "Fakfak",
    "Administrasi Jakarta": "Jakarta",
    "Administrasi Kepulauan": "Kepulauan",
}


@dataclass(frozen=True)
class Loaded:
    rows: int
    version: str
    new_vintage: bool


@transaction.atomic
def load_regions(directory: Path = DIRECTORY) -> Loaded:
    """Add or rename every region of the files and record their vintage, once per content. Deletes nothing."""
    source = json.loads((directory / "source.json").read_text(encoding="utf-8"))
    regions = list(read_regions(directory))
    Region.objects.bulk_create(
        regions,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent"],
    )
    _, created = RegionVintage.objects.get_or_create(
        sha256=content_hash(directory),
        defaults={**{key: source[key] for key in ("source", "version", "regulation")}, "rows": len(regions)},
    )
    return Loaded(rows=len(regions), version=source["version"], new_vintage=created)


def read_regions(directory: Path = DIRECTORY) -> Iterator[Region]:
    """Every region, parents first."""
    for level, name in FILES.items():
        with (directory / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                code = row["code"]
                parent, _, _ = code.rpartition(".")
                yield Region(code=code, name=readable_name(row["name"]), level=level, parent_id=parent or None)


def readable_name(name: str) -> str:
    """'KABUPATEN JEPARA' → 'Kabupaten Jepara'; names that are not all capitals stay as they are."""
    if name != name.upper():
        return name
    words = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name)
    for table in (LOWER_CASE, UPPER_CASE, SPELLINGS):
        for found, written in table.items():
            words = re.sub(rf"\b{found}\b", written, words)
    return words


def content_hash(directory: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES.values():
        digest.update((directory / name).read_bytes())
    return digest.hexdigest()
