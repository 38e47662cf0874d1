"""Indexes of the curators' lists of products."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0014_approved_prices'),
        ('exhibitors', '0011_profile_proposals'),
        ('expo', '0009_curation_settings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='product',
            index=models.Index(models.OrderBy(models.F('submitted_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='product_handed_in'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(models.F('state'), models.OrderBy(models.F('submitted_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='product_state_list'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'), name='product_name_letters'),
        ),
    ]
