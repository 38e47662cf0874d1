"""Every picture has a folder by now, and none shares it; its one colour has become a ground."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("expo", "0002_picture_sizes")]

    operations = [
        migrations.AlterField(
            model_name="picture",
            name="folder",
            field=models.CharField(help_text="Tempat berkasnya di penyimpanan.", max_length=100, unique=True),
        ),
        migrations.RemoveField(model_name="picture", name="colour"),
    ]
