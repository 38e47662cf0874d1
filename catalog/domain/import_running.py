"""What a worker does when an import was begun: everything in one transaction, or good rows a few hundred at a time.

A row's outcome is written together with its product, under the exhibitor's lock. So whoever goes on after a worker's
death finds what is left, and two workers never make one product twice.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone

from catalog.domain.bulk import add_products, change_products, describe_many
from catalog.domain.bulk_variants import write_steps, write_variants
from catalog.domain.import_mail import tell_done, tell_stopped
from catalog.domain.import_plans import Plan
from catalog.domain.import_products import shelves_for
from catalog.domain.imports import forget_files, locked_job, move, renew_claim, tell_progress
from catalog.importing.groups import MOST_VARIANTS, hold_together
from catalog.importing.matching_variants import Said, match_product
from catalog.models import ImportJob, ImportRow, Outcome, Verdict
from catalog.states import ImportState
from exhibitors.models import Exhibitor

CHUNK = 500
LONGEST_GROUP = MOST_VARIANTS + 2  # the product's own row, and one of the next
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
    """The next rows, products whole."""
    rows = job.rows.filter(outcome=Outcome.WAITING).exclude(verdict=Verdict.BAD).order_by("group", "number")
    found = list(rows[: CHUNK + LONGEST_GROUP])
    if len(found) <= CHUNK:
        return found
    end = next((place for place in range(CHUNK, len(found)) if found[place].group != found[place - 1].group), None)
    return found[:end]


def by_product(rows: Iterable[ImportRow]) -> list[list[ImportRow]]:
    return [list(group) for _number, group in groupby(rows, key=attrgetter("group"))]


def do(job: ImportJob, rows: Sequence[ImportRow], now: dt.datetime | None = None) -> int:
    """Make and change the products of these rows; returns how many rows were refused."""
    now = now or timezone.now()
    # Others of this exhibitor's imports wait; buyers do not: they only make sure that the exhibitor stays.
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=job.exhibitor_id)
    shelves, products = shelves_for(job.exhibitor, [row.values for row in rows], lock=True)
    plans, refused = [], 0
    for group in by_product(rows):
        said = [Said(row.number, row.values, row.stock_then) for row in group]
        matches = match_product(said, group[0].photos, shelves, photos_named=True)
        if hold_together([row.number for row in group], [match.problems for match in matches]):
            refused += len(group)
            for row, match in zip(group, matches, strict=True):
                row.outcome, row.problems = Outcome.REFUSED, match.problems
        else:
            plans.append(Plan(group, matches, products.get(matches[0].known.pk) if matches[0].known else None))
    add_products(job.exhibitor, [plan.wanted for plan in plans if plan.is_new], by=job.created_by, now=now)
    changed = [plan.wanted for plan in plans if plan.wanted and not plan.is_new]
    change_products(changed, by=job.created_by, now=now)
    for plan in plans:
        plan.aim()
    told = describe_many({plan.product: plan.matches[0].texts for plan in plans}, by=job.created_by)
    write_variants([one for plan in plans for one in plan.variants if one], by=job.created_by)
    write_steps([one for plan in plans for one in plan.steps()], by=job.created_by)
    for plan in plans:
        plan.tell(texts_wait=plan.product.pk in told)
    _tell(rows)
    return refused


def _tell(rows: Sequence[ImportRow]) -> None:
    """Keep what became of the rows, in one statement: Django's own costs more than the products did."""
    values = [[getattr(row, name) for row in rows] for name in ("pk", "outcome", "product_id")]
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, values)
    ImportRow.objects.bulk_update([row for row in rows if row.outcome == Outcome.REFUSED], ["problems"])


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
