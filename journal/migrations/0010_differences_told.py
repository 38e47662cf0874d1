from django.db import migrations, models
from django.db.models import F


def know_what_was_told(apps, schema_editor):
    """Those that are there were mailed when they were found."""
    apps.get_model("journal", "RollupDifference").objects.update(told_at=F("found_at"))


class Migration(migrations.Migration):
    dependencies = [("journal", "0009_long_transactions")]

    operations = [
        migrations.AddField("rollupcheck", "gaps", models.PositiveIntegerField(default=0, verbose_name="hari hilang")),
        migrations.AddField(
            "rollupdifference",
            "told_at",
            models.DateTimeField(blank=True, null=True, verbose_name="diberitahukan"),
        ),
        migrations.RunPython(know_what_was_told, migrations.RunPython.noop),
        migrations.AddIndex(
            "rollupdifference",
            models.Index(condition=models.Q(("told_at", None)), fields=["found_at"], name="difference_untold"),
        ),
    ]
