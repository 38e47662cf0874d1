"""What a worker does before an import: photos are looked at one by one, then every row is understood and compared.

Nothing of the catalogue is changed here. Photos are committed one at a time, rows all together: a worker that dies
leaves what the next one goes on with.
"""

import datetime as dt
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from catalog.domain.import_products import shelves_for
from catalog.domain.imports import (
    locked_job,
    move,
    read_file,
    renew_claim,
    table_of,
    tell_progress,
)
from catalog.importing.categories import Categories, Known
from catalog.importing.cells import MOST_EXACT
from catalog.importing.headings import Table
from catalog.importing.matching import Match, match_row
from catalog.importing.photos import Shelf, read_member
from catalog.importing.reading import Reader, Row
from catalog.models import Category, ImportJob, ImportPhoto, ImportRow, Verdict
from catalog.states import ImportState
from expo.errors import DomainError
from expo.pictures import private_storage, store_picture

CHUNK = 1000
SLICE = 60  # seconds of photos; then others get their turn


def check(job: ImportJob) -> None:
    """Look at the photos, then at the rows. Comes back for the rest when the photos take long."""
    if not look_at_photos(job):
        from catalog.tasks import work_on_import

        transaction.on_commit(lambda: work_on_import.apply_async([job.pk], countdown=1), robust=True)
        return
    check_rows(job)


def look_at_photos(job: ImportJob, *, seconds: float = SLICE) -> bool:
    """Turn uploads into pictures for so long; True when all are done."""
    until = time.monotonic() + seconds
    waiting = job.photos.filter(is_seen=False)
    total = job.photos.count()
    for number, photo in enumerate(waiting.iterator(chunk_size=50)):
        if time.monotonic() > until and number:
            return False
        look_at_photo(photo)
        if number % 5 == 0:
            renew_claim(job)
            tell_progress(job, total - waiting.count(), total, "photos")
    return True


def look_at_photo(photo: ImportPhoto) -> None:
    try:
        with private_storage().open(photo.file, "rb") as file:
            photo.picture = store_picture(read_member(file, photo.member) if photo.member else file)
    except DomainError as error:
        photo.why_not = str(error)[:200]
    except FileNotFoundError:
        photo.why_not = "?"
    photo.is_seen = True
    photo.save(update_fields=["picture", "why_not", "is_seen"])
    if not photo.member:
        private_storage().delete(photo.file)


def check_rows(job: ImportJob) -> None:
    """Understand every row and keep it with what is wrong with it; the job is ready then."""
    with private_storage().open(job.file, "rb") as file:
        sheets = read_file(file.read())
    table = table_of(job)
    reader = reader_of(job, table)
    counts, kinds, place_of_product = Counter(), Counter(), {}
    with transaction.atomic():
        job = locked_job(job)
        if job.state != ImportState.CHECKING:
            return
        job.rows.all().delete()
        pictures = dict(job.photos.exclude(picture=None).values_list("pk", "picture"))
        done = 0
        for chunk in chunks(reader.rows(sheets[table.sheet].rows), CHUNK):
            for row in judged(job, chunk, pictures, place_of_product):
                counts[row.verdict] += 1
                counts[row.action] += row.verdict != Verdict.BAD
                kinds.update(found["code"] for found in row.problems)
            done += len(chunk)
            tell_progress(job, done, job.row_count, "rows")
        job.counts, job.kinds, job.row_count = dict(counts), dict(kinds), done
        move(job, ImportState.READY, fields=("counts", "kinds", "row_count"))


def reader_of(job: ImportJob, table: Table) -> Reader:
    photos = list(job.photos.values_list("pk", "name", "why_not"))
    return Reader(
        table,
        known_categories(job.table.get("meant")),
        Shelf((pk, name) for pk, name, _why in photos),
        job.category_id,
        {pk: (name[:60], why) for pk, name, why in photos if why},
    )


def known_categories(meant: dict[str, int] | None = None) -> Categories:
    rows = list(Category.objects.values_list("pk", "slug", "name", "name_en", "parent"))
    parents = {parent for *_rest, parent in rows}
    known = [
        Known(pk, tuple(filter(None, (name, name_en, slug))), pk not in parents, parent)
        for pk, slug, name, name_en, parent in rows
    ]
    return Categories(known, meant)


def judged(job: ImportJob, rows: list[Row], pictures: dict[int, int], place_of_product: dict) -> list[ImportRow]:
    """Compare rows with the products of now, and save them."""
    shelves, _products = shelves_for(job.exhibitor, [row.values for row in rows])
    found = []
    has_photos = job.photos.exists()  # without any the preview says so once
    for row in rows:
        photos = [pictures[key] for key in row.photos if key in pictures]
        named = not has_photos or any(problem["column"] == "photo" for problem in row.problems)
        match = match_row(row.values, photos, shelves, photos_named=named)
        _require_own_product(row, match, place_of_product)
        found.append(_as_kept(job, row, match, photos))
    return ImportRow.objects.bulk_create(found, batch_size=500)


def _require_own_product(row: Row, match: Match, place_of_product: dict) -> None:
    if match.known is not None and not row.is_bad:
        first = place_of_product.setdefault(match.known.pk, row.number)
        if first != row.number:
            match.wrong("name", "product_twice", row=first)


def _as_kept(job: ImportJob, row: Row, match: Match, photos: list[int]) -> ImportRow:
    # What a cell says badly is not missing as well.
    told = {(found["column"], code) for found in row.problems for code in ("missing", "no_stock")}
    more = [found for found in match.problems if (found["column"], found["code"]) not in told]
    problems = [*row.problems, *more]
    is_bad = row.is_bad or any(found["level"] == "error" for found in more)
    return ImportRow(
        job=job,
        number=row.number,
        cells=[plain(cell) for cell in row.cells],
        values=row.values,
        photos=photos,
        problems=problems,
        verdict=Verdict.BAD if is_bad else Verdict.WARNED if problems else Verdict.GOOD,
        action=match.action,
        stock_then=match.known.values["stock"] if match.known else None,
        product_id=match.known.pk if match.known else None,
    )


def plain(cell):
    """A cell as JSON can say it."""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        return int(cell) if abs(cell) < MOST_EXACT and cell == int(cell) else cell
    return cell


def chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk
