"""``manage.py verify_recaps``: does every sealed recap still follow from the journal? Exit 1 when one does not."""

import re
import sys
from pathlib import Path

from expo.commands import BadInputError, TidyCommand
from reports.book.heads import hashes_in, heads, unknown_hashes
from reports.book.sources import changed_since
from reports.verify import verify_recaps


def by_rules(counts: dict[int, int]) -> str:
    """How many by which rules, e.g. " (rules 2: 3, rules 3: 5)"."""
    told = ", ".join(f"rules {rules}: {count}" for rules, count in counts.items())
    return f" ({told})" if told else ""


class Command(TidyCommand):
    help = (
        "Walks the chain of recaps and the book of seals, recomputes hashes and figures, and names the first that "
        "differs. What a recap counted outside the journal and would count otherwise today is noted, which is no fault "
        "by itself."
    )

    def add_arguments(self, parser):
        self.add_format(parser)
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="HASH|FILE",
            help="What was published or printed before: a SHA-256, or a file of the open data. All must be there.",
        )

    def handle(self, *, format, head, **options):
        wanted = set().union(*(self.published(each) for each in head))
        result = verify_recaps()
        findings = [{"recap": finding.number, "differs": finding.what} for finding in result.findings]
        for each in unknown_hashes(wanted):
            findings.append({"recap": each, "differs": "published, and found no more: what it named"})
        notes = [{"recap": number, "note": what} for number, what in changed_since()]
        recap, line = heads()
        self.report(
            {
                "recaps": result.recaps,
                "rules": {str(rules): count for rules, count in result.rules.items()},
                "holds": not findings,
                "first": findings[:1],
                "findings": findings,
                "notes": notes,
                "head": {"recap": recap.chain_sha256 if recap else None, "book": line.sha256 if line else None},
            },
            [f"{finding['recap']}: {finding['differs']} differs." for finding in findings]
            or [f"{result.recaps} recaps verified{by_rules(result.rules)}; all hold."],
            format,
        )
        if format != "json":
            for note in notes:
                self.stdout.write(f"Note: {note['recap']}: {note['note']}.")
        if findings:
            sys.exit(1)

    def published(self, given: str) -> set[str]:
        """The hashes that were published. BadInputError for what names none."""
        if re.fullmatch(r"[0-9a-fA-F]{64}", given.strip()):
            return {given.strip().lower()}
        try:
            hashes = hashes_in(Path(given).read_bytes())
        except OSError as error:
            raise BadInputError(f"--head: {given} is neither a SHA-256 nor a file that can be read.") from error
        if not hashes:
            raise BadInputError(f"--head: {given} names no SHA-256.")
        return hashes
