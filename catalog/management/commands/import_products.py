"""``manage.py import_products FILE --exhibitor SLUG``: the dashboard's import of products, from the command line."""

import sys
from pathlib import Path

from catalog.domain import imports
from catalog.domain.import_files import left_rows, reasons
from catalog.domain.import_running import outcomes_of
from catalog.importing.errors import ERROR
from catalog.importing.errors import sentence as sentence_of
from catalog.models import Category, ImportJob, ImportRow, Outcome, Verdict
from catalog.states import ImportState
from exhibitors.models import Exhibitor
from expo.commands import BAD_INPUT, BadInputError, TidyCommand


class Command(TidyCommand):
    speaks = "en"
    help = "Imports products of an exhibitor from XLSX, XLS, ODS or CSV; all or nothing. See docs/import-products.md."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--exhibitor", required=True, metavar="SLUG")
        parser.add_argument("--photos", type=Path, metavar="FILE.zip", help="photos named by SKU or in the table")
        parser.add_argument("--category", metavar="SLUG", help="of rows that name none")
        parser.add_argument("--good-rows", action="store_true", help="import the good rows, leave the others")
        parser.add_argument("--dry-run", action="store_true", help="check everything and import nothing")
        self.add_format(parser)

    def handle(self, *, file, exhibitor, photos, category, good_rows, dry_run, format, **options):
        owner = found(Exhibitor, exhibitor, "exhibitor")
        chosen = found(Category, category, "category") if category else None
        job = imports.start_import(owner, content(file), file.name, by=None)
        try:
            if photos:
                with opened(photos) as archive:
                    imports.add_photos(job, [archive])
            finish(imports.choose_columns(job, job.table["columns"], chosen))
            job.refresh_from_db()
            if not dry_run and (good_rows or not job.counts.get("bad")):
                finish(imports.begin_import(job, all_or_nothing=not good_rows, by=None))
                job.refresh_from_db()
            self.tell(job, dry_run=dry_run, fails=not good_rows, format=format)
        finally:
            if ImportJob.objects.filter(pk=job.pk).exclude(state=ImportState.DONE).exists():
                imports.forget_files(job)
                job.delete()

    def tell(self, job: ImportJob, *, dry_run: bool, fails: bool, format: str) -> None:
        counts, outcomes = job.counts, outcomes_of(job)
        bad = left_rows(job).order_by("number")
        errors = [
            {"row": row.number, "reason": reasons(row, job.table), "cells": told(row, ERROR) or told(row)}
            for row in bad
        ]
        refused = bool(errors) and fails
        result = {
            "rows": job.row_count,
            "new": outcomes[Outcome.CREATED] + outcomes[Outcome.DRAFTED],
            "drafts": outcomes[Outcome.DRAFTED],
            "variants": outcomes[Outcome.ADDED],
            "changed": outcomes[Outcome.CHANGED],
            "proposed": outcomes[Outcome.PROPOSED],
            "unchanged": outcomes[Outcome.SAME],
            "would": {name: counts.get(name, 0) for name in ("new", "added", "change", "same")},
            "warned": counts.get(Verdict.WARNED, 0),
            "warnings": [
                {"row": row.number, "cells": told(row)}
                for row in job.rows.filter(verdict=Verdict.WARNED).order_by("number")
            ],
            "columns": list(job.table["columns"]),
            "dry_run": dry_run,
            "errors": errors,
        }
        if format == "text":
            for one in errors:
                self.stderr.write(f"row {one['row']}: {one['reason']}")
        if not refused or format == "json":
            self.report(result, [sentence(job, result)], format)
        if refused:
            refusal = f"{len(errors)} of {job.row_count} rows are wrong; nothing was imported."
            if not getattr(self, "_called_from_command_line", False):
                raise BadInputError(refusal)
            self.stderr.write(refusal)
            sys.exit(BAD_INPUT)


def told(row: ImportRow, level: str = "") -> list[dict]:
    """What is wrong at which of its cells: its column, a code that stays, a sentence."""
    problems = [found for found in row.problems if level in ("", found["level"])]
    return [{"column": one["column"], "code": one["code"], "reason": sentence_of(one)} for one in problems]


def finish(job: ImportJob) -> None:
    """Work on the job here until there is nothing more to do about it."""
    while imports.work(job.pk):
        job.refresh_from_db()
        if job.setback == "failed":
            raise BadInputError("The import stopped because of a fault; see the log.")


def sentence(job: ImportJob, result: dict) -> str:
    if result["dry_run"]:
        would = result["would"]
        return (
            f"{job.row_count} rows: {would['new']} would be new, {would['change']} changed, {would['same']} unchanged."
        )
    return (
        f"{job.row_count} rows: {result['new']} new ({result['drafts']} drafts without a photo), "
        f"{result['variants']} further variants, {result['changed']} changed, "
        f"{result['proposed']} proposed to the curators, {result['unchanged']} unchanged, {len(result['errors'])} left."
    )


def found(model, slug: str, name: str):
    row = model.objects.filter(slug=slug).first()
    if row is None:
        raise BadInputError(f"There is no {name} '{slug}'.")
    return row


def content(path: Path) -> bytes:
    with opened(path) as file:
        return file.read()


def opened(path: Path):
    from django.core.files import File

    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise BadInputError(f"{path} can't be read.") from error
