"""``manage.py load_demo``: the demonstration expos, with the published figures."""

import time
from pathlib import Path

from django.conf import settings

from demo.figures import FILE
from demo.gallery import Gallery, NoGallery
from demo.load import load_demo
from expo.commands import BadInputError, TidyCommand


class Command(TidyCommand):
    help = "Replays the published expos with invented exhibitors and opens a small one of today. May be repeated."

    def add_arguments(self, parser):
        parser.add_argument("--figures", type=Path, default=FILE, help="the file of published figures to replay")
        parser.add_argument("--no-pictures", action="store_true", help="leave out the pictures: faster, and bare")
        parser.add_argument(
            "--outside-demonstration",
            action="store_true",
            help="load invented exhibitors and sales into a database that is not the embedded demonstration",
        )
        self.add_format(parser)

    def handle(self, *, figures, no_pictures, outside_demonstration, format, **options):
        if not settings.DEMO and not outside_demonstration:
            raise BadInputError(
                "This is not the demonstration; add --outside-demonstration to load invented data here."
            )
        started = time.monotonic()
        quiet = format == "json" or options["verbosity"] == 0

        def progress(line: str) -> None:
            if not quiet:
                self.stdout.write(f"   {time.monotonic() - started:4.0f} s  {line}")
                self.stdout.flush()

        loaded = load_demo(figures, progress=progress, gallery=NoGallery if no_pictures else Gallery)
        seconds = round(time.monotonic() - started)
        sentence = f"Loaded in {seconds} s." if loaded else "The demonstration is there already; nothing changed."
        self.report({"loaded": loaded, "seconds": seconds}, [sentence], format)
