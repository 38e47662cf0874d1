"""Fees lie in tables of shipping: what stood here became services in orders.0006_flat_fees, which runs before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exhibitors", "0007_account_changes"),
        ("orders", "0006_flat_fees"),
    ]
    operations = [migrations.RemoveField(model_name="exhibitor", name="shipping_fee")]
