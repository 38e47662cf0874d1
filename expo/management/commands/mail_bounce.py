"""`manage.py mail_bounce < report`: a mail server hands over what came back."""

import sys
from typing import IO

from expo.bounces import Report, read_report, record_report
from expo.commands import TidyCommand
from expo.models import OutgoingMail

# A report with the headers of what came back is a few kilobytes, and stands before any attachment.
MOST_BYTES = 2 * 1024 * 1024


def first_of(stream: IO[bytes]) -> bytes:
    """The rest is read, too, and dropped: a mail server calls it a failure when its pipe is closed early."""
    first = stream.read(MOST_BYTES)
    while stream.read(1024 * 1024):
        pass
    return first


class Command(TidyCommand):
    help = "Reads a delivery report from standard input and marks the mail that it tells of."

    def add_arguments(self, parser):
        self.add_format(parser)

    def handle(self, *, format, **options):
        report = read_report(first_of(sys.stdin.buffer))
        mail = record_report(report) if report else None
        result = {"report": report is not None, "marked": mail is not None}
        self.report(result, [told(report, mail)], format)


def told(report: Report | None, mail: OutgoingMail | None) -> str:
    if report is None or mail is None:
        return "Nothing of ours came back."
    return f"Marked as {'returned' if report.failed else 'sent'}: {report.address}."
