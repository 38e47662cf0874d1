from django.db import migrations, models


def name_small_ones(apps, schema_editor):
    """Whatever has sizes has the small JPEG of lists with them."""
    apps.get_model("expo", "Picture").objects.exclude(widths=[]).update(plain="list.jpg")


class Migration(migrations.Migration):
    dependencies = [("expo", "0009_curation_settings")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="plain",
            field=models.CharField(default="share.jpg", help_text="JPEG untuk daftar.", max_length=20),
        ),
        migrations.RunPython(name_small_ones, migrations.RunPython.noop),
    ]
