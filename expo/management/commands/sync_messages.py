"""``manage.py sync_messages``: bring ``locale/en`` up to date with the texts in the code, or check that it is."""

from django.core.management.base import BaseCommand, CommandError

from expo.messages import check_english, compile_catalogues, update_english


class Command(BaseCommand):
    help = "Brings the English catalogue up to date with the code; --check only says what it lacks."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, fail when something is lacking")

    def handle(self, *, check, **options):
        if not check:
            self.stdout.write(f"{update_english()} texts without an English translation")
            compile_catalogues()
            return
        report = check_english()
        for message in report.missing:
            self.stderr.write(f"{message.place}: no English for {message.ids[0]!r}")
        for line in report.broken:
            self.stderr.write(f"{line}: placeholders differ")
        if report.missing or report.broken:
            raise CommandError(f"{len(report.missing)} missing, {len(report.broken)} broken")
