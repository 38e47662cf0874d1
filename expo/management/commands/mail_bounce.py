"""`manage.py mail_bounce < report`: a mail server hands over what came back."""

import sys
from typing import IO

from expo.bounces import read_bounce, record_bounce
from expo.commands import TidyCommand

# A report with the headers of what came back is a few kilobytes, and stands before any attachment.
MOST_BYTES = 2 * 1024 * 1024


def first_of(stream: IO[bytes]) -> bytes:
    """The rest is read, too, and dropped: a mail server calls it a failure when its pipe is closed early."""
    first = stream.read(MOST_BYTES)
    while stream.read(1024 * 1024):
        pass
    return first


class Command(TidyCommand):
    help = "Reads a delivery report from standard input and marks the mail that came back."

    def add_arguments(self, parser):
        self.add_format(parser)

    def handle(self, *, format, **options):
        bounce = read_bounce(first_of(sys.stdin.buffer))
        mail = record_bounce(bounce) if bounce else None
        result = {"report": bounce is not None, "marked": mail is not None}
        told = f"Marked as returned: {bounce.address}." if bounce and mail else "Nothing of ours came back."
        self.report(result, [told], format)
