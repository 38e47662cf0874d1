"""An index of the letters in the sounds of words: two mistakes in one word are found by them."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0015_curation_lists")]

    operations = [
        migrations.AddIndex(
            model_name="word",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("sound", name="gin_trgm_ops"), name="word_sound_trigrams"
            ),
        ),
    ]
