"""``manage.py import_journal FILE.csv --edition SLUG``: figures recorded elsewhere into the journal."""

import sys
from pathlib import Path

from expo.commands import BAD_INPUT, BadInputError, TidyCommand
from expo.models import Edition
from journal.importing.errors import RowsError
from journal.importing.load import import_file


class Command(TidyCommand):
    speaks = "en"
    help = "Imports a CSV file of sales and promises; all of it or nothing. See docs/import.md."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument("--create-exhibitors", action="store_true", help="create exhibitors that are not known")
        parser.add_argument("--dry-run", action="store_true", help="check everything and import nothing")
        self.add_format(parser)

    def handle(self, *, file, edition, create_exhibitors, dry_run, format, **options):
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise BadInputError(f"There is no edition '{edition}'.")
        try:
            result = import_file(file, found, create_exhibitors=create_exhibitors, dry_run=dry_run)
        except RowsError as error:
            self.refuse(error, format)
            return
        would = "would be added" if dry_run else "added"
        self.report(
            {
                "rows": result.rows,
                "added": result.added,
                "unchanged": result.unchanged,
                "settlements": result.settled,
                "exhibitors_created": result.exhibitors_created,
                "dry_run": dry_run,
                "errors": [],
            },
            [
                f"{result.rows} rows: {result.added - result.settled} {would}, {result.unchanged} there already, "
                f"{result.settled} promises settled, {result.exhibitors_created} exhibitors created."
            ],
            format,
        )

    def refuse(self, error: RowsError, format: str) -> None:
        """Every bad row: on standard error, or as JSON on standard output."""
        if format == "json":
            errors = [{"row": one.row, "column": one.column, "reason": one.reason} for one in error.errors]
            self.report({"added": 0, "errors": errors}, [], format)
        else:
            for one in error.errors:
                self.stderr.write(str(one))
        if not getattr(self, "_called_from_command_line", False):
            raise BadInputError(error)
        self.stderr.write(str(error))
        sys.exit(BAD_INPUT)
