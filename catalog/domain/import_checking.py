"""What a worker does before an import: photos are looked at one by one, then every row is understood and compared.

Nothing of the catalogue is changed here. Photos are committed one at a time, rows all together: a worker that dies
leaves what the next one goes on with.
"""

import datetime as dt
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator

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
from catalog.importing.errors import ERROR
from catalog.importing.groups import hold_together
from catalog.importing.headings import Table
from catalog.importing.matching import Match
from catalog.importing.matching_variants import Said, match_product
from catalog.importing.photos import Shelf, read_member
from catalog.importing.reading import Reader
from catalog.importing.rows import Row
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
        for chunk in chunks(reader.groups(sheets[table.sheet]), CHUNK):
            for row in judged(job, chunk, pictures, place_of_product):
                counts[row.verdict] += 1
                counts[row.action] += row.verdict != Verdict.BAD
                kinds.update(found["code"] for found in row.problems)
            done += sum(map(len, chunk))
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


def judged(
    job: ImportJob, groups: list[list[Row]], pictures: dict[int, int], place_of_product: dict
) -> list[ImportRow]:
    """Compare rows with the products of now, and save them."""
    for row in (row for group in groups for row in group):
        if row.variant_photo in pictures:
            row.values["variant"]["picture_id"] = pictures[row.variant_photo]
    shelves, _products = shelves_for(job.exhibitor, [row.values for group in groups for row in group])
    found = []
    has_photos = job.photos.exists()  # without any the preview says so once
    for group in groups:
        first = group[0]
        photos = [pictures[key] for key in first.photos if key in pictures]
        named = not has_photos or any(problem["column"] == "photo" for problem in first.problems)
        said = [Said(row.number, row.values) for row in group]
        matches = match_product(said, photos, shelves, photos_named=named)
        problems = [
            _problems(row, match, place_of_product) for row, match in zip(group, matches, strict=True)
        ]  # fmt: skip
        hold_together([row.number for row in group], problems)
        found += [
            _as_kept(job, row, match, photos if row is first else [], told)
            for row, match, told in zip(group, matches, problems, strict=True)
        ]
    return ImportRow.objects.bulk_create(found, batch_size=500)


def _problems(row: Row, match: Match, place_of_product: dict) -> list[dict]:
    """All that is wrong with a row, once: what a cell says badly is not missing as well."""
    _require_own_goods(row, match, place_of_product)
    told = {(found["column"], code) for found in row.problems for code in ("missing", "no_stock", found["code"])}
    more = []
    for found in match.problems:
        if (found["column"], found["code"]) not in told:
            more.append(found)
            told.add((found["column"], found["code"]))
    return [*row.problems, *more]


def _require_own_goods(row: Row, match: Match, place_of_product: dict) -> None:
    """No two rows of a file are about one product, nor about one variant."""
    if match.known is None or row.is_bad:
        return
    variant = match.variant.known.pk if match.variant and match.variant.known else None
    if match.variant and variant is None:
        return
    first = place_of_product.setdefault((match.known.pk, variant), row.group)
    if first != row.group:
        match.wrong("name", "product_twice", row=first)


def _as_kept(job: ImportJob, row: Row, match: Match, photos: list[int], problems: list[dict]) -> ImportRow:
    is_bad = any(found["level"] == ERROR for found in problems)
    goods = match.variant.known if match.variant else match.known
    return ImportRow(
        job=job,
        number=row.number,
        group=row.group,
        cells=[plain(cell) for cell in row.cells],
        values=row.values,
        photos=photos,
        problems=problems,
        verdict=Verdict.BAD if is_bad else Verdict.WARNED if problems else Verdict.GOOD,
        action=match.action,
        stock_then=goods.values["stock"] if goods else None,
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


def chunks(groups: Iterable[list[Row]], size: int) -> Iterator[list[list[Row]]]:
    """Whole groups, together so many rows or a few more."""
    chunk: list[list[Row]] = []
    count = 0
    for group in groups:
        chunk.append(group)
        count += len(group)
        if count >= size:
            yield chunk
            chunk, count = [], 0
    if chunk:
        yield chunk
