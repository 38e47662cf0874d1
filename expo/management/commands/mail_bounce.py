"""`manage.py mail_bounce < report`: a mail server hands over what came back."""

import sys

from expo.bounces import read_bounce, record_bounce
from expo.commands import TidyCommand


class Command(TidyCommand):
    help = "Reads a delivery report from standard input and marks the mail that came back."

    def add_arguments(self, parser):
        self.add_format(parser)

    def handle(self, *, format, **options):
        bounce = read_bounce(sys.stdin.buffer.read())
        mail = record_bounce(bounce) if bounce else None
        result = {"report": bounce is not None, "marked": mail is not None}
        told = f"Marked as returned: {bounce.address}." if bounce and mail else "Nothing of ours came back."
        self.report(result, [told], format)
