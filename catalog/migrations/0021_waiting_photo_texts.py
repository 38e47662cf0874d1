"""What photos of a product on show shall say waits with the rest of its proposal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0020_waiting_offers")]

    operations = [
        migrations.AddField(
            model_name="productchange",
            name="photo_texts",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="isi foto"),
        ),
    ]
