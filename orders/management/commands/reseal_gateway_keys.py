"""Put exhibitors' merchant keys under the newest of GATEWAY_KEYS, so that older ones can be dropped."""

from django.core.management.base import BaseCommand

from orders.domain.gateway_accounts import seal_all_anew


class Command(BaseCommand):
    help = "Reseal exhibitors' merchant keys under the first of GATEWAY_KEYS."

    def handle(self, *args, **options):
        self.stdout.write(f"{seal_all_anew()} keys resealed.")
