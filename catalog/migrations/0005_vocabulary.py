"""Search by the words in use: documents keep words as they are written, the vocabulary knows their roots and sounds."""

import django.contrib.postgres.fields
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Coalesce

DOCUMENT = """
CREATE FUNCTION catalog_document(
  name text, name_en text, description text, description_en text, ingredients text, ingredients_en text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('pg_catalog.simple', public.expo_plain($1)), 'A')
  || setweight(to_tsvector('pg_catalog.simple', public.expo_plain($2)), 'B')
  || setweight(to_tsvector('pg_catalog.simple', public.expo_plain($3 || ' ' || $5)), 'C')
  || setweight(to_tsvector('pg_catalog.simple', public.expo_plain($4 || ' ' || $6)), 'D')
"""
FIELDS = ("name", "name_en", "description", "description_en", "ingredients", "ingredients_en")


def date_approvals(apps, schema_editor):
    """Lists go by the moment of approval, so whatever is approved needs one."""
    products = apps.get_model("catalog", "Product").objects.filter(state="approved", approved_at__isnull=True)
    products.update(approved_at=Coalesce("submitted_at", "created_at"))


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_reviews_and_proposals"), ("expo", "0006_plain_text")]

    operations = [
        migrations.RunSQL(DOCUMENT, "DROP FUNCTION catalog_document(text, text, text, text, text, text)"),
        migrations.RemoveIndex(model_name="product", name="product_search"),
        migrations.RemoveIndex(model_name="product", name="product_name_trigrams"),
        migrations.RemoveField(model_name="product", name="search"),
        migrations.AddField(
            model_name="product",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                editable=False,
                expression=models.Func(*(models.F(field) for field in FIELDS), function="catalog_document"),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(model_name="product", index=GinIndex(fields=["search"], name="product_search")),
        migrations.RunSQL("DROP FUNCTION catalog_similar_names(text[])", migrations.RunSQL.noop),
        migrations.RunSQL("DROP FUNCTION catalog_unaccent(text)", migrations.RunSQL.noop),
        migrations.RunPython(date_approvals, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("roots", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("sound", models.TextField()),
                ("in_names", models.PositiveIntegerField(default=0)),
                ("in_names_en", models.PositiveIntegerField(default=0)),
                ("uses", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "kata yang dipakai",
                "verbose_name_plural": "kata yang dipakai",
                "indexes": [
                    GinIndex(fields=["keys"], name="word_keys"),
                    GinIndex(OpClass("word", name="gin_trgm_ops"), name="word_trigrams"),
                    models.Index(OpClass("word", name="text_pattern_ops"), name="word_beginnings"),
                    models.Index(OpClass("sound", name="text_pattern_ops"), name="word_sound_beginnings"),
                ],
            },
        ),
    ]
