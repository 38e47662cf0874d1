from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_reported_source")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["-recorded_at", "-id"], name="entry_newest"),
        ),
    ]
