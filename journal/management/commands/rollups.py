"""``manage.py rollups``: roll up what is due; with --check compare everything, with --rebuild make it anew."""

import sys

from expo.commands import BadInputError, TidyCommand
from expo.models import Edition
from journal.rollups.build import roll_up
from journal.rollups.check import check_all, rebuild


class Command(TidyCommand):
    help = "Rolls up the closed days of the journal; compares rollups with the entries (exit 1 if they differ)."
    speaks = "en"

    def add_arguments(self, parser):
        self.add_format(parser)
        parser.add_argument("--check", action="store_true", help="compare every closed day with its entries")
        parser.add_argument("--rebuild", action="store_true", help="make the rollups anew")
        parser.add_argument("--edition", action="append", help="with --rebuild: this edition alone (may be repeated)")

    def handle(self, *, format, check, rebuild: bool, edition, **options):
        built = self.rebuilt(edition) if rebuild else roll_up(seconds=float("inf"))
        result, sentences = {"built": built}, [f"{built} days rolled up."]
        if check:
            days, differences = check_all()
            result |= {"checked": days, "differences": differences}
            sentences.append(f"{days} days compared; {differences} rows differed and were made again.")
        self.report(result, sentences, format)
        if result.get("differences"):
            sys.exit(1)

    def rebuilt(self, slugs: list[str] | None) -> int:
        editions = Edition.objects.filter(slug__in=slugs) if slugs else Edition.objects.all()
        found = dict(editions.values_list("slug", "pk"))
        if missing := [slug for slug in slugs or [] if slug not in found]:
            raise BadInputError(f"There is no edition {missing[0]}.")
        return rebuild(list(found.values()))
