from django.db import migrations, models
from django.db.models import F


def each_by_itself(apps, schema_editor):
    apps.get_model("catalog", "ImportRow").objects.filter(group=0).update(group=F("number"))


class Migration(migrations.Migration):
    dependencies = [("catalog", "0016_sound_trigrams")]
    operations = [
        migrations.AddField(
            model_name="importrow",
            name="group",
            field=models.PositiveIntegerField(default=0, help_text="Baris pertama dari produk yang sama."),
        ),
        migrations.RunPython(each_by_itself, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="importrow",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Belum diimpor"),
                    ("created", "Produk baru"),
                    ("drafted", "Draf baru"),
                    ("added", "Varian baru"),
                    ("changed", "Diperbarui"),
                    ("proposed", "Menunggu panitia"),
                    ("same", "Tidak berubah"),
                    ("refused", "Tidak diimpor"),
                ],
                default="",
                max_length=8,
                verbose_name="hasil",
            ),
        ),
    ]
