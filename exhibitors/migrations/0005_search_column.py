"""The search document as a column: with weights, an index alone makes the database build it again for every hit."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0004_search")]

    operations = [
        migrations.RemoveIndex(model_name="exhibitor", name="exhibitor_search"),
        migrations.AddField(
            model_name="exhibitor",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                editable=False,
                expression=models.Func(
                    models.F("name"), models.F("story"), models.F("story_en"), function="exhibitors_document"
                ),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(model_name="exhibitor", index=GinIndex(fields=["search"], name="exhibitor_search")),
    ]
