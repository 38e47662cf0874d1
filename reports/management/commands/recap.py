"""``manage.py recap``: the figures of editions at a cut-off, to standard output or a file; sealed on request."""

import datetime as dt
import sys
from pathlib import Path

from django.core.management.base import CommandError

from expo.commands import BadInputError, TidyCommand
from expo.models import Edition
from journal.totals import AsOf
from reports.documents import FORMATS, PAPERS, Print, document_of, render
from reports.recompute import figures_at
from reports.seal import seal
from reports.series import ordered


class Command(TidyCommand):
    help = "Computes a recap as of two cut-offs; standard output holds the recap and nothing else."

    def add_arguments(self, parser):
        parser.add_argument("--edition", action="append", required=True, metavar="SLUG", help="may be repeated")
        parser.add_argument("--cutoff", required=True, metavar="ISO", help="sales that occurred before this moment")
        parser.add_argument("--recorded-cutoff", metavar="ISO", help="as known then; by default the cut-off itself")
        parser.add_argument("--since", metavar="ISO", help="a recap of the period from this moment on")
        parser.add_argument("--format", choices=list(FORMATS), default="json")
        parser.add_argument("--paper", choices=PAPERS, default="", help="of a PDF; by default that of the settings")
        parser.add_argument("--annex", action="store_true", help="with the journal's entries in a sealed recap's PDF")
        parser.add_argument("--seal", action="store_true", help="seal it first; sealing twice is sealing once")
        parser.add_argument("--output", metavar="FILE", help="write here instead of standard output")

    def handle(self, *, edition, cutoff, recorded_cutoff, since, format, output, **options):
        editions = ordered(read_edition(slug) for slug in edition)
        occurred = read_moment("--cutoff", cutoff)
        recorded = read_moment("--recorded-cutoff", recorded_cutoff) if recorded_cutoff else occurred
        start = read_moment("--since", since) if since else None
        if start and start >= occurred:
            raise BadInputError("--since: the period must begin before the cut-off.")
        if options["seal"]:
            recap = seal(editions, occurred_cutoff=occurred, recorded_cutoff=recorded, since=start)
            self.stderr.write(f"{recap.number} {recap.code}")
        asof = AsOf(editions=tuple(one.pk for one in editions), occurred=occurred, recorded=recorded, since=start)
        self.write(self.document(editions, asof, format, options["paper"], options["annex"]), output)

    def document(self, editions, asof, format, size, annex) -> bytes:
        """Always computed from the journal; a sealed recap that comes out differently is refused."""
        figures, recap = figures_at(editions, asof)
        if recap is None:
            return render(figures, None, format, wanted=Print(size=size))
        if figures.to_json().decode() != recap.figures:
            raise CommandError(f"The journal no longer gives what recap {recap.number} says; run verify_recaps.")
        return document_of(recap, format, size=size, annex=annex)

    def write(self, data: bytes, output: str | None) -> None:
        if output:
            try:
                Path(output).write_bytes(data)
            except OSError as error:
                raise BadInputError(f"{output} cannot be written: {error.strerror}.") from error
            return
        stream = getattr(self.stdout, "_out", sys.stdout)
        binary = getattr(stream, "buffer", None)
        if binary is None:  # a text stream in memory, as call_command may give
            stream.write(data.decode())
            return
        stream.flush()
        binary.write(data)
        binary.flush()


def read_edition(slug: str) -> Edition:
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise BadInputError(f"There is no edition '{slug}' (known: {known}).")
    return edition


def read_moment(name: str, text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"{name}: '{text}' is not a moment such as 2020-11-20T13:00:00+07:00.") from None
    if moment.tzinfo is None:
        raise BadInputError(f"{name}: '{text}' has no time zone; write 2020-11-20T13:00:00+07:00.")
    return moment.astimezone(dt.UTC)
