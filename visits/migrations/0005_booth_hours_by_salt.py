from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_gate_document")]

    operations = [
        migrations.AddField(
            model_name="boothvisithour",
            name="period",
            field=models.CharField(default="", max_length=12),
        ),
        migrations.RemoveConstraint(model_name="boothvisithour", name="booth_visit_hour_once"),
        migrations.AddConstraint(
            model_name="boothvisithour",
            constraint=models.UniqueConstraint(fields=("booth", "hour", "period"), name="booth_visit_hour_once"),
        ),
    ]
