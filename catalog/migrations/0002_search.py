"""Full text search over products, and spelling help by trigrams."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Lower

UNACCENT = """
CREATE FUNCTION catalog_unaccent(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN public.unaccent('public.unaccent'::regdictionary, $1)
"""
# The threshold is a setting of the session otherwise. The extension must be loaded before it can be named.
LOAD = "SELECT word_similarity('a', 'a')"
SIMILAR = """
CREATE FUNCTION catalog_similar_names(words text[]) RETURNS TABLE (word text, name text)
LANGUAGE sql STABLE PARALLEL SAFE
SET pg_trgm.word_similarity_threshold = 0.4
BEGIN ATOMIC
  SELECT asked.word, near.name
  FROM unnest(words) AS asked(word)
  CROSS JOIN LATERAL (
    SELECT lower(product.name) AS name
    FROM catalog_product product
    WHERE lower(product.name) %> asked.word AND product.state = 'approved'
    ORDER BY word_similarity(asked.word, lower(product.name)) DESC
    LIMIT 12
  ) near;
END
"""




def vector(field, config, weight):
    plain = models.Func(models.F(field), function="catalog_unaccent", output_field=models.TextField())
    return SearchVector(plain, config=models.Value(config), weight=weight)


def joined(left, right):
    return CombinedSearchVector(left, "||", right, SearchConfig(models.Value("indonesian")))


DOCUMENT = joined(
    joined(
        joined(vector("name", "indonesian", "A"), vector("name_en", "english", "B")),
        vector("description", "indonesian", "C"),
    ),
    vector("description_en", "english", "D"),
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("exhibitors", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(UNACCENT, "DROP FUNCTION catalog_unaccent(text)"),
        migrations.AddField(
            model_name="product",
            name="search",
            field=models.GeneratedField(
                db_persist=True, expression=DOCUMENT, output_field=SearchVectorField(), editable=False
            ),
        ),
        migrations.RemoveIndex(model_name="product", name="product_category_new"),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["category", "-approved_at", "-id"], name="product_category_new"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(state="approved"), fields=["-approved_at", "-id"], name="product_new"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(condition=models.Q(state="approved"), fields=["price", "id"], name="product_price"),
        ),
        migrations.AddIndex(model_name="product", index=GinIndex(fields=["search"], name="product_search")),
        migrations.AddIndex(
            model_name="product",
            index=GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="product_name_trigrams"),
        ),
        migrations.RunSQL(LOAD, migrations.RunSQL.noop),
        migrations.RunSQL(SIMILAR, "DROP FUNCTION catalog_similar_names(text[])"),
    ]
