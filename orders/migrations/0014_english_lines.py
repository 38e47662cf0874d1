"""What was bought, in English too: frozen with the order, empty for older ones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0013_reported_sales")]

    operations = [
        migrations.AddField(
            model_name="orderline",
            name="name_en",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="produk (Inggris)"),
        ),
        migrations.AddField(
            model_name="orderline",
            name="variant_label_en",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="varian (Inggris)"),
        ),
    ]
