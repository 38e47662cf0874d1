"""Villages with their postcodes from ``expo/data/regions/villages.csv.gz``, copied into the database in one go."""

import csv
import gzip
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from expo.models import RegionVintage, Village
from expo.regions import DIRECTORY

FILE = "villages.csv.gz"
# Of a district that this release of the regions doesn't know nothing is taken.
TAKE_OVER = """
INSERT INTO expo_village (code, name, district_id, postcode)
SELECT given.code, given.name, region.code, given.postcode FROM given_villages given
JOIN expo_region region ON region.code = left(given.code, 8)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, district_id = excluded.district_id, postcode = excluded.postcode
"""


@dataclass(frozen=True)
class LoadedVillages:
    rows: int
    version: str
    new_vintage: bool


@transaction.atomic
def load_villages(directory: Path = DIRECTORY) -> LoadedVillages:
    """Add or rename every village of the file; nothing to do when this very file was loaded before.

    Call it after ``load_regions``. About a second for the 83,000 villages of Indonesia.
    """
    content = (directory / FILE).read_bytes()
    source = json.loads((directory / "villages.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(content).hexdigest()
    if RegionVintage.objects.filter(sha256=digest).exists() and Village.objects.exists():
        return LoadedVillages(0, source["version"], new_vintage=False)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE given_villages (code text, name text, postcode text) ON COMMIT DROP")
        with cursor.copy("COPY given_villages FROM STDIN") as copy:
            for row in csv.DictReader(io.TextIOWrapper(gzip.GzipFile(fileobj=io.BytesIO(content)), encoding="utf-8")):
                copy.write_row((row["code"], row["name"], row["postcode"]))
        cursor.execute(TAKE_OVER)
        rows = cursor.rowcount
        cursor.execute("DROP TABLE given_villages")
    _row, created = RegionVintage.objects.get_or_create(
        sha256=digest, defaults={**{key: source[key] for key in ("source", "version", "regulation")}, "rows": rows}
    )
    return LoadedVillages(rows, source["version"], new_vintage=created)
