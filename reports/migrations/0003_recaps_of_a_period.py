from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0002_news_checks")]

    operations = [
        migrations.AddField(
            model_name="recap",
            name="since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sejak"),
        ),
        migrations.AlterField(
            model_name="recap",
            name="scope",
            field=models.CharField(max_length=400, verbose_name="cakupan"),
        ),
    ]
