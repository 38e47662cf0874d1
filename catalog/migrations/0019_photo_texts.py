"""What a photo shows, in words: for those who hear the page, and where the photo does not come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0018_import_rows_by_product")]

    operations = [
        migrations.AddField(
            model_name="productphoto",
            name="alt",
            field=models.CharField(blank=True, db_default="", default="", max_length=160, verbose_name="isi foto"),
        ),
        migrations.AddField(
            model_name="productphoto",
            name="alt_en",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=160, verbose_name="isi foto (Inggris)"
            ),
        ),
    ]
