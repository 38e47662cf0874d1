"""Text as search reads it: lower case, without accents, letters and digits alone. An immutable wrapper, since
indexes and generated columns take nothing less."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

PLAIN = """
CREATE FUNCTION expo_plain(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '[^a-z0-9]+', ' ', 'g')
"""


class Migration(migrations.Migration):
    dependencies = [("expo", "0005_villages")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(PLAIN, "DROP FUNCTION expo_plain(text)"),
    ]
