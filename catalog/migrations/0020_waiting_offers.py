from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0019_photo_texts")]

    operations = [
        migrations.AddField(
            model_name="productchange",
            name="offers",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Yang menunggu; catalog/domain/waiting_offers.py.",
                verbose_name="harga grosir dan potongan",
            ),
        ),
    ]
