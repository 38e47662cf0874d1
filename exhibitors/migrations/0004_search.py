"""Full text search over exhibitors: names before stories, every word as it is written."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

DOCUMENT = """
CREATE FUNCTION exhibitors_document(name text, story text, story_en text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('pg_catalog.simple', public.expo_plain($1)), 'A')
  || setweight(to_tsvector('pg_catalog.simple', public.expo_plain($2)), 'C')
  || setweight(to_tsvector('pg_catalog.simple', public.expo_plain($3)), 'D')
"""


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0003_certificate_queue"), ("expo", "0006_plain_text")]

    operations = [
        migrations.RunSQL(DOCUMENT, "DROP FUNCTION exhibitors_document(text, text, text)"),
        migrations.AddIndex(
            model_name="exhibitor",
            index=GinIndex(
                models.Func(
                    models.F("name"),
                    models.F("story"),
                    models.F("story_en"),
                    function="exhibitors_document",
                    output_field=SearchVectorField(),
                ),
                name="exhibitor_search",
            ),
        ),
    ]
