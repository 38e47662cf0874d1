"""Indexes of the curators' lists, and of what two exhibitors should not share."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0015_curation_lists'),
        ('exhibitors', '0011_profile_proposals'),
        ('expo', '0009_curation_settings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['-decided_at', '-pk'], 'verbose_name': 'keputusan kurasi', 'verbose_name_plural': 'keputusan kurasi'},
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.OrderBy(models.F('decided_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='decision_newest'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('subject_label'), name='gin_trgm_ops'), name='decision_label_letters'),
        ),
        migrations.AddIndex(
            model_name='exhibitor',
            index=models.Index(condition=models.Q(('nib', ''), _negated=True), fields=['nib'], name='exhibitor_nib'),
        ),
        migrations.AddIndex(
            model_name='exhibitor',
            index=models.Index(condition=models.Q(('whatsapp', ''), _negated=True), fields=['whatsapp'], name='exhibitor_whatsapp'),
        ),
        migrations.AddIndex(
            model_name='exhibitor',
            index=models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='exhibitor_phone'),
        ),
        migrations.AddIndex(
            model_name='exhibitor',
            index=models.Index(condition=models.Q(('bank_account_number', ''), _negated=True), fields=['bank_account_number'], name='exhibitor_account'),
        ),
        migrations.AddIndex(
            model_name='exhibitor',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), name='exhibitor_name_letters'),
        ),
        migrations.AddIndex(
            model_name='exhibitor',
            index=models.Index(models.OrderBy(models.F('submitted_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='exhibitor_newest'),
        ),
    ]
