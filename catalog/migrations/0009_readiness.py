"""Readiness for markets: which categories are food, what people mark, where exhibitors stand."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FOOD = r"\y(makanan|minuman|kuliner|pangan|camilan|food|beverage)"


def name_food(apps, schema_editor):
    """Roots by their names, the rest follows them; staff change it where that is wrong."""
    apps.get_model("catalog", "Category").objects.filter(parent=None, name__iregex=FOOD).update(is_food=True)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0008_imports'),
        ('exhibitors', '0009_certificate_standing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='category',
            name='is_food',
            field=models.BooleanField(blank=True, help_text='Memerlukan P-IRT atau BPOM dan keterangan halal. Kosong: seperti induknya.', null=True, verbose_name='pangan olahan'),
        ),
        migrations.RunPython(name_food, migrations.RunPython.noop),
        migrations.CreateModel(
            name='MarketStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('market', models.CharField(max_length=20, verbose_name='pasar')),
                ('met', models.PositiveSmallIntegerField(verbose_name='terpenuhi')),
                ('total', models.PositiveSmallIntegerField(verbose_name='syarat')),
                ('ready_products', models.PositiveIntegerField(verbose_name='produk siap')),
                ('is_ready', models.BooleanField(verbose_name='siap')),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='belum ada')),
                ('valid_until', models.DateField(null=True, verbose_name='berlaku sampai')),
                ('version', models.CharField(max_length=20, verbose_name='versi syarat')),
                ('computed_at', models.DateTimeField(verbose_name='dihitung')),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='exhibitors.exhibitor', verbose_name='peserta')),
            ],
            options={
                'verbose_name': 'kesiapan pasar',
                'verbose_name_plural': 'kesiapan pasar',
                'ordering': ['exhibitor', 'market'],
                'indexes': [models.Index(fields=['computed_at'], name='market_standing_oldest'), models.Index(condition=models.Q(('is_ready', True)), fields=['market', 'exhibitor'], name='market_standing_ready')],
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'market'), name='market_standing_once')],
            },
        ),
        migrations.CreateModel(
            name='ReadinessMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requirement', models.CharField(max_length=30, verbose_name='syarat')),
                ('marked_at', models.DateTimeField(auto_now_add=True, verbose_name='ditandai')),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readiness_marks', to='exhibitors.exhibitor', verbose_name='peserta')),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditandai oleh')),
            ],
            options={
                'verbose_name': 'tanda kesiapan',
                'verbose_name_plural': 'tanda kesiapan',
                'ordering': ['requirement'],
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'requirement'), name='readiness_mark_once')],
            },
        ),
    ]
