"""``manage.py set_up``: what a server needs before its programs start, after every deployment."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Applies migrations and loads the official regions; doing it twice changes nothing."

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("load_regions", stdout=self.stdout)
