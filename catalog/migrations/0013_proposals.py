"""Proposals know what they differ from, wait or were returned, and may be about a price."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0012_nameless_drafts'),
        ('expo', '0009_curation_settings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='approved_price',
            field=models.PositiveBigIntegerField(blank=True, editable=False, help_text='Dari sini dihitung seberapa jauh harga boleh berubah tanpa kurasi.', null=True, verbose_name='harga yang disetujui'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='base',
            field=models.JSONField(default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField(
            model_name='productchange',
            name='message',
            field=models.TextField(blank=True, verbose_name='pesan pemilik'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='noted',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='productchange',
            name='notes',
            field=models.JSONField(blank=True, default=dict, verbose_name='catatan per isian'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='price',
            field=models.PositiveBigIntegerField(blank=True, help_text='Kosong: harga tidak berubah.', null=True, verbose_name='harga (rupiah)'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diajukan oleh'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='reason',
            field=models.TextField(blank=True, verbose_name='catatan panitia'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='state',
            field=models.CharField(choices=[('waiting', 'Menunggu ditinjau'), ('returned', 'Dikembalikan')], default='waiting', max_length=10, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='variant',
            name='approved_price',
            field=models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name='harga yang disetujui'),
        ),
        migrations.AddField(
            model_name='variantchange',
            name='price',
            field=models.PositiveBigIntegerField(blank=True, help_text='Kosong: harga tidak berubah.', null=True, verbose_name='harga (rupiah)'),
        ),
        migrations.AddIndex(
            model_name='productchange',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['proposed_at'], name='product_change_queue'),
        ),
        migrations.AddConstraint(
            model_name='productchange',
            constraint=models.CheckConstraint(condition=models.Q(('price', None), ('price__gt', 0), _connector='OR'), name='product_change_price_positive'),
        ),
    ]
