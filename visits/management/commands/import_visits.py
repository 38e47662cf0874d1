"""``manage.py import_visits FILE.log --edition SLUG``: visits from a web server's access log."""

from pathlib import Path

from expo.commands import BadInputError, TidyCommand
from expo.models import Edition
from visits.domain.importing import Imported, import_logs


class Command(TidyCommand):
    help = (
        "Counts visits from access logs in the combined format (plain or gzip) by the rules of live traffic. "
        "Give the parts of one log together, so that a visit over their border is one."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.log")
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument("--add", action="store_true", help="also to hours that were counted live")
        self.add_format(parser)

    def handle(self, *, files, edition, add, format, **options):
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise BadInputError(f"There is no edition {edition!r}.")
        result = import_logs(found, files, add=add)
        self.report({"edition": edition, **result.to_dict()}, list(sentences(result)), format)


def sentences(result: Imported):
    yield f"{result.lines} lines: {result.visits} visits, {result.page_views} page views."
    yield f"Visits to booths: {result.booth_visits}."
    yield f"Left out: {result.bots} requests of bots, {result.staff} of people who were signed in."
    yield f"Not confirmed: {result.unconfirmed} pages that no second request followed."
    yield f"Not counted: {result.outside} outside the edition's moments, {result.other} for no page of the edition."
    if result.known:
        yield f"{result.known} lines had been counted before."
    if result.malformed:
        yield f"{result.malformed} malformed lines were skipped, the first of them:"
        yield from (f"   {bad['file']}, line {bad['line']}: {bad['reason']}" for bad in result.first_malformed)
