"""``python -m bench``: prepare the demonstration, measure, print a table, write ``bench/results/latest.json``.

Then recaps of journals of 10,000, 1,000,000 and 10,000,000 entries (``bench.journal``), which take an hour: ``--short``
leaves the last out.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
CHECKOUT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each page, the floor beside each")
    parser.add_argument("--only", help="measure only the pages whose name contains this")
    parser.add_argument("--curation", action="store_true", help="the admin with 100,000 products instead; some minutes")
    parser.add_argument(
        "--journal", nargs="+", type=int, metavar="ENTRIES", help="only recaps of journals of so many entries"
    )
    parser.add_argument("--short", action="store_true", help="without the journal of ten million entries")
    parser.add_argument("--keep", action="store_true", help="leave these journals for the next run, take those left")
    options = parser.parse_args()
    if options.journal:
        from bench.journal import measure as measure_journal

        measure_journal(options.journal, keep=options.keep)
        return
    if options.curation:
        from bench.curation import main as measure_curation

        measure_curation()
        return

    from django.conf import settings

    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES):
        prepare()
        from bench.measure import measure_all
        from bench.table import print_table

        results = measure_all(seconds=options.seconds, rounds=options.rounds, only=options.only)
    print_table(results)
    target = CHECKOUT / "bench" / "results" / "latest.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=2) + "\n")
    print(f"\n{target.relative_to(CHECKOUT)}", flush=True)
    if not options.only:
        sizes = ["10000", "1000000"] if options.short else []
        subprocess.run([sys.executable, "-m", "bench.journal", *sizes], check=True, cwd=CHECKOUT)


def prepare(*, photos: bool = True) -> None:
    """Bring the bench's own database to the demonstration, once; ``photos`` in all their sizes, which takes minutes."""
    import django

    django.setup()
    from django.core.management import call_command

    from expo.messages import compile_catalogues

    compile_catalogues()
    with contextlib.redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0)
        call_command("load_regions", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    # In a process of its own, so that its memory is not ours.
    for program in (["django", "load_demo"], *([["bench.photos"]] if photos else [])):
        subprocess.run([sys.executable, "-m", *program], check=True, cwd=CHECKOUT, stdout=sys.stderr)


if __name__ == "__main__":
    main()
