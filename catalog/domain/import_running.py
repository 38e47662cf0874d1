"""What a worker does when an import was begun: everything in one transaction, or good rows a few hundred at a time.

A row's outcome is written together with its product, under the exhibitor's lock. So whoever goes on after a worker's
death finds what is left, and two workers never make one product twice.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone

from catalog.domain.bulk import Wanted, add_products, change_products
from catalog.domain.import_mail import tell_done, tell_stopped
from catalog.domain.import_products import shelves_for
from catalog.domain.imports import forget_files, locked_job, move, renew_claim, tell_progress
from catalog.importing.matching import NEW, SAME, Match, key_of, match_row
from catalog.models import ImportJob, ImportRow, Outcome, Verdict
from catalog.states import ImportState
from exhibitors.models import Exhibitor

CHUNK = 500
OUTCOMES = """
UPDATE catalog_importrow SET outcome = given.outcome, product_id = given.product
FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS given(id, outcome, product) WHERE catalog_importrow.id = given.id
"""
TRIES = 3


class ChangedMeanwhile(Exception):  # noqa: N818 (no error of ours)
    """Rows that were good when they were looked at are not any more."""


def run(job: ImportJob) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            (run_all if job.all_or_nothing else run_good)(job)
            return
        except ChangedMeanwhile:
            step_back(job)
            return
        except IntegrityError:  # somebody took an address or a SKU at the same moment
            if attempt == TRIES:
                raise


@transaction.atomic
def run_all(job: ImportJob) -> None:
    """Every row or none. Raises ChangedMeanwhile, having changed nothing."""
    job = locked_job(job)
    if job.state != ImportState.RUNNING:
        return
    done = 0
    while rows := waiting(job):
        if do(job, rows):
            raise ChangedMeanwhile
        done += len(rows)
        tell_progress(job, done, job.row_count, "rows")
    finish(job)


def run_good(job: ImportJob) -> None:
    """The good rows, each chunk for itself; a row that is not good any more is left for its owner."""
    while run_chunk(job):
        renew_claim(job)


@transaction.atomic
def run_chunk(job: ImportJob) -> bool:
    """True while there may be more."""
    job = locked_job(job)
    if job.state != ImportState.RUNNING:
        return False
    rows = waiting(job)
    if not rows:
        finish(job)
        return False
    do(job, rows)
    done = job.rows.exclude(outcome=Outcome.WAITING).count()
    tell_progress(job, done, job.row_count, "rows")
    return True


def waiting(job: ImportJob) -> list[ImportRow]:
    rows = job.rows.filter(outcome=Outcome.WAITING).exclude(verdict=Verdict.BAD)
    return list(rows.order_by("number")[:CHUNK])


def do(job: ImportJob, rows: Sequence[ImportRow], now: dt.datetime | None = None) -> int:
    """Make and change the products of these rows; returns how many rows were refused."""
    now = now or timezone.now()
    # Others of this exhibitor's imports wait; buyers do not: they only make sure that the exhibitor stays.
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=job.exhibitor_id)
    shelves, products = shelves_for(job.exhibitor, [row.values for row in rows], lock=True)
    fresh, changed, refused = [], [], 0
    for row in rows:
        match = match_row(row.values, row.photos, shelves, photos_named=True, stock_then=row.stock_then)
        if match.is_bad:
            refused += 1
            row.outcome, row.problems = Outcome.REFUSED, match.problems
        elif match.action == SAME:
            row.outcome, row.product_id = Outcome.SAME, match.known.pk
        else:
            product = products[match.known.pk] if match.known else None
            (fresh if match.action == NEW else changed).append((row, wanted(row, match, product)))
    add_products(job.exhibitor, [one for _row, one in fresh], by=job.created_by, now=now)
    change_products([one for _row, one in changed], by=job.created_by, now=now)
    for row, one in fresh:
        row.outcome = Outcome.CREATED if one.outcome == "submitted" else Outcome.DRAFTED
    for row, one in changed:
        row.outcome = Outcome.PROPOSED if one.outcome == "proposed" else Outcome.CHANGED
    for row, one in (*fresh, *changed):
        row.product_id = one.product.pk
    _tell(rows)
    return refused


def _tell(rows: Sequence[ImportRow]) -> None:
    """Keep what became of the rows, in one statement: Django's own costs more than the products did."""
    values = [[getattr(row, name) for row in rows] for name in ("pk", "outcome", "product_id")]
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, values)
    ImportRow.objects.bulk_update([row for row in rows if row.outcome == Outcome.REFUSED], ["problems"])


def wanted(row: ImportRow, match: Match, product) -> Wanted:
    return Wanted(match.changes, match.photos, product, key_of(row.values))


def finish(job: ImportJob) -> None:
    outcomes = dict(job.rows.values_list("outcome").annotate(n=Count("pk")).order_by())
    job.counts = {**job.counts, "outcomes": {name or "left": count for name, count in outcomes.items()}}
    job.finished_at, job.setback = timezone.now(), ""
    move(job, ImportState.DONE, fields=("counts", "finished_at", "setback"))
    forget_files(job)
    tell_done(job)


@transaction.atomic
def step_back(job: ImportJob) -> None:
    """Nothing was imported, as rows changed meanwhile: they are looked at anew."""
    job = locked_job(job)
    job.setback = "moved"
    move(job, ImportState.CHECKING, fields=("setback",))
    tell_stopped(job)
    from catalog.tasks import work_on_import

    transaction.on_commit(lambda: work_on_import.apply_async([job.pk], countdown=1), robust=True)


def outcomes_of(job: ImportJob) -> Counter:
    return Counter(job.counts.get("outcomes", {}))
