import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("expo", "0016_cancelled_mail")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="free_sale_percent",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="Potongan sementara di stan boleh sebesar ini tanpa menunggu; selebihnya ditinjau. 0: selalu.",
                validators=[django.core.validators.MaxValueValidator(90)],
                verbose_name="potongan tanpa kurasi (%)",
            ),
        ),
    ]
