from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_book_head")]

    operations = [
        migrations.CreateModel(
            name="AlteredRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=20)),
                ("place", models.BigIntegerField()),
                ("edition", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("what", models.CharField(max_length=200)),
                ("recorded_from", models.DateTimeField(null=True)),
                ("occurred_from", models.DateTimeField()),
                ("occurred_until", models.DateTimeField()),
                ("found_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "baris yang berubah",
                "verbose_name_plural": "baris yang berubah",
                "ordering": ["part", "place", "edition"],
                "constraints": [
                    models.UniqueConstraint(fields=("part", "place", "edition"), name="altered_row_once")
                ],
            },
        ),
        # A part of the walk that is told of each recap now: a walk that stands there goes on behind it.
        migrations.RunSQL(
            "UPDATE reports_sealwalk SET part = 'files', reached = 0 WHERE part = 'fewer'", migrations.RunSQL.noop
        ),
    ]
