"""``manage.py load_regions``: official region codes into the database; may be repeated."""

from expo.commands import TidyCommand
from expo.regions import load_regions
from expo.villages import load_villages


class Command(TidyCommand):
    help = "Loads Indonesia's provinces, regencies, districts and villages; adds and renames, never deletes."

    def add_arguments(self, parser):
        self.add_format(parser)

    def handle(self, *, format, **options):
        loaded = load_regions()
        villages = load_villages()
        news = "a new vintage" if loaded.new_vintage else "a vintage already known"
        self.report(
            {
                "rows": loaded.rows,
                "version": loaded.version,
                "new_vintage": loaded.new_vintage,
                "villages": villages.rows,
            },
            [
                f"{loaded.rows} regions, idn-area-data {loaded.version}: {news}.",
                f"{villages.rows} villages, {villages.version}.",
            ],
            format,
        )
