"""``manage.py verify_recaps``: does every sealed recap still follow from the journal? Exit 1 when one does not."""

import sys

from expo.commands import TidyCommand
from reports.verify import verify_recaps


class Command(TidyCommand):
    help = "Walks the chain of recaps, recomputes hashes and figures, and names the first recap that differs."

    def add_arguments(self, parser):
        self.add_format(parser)

    def handle(self, *, format, **options):
        result = verify_recaps()
        findings = [{"recap": finding.number, "differs": finding.what} for finding in result.findings]
        self.report(
            {"recaps": result.recaps, "holds": not findings, "first": findings[:1], "findings": findings},
            [f"{finding['recap']}: {finding['differs']} differs." for finding in findings]
            or [f"{result.recaps} recaps verified; all hold."],
            format,
        )
        if findings:
            sys.exit(1)
