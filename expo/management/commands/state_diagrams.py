"""``manage.py state_diagrams``: draw docs/states.md from the transitions in the code, or check that it is drawn."""

from django.core.management.base import BaseCommand, CommandError

from expo import states


class Command(BaseCommand):
    help = "Rewrites docs/states.md from the apps' states; --check only says whether it is up to date."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, fail when it is out of date")

    def handle(self, *, check, **options):
        path, text = states.path(), states.document()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        if check:
            raise CommandError(f"{path.name} is out of date: run manage.py state_diagrams")
        path.write_text(text, encoding="utf-8")
