import django.db.models.deletion
from django.db import migrations, models


def know_what_staff_sent(apps, schema_editor):
    """Revisions of scheduled recaps were sent by hand until now: those that are there wait for no mail of their own."""
    recaps = apps.get_model("reports", "Recap").objects
    dispatches = apps.get_model("reports", "Dispatch").objects
    for recap in recaps.filter(state="current", scheduled=False, revision__gt=0, dispatch__isnull=True).only("pk"):
        dispatches.create(recap=recap, recipients=recap.deliveries.count())


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_signed_files")]

    operations = [
        migrations.CreateModel(
            name="Recount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="dihitung ulang")),
                ("differs", models.CharField(blank=True, max_length=250, verbose_name="yang berbeda")),
                (
                    "recap",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recount", to="reports.recap"
                    ),
                ),
            ],
            options={"verbose_name": "hitung ulang rekap", "verbose_name_plural": "hitung ulang rekap"},
        ),
        migrations.RunPython(know_what_staff_sent, migrations.RunPython.noop),
    ]
