"""What an exhibitor asked for one parcel becomes a service to all of Indonesia; abroad it names the fee each time."""

from django.db import migrations

ANY_WEIGHT = 2_000_000_000
NAME = "Kurir pilihan penjual"


def make_services(apps, schema_editor):
    exhibitors = apps.get_model("exhibitors", "Exhibitor")
    services = apps.get_model("orders", "ShippingService")
    zones = apps.get_model("orders", "ShippingZone")
    without = exhibitors.objects.filter(imported=False, shipping_services__isnull=True).order_by("pk")
    for batch in batches(list(without.values_list("pk", "shipping_fee"))):
        made = services.objects.bulk_create([services(exhibitor_id=pk, name=NAME) for pk, _fee in batch])
        zones.objects.bulk_create(
            zone
            for service, (_pk, fee) in zip(made, batch, strict=True)
            for zone in (
                zones(service=service, reach="home", weights=[ANY_WEIGHT], fees=[fee]),
                zones(service=service, reach="abroad", to_confirm=True),
            )
        )


def batches(rows, size=1000):
    return (rows[start : start + size] for start in range(0, len(rows), size))


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_shipping_and_vouchers"), ("exhibitors", "0003_certificate_queue")]
    operations = [migrations.RunPython(make_services, migrations.RunPython.noop)]
