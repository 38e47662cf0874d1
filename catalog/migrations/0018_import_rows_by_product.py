from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("catalog", "0017_variants_in_imports")]
    operations = [
        migrations.RemoveIndex(model_name="importrow", name="import_row_waiting"),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["job", "group", "number"], name="import_row_waiting", condition=Q(outcome="")),
        ),
    ]
