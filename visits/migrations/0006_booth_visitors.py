from django.db import migrations, models


class Migration(migrations.Migration):
    """Hours counted so far keep no sketch: nobody knows how many people they were."""

    dependencies = [
        ("visits", "0005_booth_hours_by_salt"),
    ]

    operations = [
        migrations.AddField(
            model_name="boothvisithour",
            name="sketch",
            field=models.BinaryField(default=bytes),
        ),
    ]
